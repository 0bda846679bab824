"""The site: every page, what Hugo makes of them, and where every link leads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from ..core.gc import without_gc
from ..hugo.config import HugoConfig
from ..hugo.publication import Alias, Output, Publication, Term
from ..page.page import Facts
from .answers import ResolverSettings, Target
from .empty import folders_of, is_empty
from .legacy import Legacy
from .links import Links
from .redirects import Redirect
from .resolve import Resolver
from .suggest import Index, Names
from .targets import decode, origins
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
    aliases_by_host: bool = False
    """A template writes the pages' aliases as redirects of the host."""
    shortcodes: tuple[str, ...] = ()
    """Lower-case names of the shortcodes whose links and ids the configuration declares."""


_NOT_PLAIN = re.compile(r"[%?]")


@dataclass(frozen=True)
class Site:
    """A whole site, read-only. Everything about it is computed once, when first asked for."""

    config: HugoConfig
    publication: Publication
    pages: Mapping[str, Facts]
    """The facts of every content file, by path, in the order of the paths."""
    settings: SiteSettings
    now: datetime
    names: Callable[[], Names | None] | None = field(default=None, repr=False)
    """Where the names of the pages come from, if they were kept."""
    like: Site | None = field(default=None, repr=False)
    """A site of the same publication whose pages have other bodies: what it knows of URLs holds here too."""

    @classmethod
    def of(
        cls,
        config: HugoConfig,
        publication: Publication,
        facts: Mapping[str, Facts],
        settings: SiteSettings,
        now: datetime,
    ) -> Site:
        """The site of a publication; `facts` are those of its content files by path, in any order."""
        pages = {path: facts[path] for path in sorted(facts)}
        return cls(config, publication, pages, settings, now)

    @cached_property
    def resolver(self) -> Resolver:
        """Answers where links lead."""
        config, settings = self.config, self.settings
        ground = ResolverSettings(
            base_path=config.default.base_path.rstrip("/") + "/",
            origins=origins((*(s.base_url for s in config.sites), *settings.base_urls)),
            clean=settings.host == "clean",
            rewritten=bool(config.raw.get("relativeurls")),
            embedded=config.default.embedded_hooks,
            extra_urls=settings.extra_urls,
            redirects=settings.redirects,
            known_anchors=settings.known_anchors,
            declared_shortcodes=frozenset(settings.shortcodes),
            languages=tuple(s.language for s in config.sites),
            folders={s.language: s.folder for s in config.sites} if config.multihost else {},
            host_folders={
                host: s.folder for s in config.sites if config.multihost for host in origins((s.base_url,))
            },
            aliases_by_host=settings.aliases_by_host,
        )
        with without_gc():
            like = self.like.resolver if self.like is not None else None
            return Resolver(self.publication, self.pages, ground, like)

    def with_pages(self, pages: Mapping[str, Facts]) -> Site:
        """The same publication with other bodies."""
        return replace(self, pages=pages, like=self)

    @cached_property
    def links(self) -> Links:
        """The links of all pages."""
        return Links(self, self.pages)

    def facts(self, page: Output) -> Facts | None:
        """The facts of a page's file; None for a page that Hugo makes by itself."""
        return self.pages.get(page.path) if page.path is not None else None

    def resolve(self, target: str, page: Output | str, kind: str = "link", attribute: str = "") -> Target:
        """Where a target leads from a page (or the page of that path)."""
        output = self.outputs[page] if isinstance(page, str) else page
        return self.resolver.resolve(target, output, kind, attribute)

    @cached_property
    def outputs(self) -> Mapping[str, Output]:
        """The page that each content file becomes (or would), by path, in the order of the paths."""
        if self.like is not None:
            return self.like.outputs
        found = {o.path: o for o in reversed(self.publication.outputs) if o.path is not None}
        return {path: found[path] for path in sorted(found)}

    @cached_property
    def published(self) -> tuple[Output, ...]:
        """The pages that Hugo publishes and somebody wrote, in the order of their paths."""
        return tuple(o for o in self.outputs.values() if o.state == "published")

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """Every URL that leads to a page somebody wrote, aliases too, and the page's path."""
        found: dict[str, str] = {}
        for output in self.published:
            if output.path is not None:
                found.setdefault(output.url, output.path)
                for alias in output.aliases:
                    found.setdefault(alias.url, output.path)
        return found

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
        urls, others = self.resolver.urls, self.publication.files
        first: dict[str, tuple[Output, Alias]] = {}
        owners: dict[str, list[tuple[Output, Alias]]] = {}
        for output in self.publication.outputs:
            for alias in output.aliases:
                known = first.get(alias.file)
                if known is None:
                    known = first[alias.file] = (output, alias)
                    served = urls.served(alias.file)
                    if served is None or served.status != "alias" or alias.file in others:
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
        if page.kind != "page" or page.state != "published" or not page.blank:
            return False
        return is_empty(page, self.facts(page), lambda: self._filled_folders)

    @cached_property
    def _filled_folders(self) -> frozenset[str]:
        return folders_of(self.publication.files.values())

    @cached_property
    def shown_elsewhere(self) -> frozenset[str]:
        """The content files whose text other pages show."""
        if self.like is not None:
            return self.like.shown_elsewhere
        return frozenset(o.text_from for o in self.publication.outputs if o.text_from)

    @cached_property
    def twins(self) -> tuple[tuple[Output, Output], ...]:
        """Pairs of pages whose addresses differ by a slip."""
        return tuple(twins(self.published, self.is_empty))

    @cached_property
    def legacy(self) -> Legacy:
        """What the site's old URLs are today."""
        return Legacy(self.resolver)

    @cached_property
    def candidates(self) -> Index:
        """What is nearest to a target that leads nowhere."""
        if self.like is not None:
            return self.like.candidates
        return Index(self.publication, self.names() if self.names is not None else None)
