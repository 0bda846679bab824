"""The site: every page, what Hugo makes of them, and where every link leads."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from ..hugo.config import HugoConfig
from ..hugo.publication import Alias, MissingPart, Output, Publication, Term
from ..markdown.body import Link, Shortcode
from ..model import NotChecked
from ..page import Facts
from .answers import Ground, Target
from .empty import folders_of, is_empty
from .legacy import Legacy
from .logical import split_ref
from .redirects import Redirect
from .resolve import Resolver
from .suggest import Candidate, Index
from .targets import decode, is_file, looks_like_a_host, origins
from .twins import twins


@dataclass(frozen=True)
class SiteSettings:
    """What vitdlint's configuration says about the site as a whole."""

    host: str = "clean"
    """clean: /x, /x/ and /x.html alike; strict: files as they are."""
    base_urls: tuple[str, ...] = ()
    """The site's own hosts besides that of baseURL, old ones too."""
    extra_urls: tuple[str, ...] = ()
    """Globs of URL paths that only layouts know."""
    redirects: tuple[Redirect, ...] = ()
    """What the host redirects; the first that matches decides."""
    known_anchors: tuple[str, ...] = ()
    """Globs of fragments that layouts supply on every page."""
    shortcodes: tuple[str, ...] = ()
    """Lower-case names of the shortcodes whose links and ids the configuration declares."""


_NOT_PLAIN = re.compile(r"[%?]")
Linked = tuple[Output, Link, Target]
"""One link, with the page it stands on before it and where it leads after it."""


@dataclass(frozen=True)
class Site:
    """A whole site, read-only. Everything about it is computed once, when first asked for."""

    config: HugoConfig
    publication: Publication
    pages: Mapping[str, Facts]
    """The facts of every content file, by path, in the order of the paths."""
    settings: SiteSettings
    now: datetime
    before: Mapping[str, str] | None = field(default=None, repr=False)
    """URLs that the site had at the revision compared with, and the page that each belonged to; None: not compared."""

    @classmethod
    def of(
        cls,
        config: HugoConfig,
        publication: Publication,
        facts: Mapping[str, Facts],
        settings: SiteSettings,
        now: datetime,
        before: Mapping[str, str] | None = None,
    ) -> Site:
        """The site of a publication; `facts` are those of its content files by path, in any order."""
        pages = {path: facts[path] for path in sorted(facts)}
        return cls(config, publication, pages, settings, now, before)

    @cached_property
    def resolver(self) -> Resolver:
        """Answers where links lead."""
        config, settings = self.config, self.settings
        ground = Ground(
            base_path=config.default.base_path.rstrip("/") + "/",
            origins=origins((*(s.base_url for s in config.sites), *settings.base_urls)),
            clean=settings.host == "clean",
            rewritten=bool(config.raw.get("relativeurls")),
            embedded={kind: _embedded(config, kind) for kind in ("link", "image")},
            extra_urls=settings.extra_urls,
            redirects=settings.redirects,
            known_anchors=settings.known_anchors,
            declared_shortcodes=frozenset(settings.shortcodes),
            languages=tuple(s.language for s in config.sites),
            folders={s.language: s.folder for s in config.sites} if config.multihost else {},
            host_folders={
                host: s.folder for s in config.sites if config.multihost for host in origins((s.base_url,))
            },
            aliases_by_host=any(f.base_name == "_redirects" for f in config.default.outputs.get("home", ())),
        )
        with without_gc():
            return Resolver(self.publication, ground)

    def resolve(self, target: str, page: Output | str, kind: str = "link", attribute: str = "") -> Target:
        """Where a target leads from a page (or the page of that path)."""
        output = self.outputs[page] if isinstance(page, str) else page
        return self.resolver.resolve(target, output, kind, attribute)

    @cached_property
    def outputs(self) -> Mapping[str, Output]:
        """The page that each content file becomes (or would), by path, in the order of the paths."""
        found = {o.path: o for o in reversed(self.publication.outputs) if o.path is not None}
        return {path: found[path] for path in sorted(found)}

    @cached_property
    def published(self) -> tuple[Output, ...]:
        """The pages that Hugo publishes and somebody wrote, in the order of their paths."""
        return tuple(o for o in self.outputs.values() if o.state == "published")

    @cached_property
    def links(self) -> tuple[Linked, ...]:
        """Every link of every page that is not hidden by another one, in the order of paths and places."""
        with without_gc():
            return tuple(self._resolved())

    def _resolved(self) -> list[Linked]:
        resolve, everywhere = self.resolver.resolve, self.resolver.everywhere
        found: list[Linked] = []
        for path, facts in self.pages.items():
            page = self.outputs.get(path)
            if page is None or page.state == "shadowed":
                continue
            for link in facts.links:
                target = everywhere[link.kind].get(link.target)
                if target is None:
                    if "{{" in link.target and _is_made_by_shortcode(facts, link):
                        continue
                    language = _language(facts, link) if link.kind == "shortcode" else ""
                    target = resolve(link.target, page, link.kind, link.attribute, language)
                found.append((page, link, target))
        return found

    @cached_property
    def _by_status(self) -> Mapping[str, tuple[Linked, ...]]:
        found: dict[str, list[Linked]] = {}
        for linked in self.links:
            found.setdefault(linked[2].status, []).append(linked)
        return {status: tuple(links) for status, links in found.items()}

    def led(self, *statuses: str) -> Iterator[Linked]:
        """The links of those statuses; of several uses of one link definition the first stands for all."""
        seen: set[tuple[str | None, int]] = set()
        for status in statuses:
            for linked in self._by_status.get(status, ()):
                page, link, _target = linked
                if not link.outer_start <= link.start <= link.outer_end:
                    definition = (page.path, link.start)
                    if definition in seen:
                        continue
                    seen.add(definition)
                yield linked

    @cached_property
    def url_owners(self) -> Mapping[str, tuple[Output, ...]]:
        """Output files that several published pages claim, and the pages."""
        first: dict[str, Output] = {}
        owners: dict[str, list[Output]] = {}
        for output in self.publication.outputs:
            if output.state == "published" and output.file:
                known = first.setdefault(output.file, output)
                if known is not output:
                    owners.setdefault(output.file, [known]).append(output)
        return {file: tuple(pages) for file, pages in owners.items()}

    @cached_property
    def alias_owners(self) -> Mapping[str, tuple[tuple[Output, Alias], ...]]:
        """Output files that are an alias's and that something else claims too, with the aliases (one of each page)."""
        files, others = self.resolver.urls.files, self.publication.files
        first: dict[str, tuple[Output, Alias]] = {}
        owners: dict[str, list[tuple[Output, Alias]]] = {}
        for output in self.publication.outputs:
            for alias in output.aliases:
                known = first.get(alias.file)
                if known is None:
                    known = first[alias.file] = (output, alias)
                    if files[alias.file].status != "alias" or alias.file in others:
                        owners[alias.file] = [known]
                elif known[0] is not output:
                    owners.setdefault(alias.file, [known]).append((output, alias))
        return {file: tuple(pages) for file, pages in owners.items()}

    @cached_property
    def terms(self) -> Mapping[tuple[str, str, str], tuple[Term, ...]]:
        """The uses of each term: (language, taxonomy, identity) -> uses."""
        uses: dict[tuple[str, str, str], list[Term]] = {}
        for term in self.publication.terms:
            uses.setdefault((term.language, term.taxonomy, term.key), []).append(term)
        return {key: tuple(found) for key, found in uses.items()}

    def terms_of(self, page: Output) -> tuple[Term, ...]:
        """The uses of a term page's term."""
        if page.kind != "term":
            return ()
        return self.terms.get(
            (page.language, page.taxonomy, page.logical.removeprefix(f"/{page.taxonomy}/")), ()
        )

    @cached_property
    def unreachable(self) -> tuple[Output, ...]:
        """Published pages whose URL, as Hugo writes it, a server reads as another path than that of their file."""
        found: list[Output] = []
        for page in self.publication.outputs:
            if page.state == "published" and page.url and page.file and _NOT_PLAIN.search(page.url):
                below = page.url.partition("?")[0].removeprefix(self.config.site(page.language).base_path)
                path = decode(below)
                folder = f"{self.config.site(page.language).folder}/" if self.config.multihost else ""
                if folder + path[1:] + ("index.html" if path.endswith("/") else "") != page.file:
                    found.append(page)
        return tuple(found)

    def is_empty(self, page: Output) -> bool:
        """Whether a published regular page says nothing."""
        return is_empty(page, self._filled_folders)

    @cached_property
    def _filled_folders(self) -> frozenset[str]:
        return folders_of(self.publication.files.values())

    @cached_property
    def twins(self) -> tuple[tuple[Output, Output], ...]:
        """Pairs of pages whose addresses differ by a slip."""
        return tuple(twins(self.published, self.is_empty))

    @cached_property
    def dead(self) -> Mapping[str, tuple[Linked, ...]]:
        """The links that lead nowhere, by the name of the one rule that tells of them; none twice at one place."""
        found: dict[str, list[Linked]] = {}
        for linked in self.led("dead"):
            found.setdefault(self._teller(linked), []).append(linked)
        return {rule: tuple(links) for rule, links in found.items()}

    def _teller(self, linked: Linked) -> str:
        page, link, target = linked
        if target.via == "ref":
            return "dead-ref"
        if target.host and self.legacy.find(target) is not None:
            return "legacy-link"
        if page.facts is not None and any(p.start == link.outer_start for p in page.facts.prose_links):
            return "prose-link"
        if looks_like_a_host(link.target):
            return "missing-scheme"
        return "missing-file" if is_file(link, target.path) else "dead-link"

    def meant(self, linked: Linked) -> Candidate | None:
        """The page that a dead link was probably meant for: by its file's name, else by its own or a similar name."""
        page, link, target = linked
        if not target.host and link.kind != "shortcode":
            found = self.resolver.logical.find(split_ref(link.target)[0], page).page
            if found is not None and found.state == "published":
                return Candidate(found, exact=True)
        return self.candidates.page(target.path)

    @cached_property
    def legacy(self) -> Legacy:
        """What the site's old URLs are today."""
        return Legacy(self.resolver)

    @cached_property
    def candidates(self) -> Index:
        """What is nearest to a target that leads nowhere."""
        return Index(self.publication, self.pages)

    @property
    def missing_templates(self) -> MissingPart | None:
        """A part of the site that is not on disk and could hold templates, if there is one."""
        return next((p for p in self.publication.missing if p.what in ("theme", "module", "layouts")), None)

    @cached_property
    def unknown_shortcodes(self) -> tuple[tuple[str, Shortcode], ...]:
        """The calls of shortcodes without a template, with the paths of their pages."""
        known = self.publication.shortcodes
        return tuple(
            (path, call)
            for path, facts in self.pages.items()
            for call in facts.shortcodes
            if not call.closing and call.name.lower() not in known and not call.name.endswith(".inline")
        )

    @cached_property
    def not_checked(self) -> tuple[NotChecked, ...]:
        """What could not be judged, each with its reason, counted."""
        counts: dict[tuple[str, str], int] = {}
        for _page, _link, target in self._by_status.get("not-checked", ()):
            key = (target.what, target.reason)
            counts[key] = counts.get(key, 0) + 1
        missing = self.missing_templates
        if missing is not None:
            unknown = sum(1 for _path, _call in self.unknown_shortcodes)
            if unknown:
                reason = f"{missing.name}: {missing.reason}, and that could supply them"
                counts["shortcodes", reason] = unknown
        return tuple(NotChecked(what, reason, count) for (what, reason), count in sorted(counts.items()))


@contextmanager
def without_gc() -> Iterator[None]:
    """Build a large structure without cycles: Python would look for some again and again, which takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _embedded(config: HugoConfig, kind: str) -> str:
    """When Hugo's own render hook of a kind is used: never, fallback (where the site has none) or always."""
    goldmark: Any = config.raw
    for key in ("markup", "goldmark"):
        goldmark = goldmark.get(key) if isinstance(goldmark, Mapping) else None
    table = goldmark if isinstance(goldmark, Mapping) else {}
    hooks = table.get("renderhooks")
    own = hooks.get(kind) if isinstance(hooks, Mapping) else None
    own = own if isinstance(own, Mapping) else {}
    mode = str(own.get("useembedded") or "auto")
    if "enabledefault" in own:
        mode = "fallback" if own["enabledefault"] else "never"
    if mode != "auto":
        return mode if mode in ("fallback", "always") else "never"
    shared = config.multilingual and not config.multihost and not table.get("duplicateresourcefiles")
    return "fallback" if shared else "never"


def _is_made_by_shortcode(facts: Facts, link: Link) -> bool:
    """Whether a target is a shortcode call whose own link is judged: `[text]({{< ref "page" >}})`."""
    return any(
        other.kind == "shortcode" and link.start <= other.outer_start and other.outer_end <= link.end
        for other in facts.links
    )


def _language(facts: Facts, link: Link) -> str:
    """The `lang` parameter of the `ref` or `relref` call that a link is."""
    for call in facts.shortcodes:
        if call.start <= link.start < call.end:
            return next((p.value for p in call.params if p.name == "lang"), "")
    return ""
