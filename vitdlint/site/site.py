"""The site: every page, what Hugo makes of them, and where every link leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from ..hugo.config import HugoConfig
from ..hugo.publication import Alias, Output, Publication, Term
from ..markdown.body import Link
from ..model import NotChecked
from ..page import Facts
from .redirects import Redirect
from .resolve import Ground, Resolver, Target
from .suggest import Index
from .targets import origins


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
    """Of the configuration, `static/_redirects` and `netlify.toml`, in this order."""
    known_anchors: tuple[str, ...] = ()
    """Globs of fragments that layouts supply on every page."""
    declared_shortcodes: frozenset[str] = frozenset()
    """Lower-case names of the shortcodes whose links and ids the configuration declares."""


class Linked(NamedTuple):
    """One link, the page it stands on, and where it leads."""

    page: Output
    link: Link
    target: Target


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
        facts: Iterable[Facts],
        settings: SiteSettings,
        now: datetime,
        before: Mapping[str, str] | None = None,
    ) -> Site:
        """The site of a publication; `facts` are those of its content files, in any order."""
        pages = {f.path: f for f in sorted(facts, key=lambda f: f.path)}
        return cls(config, publication, pages, settings, now, before)

    @cached_property
    def resolver(self) -> Resolver:
        """Answers where links lead."""
        config, settings = self.config, self.settings
        base = "/" + config.base_path.strip("/")
        ground = Ground(
            base_path=base if base.endswith("/") else base + "/",
            origins=origins((config.base_url, *settings.base_urls)),
            clean=settings.host == "clean",
            rewritten=config.canonify_urls or config.relative_urls,
            embedded={"link": config.embedded_hook("link"), "image": config.embedded_hook("image")},
            extra_urls=settings.extra_urls,
            redirects=settings.redirects,
            known_anchors=settings.known_anchors,
            declared_shortcodes=settings.declared_shortcodes,
            languages=tuple(config.languages),
        )
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
        return tuple(self._resolved())

    def _resolved(self) -> Iterator[Linked]:
        resolve = self.resolver.resolve
        for path, facts in self.pages.items():
            page = self.outputs.get(path)
            if page is None or page.state == "shadowed":
                continue
            for link in facts.links:
                language = _language(facts, link) if link.kind == "shortcode" else ""
                yield Linked(page, link, resolve(link.target, page, link.kind, link.attribute, language))

    @cached_property
    def url_owners(self) -> Mapping[str, tuple[Output, ...]]:
        """Output files that several published pages claim, and the pages."""
        owners: dict[str, list[Output]] = {}
        for output in self.publication.outputs:
            if output.state == "published" and output.file:
                owners.setdefault(output.file, []).append(output)
        return {file: tuple(pages) for file, pages in owners.items() if len(pages) > 1}

    @cached_property
    def alias_owners(self) -> Mapping[str, tuple[tuple[Output, Alias], ...]]:
        """Every output file that is an alias's, with the pages that ask for it, each once."""
        owners: dict[str, dict[str, tuple[Output, Alias]]] = {}
        for output in self.publication.outputs:
            for alias in output.aliases:
                owners.setdefault(alias.file, {}).setdefault(output.url, (output, alias))
        return {file: tuple(pages.values()) for file, pages in owners.items()}

    @cached_property
    def terms(self) -> Mapping[tuple[str, str, str], tuple[Term, ...]]:
        """The uses of each term: (language, taxonomy, identity) -> uses."""
        uses: dict[tuple[str, str, str], list[Term]] = {}
        for term in self.publication.terms:
            uses.setdefault((term.language, term.taxonomy, term.key), []).append(term)
        return {key: tuple(found) for key, found in uses.items()}

    @cached_property
    def candidates(self) -> Index:
        """What is nearest to a target that leads nowhere."""
        return Index(self.publication, self.pages)

    @cached_property
    def not_checked(self) -> tuple[NotChecked, ...]:
        """What could not be judged, each with its reason, counted."""
        counts: dict[tuple[str, str], int] = {}
        for _page, _link, target in self.links:
            if target.status == "not-checked":
                key = (target.what, target.reason)
                counts[key] = counts.get(key, 0) + 1
        return tuple(NotChecked(what, reason, count) for (what, reason), count in sorted(counts.items()))


def _language(facts: Facts, link: Link) -> str:
    """The `lang` parameter of the `ref` or `relref` call that a link is."""
    for call in facts.shortcodes:
        if call.start <= link.start < call.end:
            return next((p.value for p in call.params if p.name == "lang"), "")
    return ""
