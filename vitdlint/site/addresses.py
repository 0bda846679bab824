"""Where everything on a site is: URLs, aliases, logical paths and terms, from what Hugo publishes alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from posixpath import dirname
from typing import NamedTuple
from urllib.parse import quote, unquote

from ..hugo.config import HugoConfig
from ..hugo.packed_outputs import column, picked
from ..hugo.publication import Alias, Output, Publication, Term, TermKey
from ..hugo.render_hooks import PRINTS
from ..hugo.space import SiteKey
from .legacy import Legacy
from .logical import NOT_LOADED, LogicalPaths
from .missing import Missing
from .redirects import Redirect
from .roots import Root, roots_of
from .suggest import Index
from .targets import decode, join
from .urls import UrlMap

_NOT_PLAIN = re.compile(r"[%?]")


class SiteSettings(NamedTuple):
    """What vitdlint's configuration, and the files for the host, say about where links lead."""

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


@dataclass(frozen=True)
class Addresses:
    """All addresses of a site, read-only; no page's body decides one. Everything is computed once, when first asked for."""

    config: HugoConfig
    publication: Publication
    settings: SiteSettings
    known_candidates: Callable[[], Index] | None = field(default=None, repr=False)
    """What an earlier run has stored about the names of the pages, if any."""
    known_terms: Callable[[], Mapping[TermKey, tuple[Term, ...]]] | None = field(default=None, repr=False)
    """The uses of each term, where they are not in the publication."""

    @cached_property
    def outputs(self) -> Mapping[str, Output]:
        """The page that each content file becomes (or would), by path, in the order of the paths.

        The first of several, where one of them is published the first of those.
        """
        outputs = self.publication.outputs
        paths, states = column(outputs, "path"), column(outputs, "state")
        found: dict[str, int] = {}
        for number, path in enumerate(paths):
            if path is not None:
                known = found.setdefault(path, number)
                if states[known] != "published" == states[number]:
                    found[path] = number
        return picked(outputs, {path: found[path] for path in sorted(found)})

    @cached_property
    def _shared(self) -> Mapping[str, tuple[Output, ...]]:
        """The content files that several published pages are made of, and the pages."""
        found: dict[str, list[Output]] = {}
        for output in self.publication.outputs:
            if output.path is not None and output.state == "published":
                found.setdefault(output.path, []).append(output)
        return {path: tuple(pages) for path, pages in found.items() if len(pages) > 1}

    def made_of(self, page: Output) -> tuple[Output, ...]:
        """All published pages that are made of the same file, of other languages too; at least the page itself."""
        return self._shared.get(page.path or "", (page,))

    @cached_property
    def published(self) -> tuple[Output, ...]:
        """The pages that Hugo publishes and somebody wrote, in the order of their paths."""
        return tuple(o for o in self.outputs.values() if o.state == "published")

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Every URL that leads to a page somebody wrote, aliases too, and the page's path."""
        found: dict[str, str] = {}
        for output in self.published:
            if output.path is not None:
                found.setdefault(output.url, output.path)
                for alias in output.aliases:
                    found.setdefault(alias.url, output.path)
        return found

    @cached_property
    def base_path(self) -> str:
        """Where the site begins on its host; starts and ends with `/`."""
        return self.config.default.base_path.rstrip("/") + "/"

    @cached_property
    def roots(self) -> Mapping[str, Root]:
        """Where the published files are served, by their folder."""
        return roots_of(self.config)

    def root_of(self, file: str) -> Root:
        """Where a published file is served."""
        return self.roots.get(file.partition("/")[0]) or next(iter(self.roots.values()))

    def url(self, file: str) -> str:
        """The URL of a published file on its own host, without the host; `index.html` is not written out."""
        root = self.root_of(file)
        path = f"/{file.removeprefix(f'{root.folder}/').removeprefix('/')}"
        if path.endswith("/index.html"):
            path = path.removesuffix("index.html")
        return root.base + quote(path[1:], safe="/!$&'()*+,;=:@~", errors="surrogateescape")

    def alias_of(self, url: str, page: Output) -> str | None:
        """What must be among the page's aliases so that this URL leads to it; None if nothing does that.

        Hugo puts the base path and the folder of the page's site before an alias.
        """
        site = self.config.site(page.site)
        base = self.root_of(site.folder).base
        below = f"{base}{site.prefix}/" if site.prefix else base
        path = unquote(url)
        return f"/{path.removeprefix(below)}" if path.startswith(below) else None

    def copy_of(self, source: str) -> str | None:
        """The output file that Hugo copies from a file, if any."""
        return min(
            (file for file, copied in self.publication.files.items() if copied == source), default=None
        )

    @cached_property
    def urls(self) -> UrlMap:
        """What the host answers for each path."""
        return UrlMap(self.publication, clean=self.settings.host == "clean")

    @cached_property
    def logical(self) -> LogicalPaths:
        """The pages by logical path."""
        return LogicalPaths(self.publication.outputs, self.config.space)

    @cached_property
    def tied(self) -> Mapping[tuple[SiteKey, str], tuple[tuple[SiteKey, str], ...]]:
        """The site and logical path of a page with a `translationKey`, and those of all pages that share it."""
        return {one: pages for pages in self.publication.tied for one in pages}

    @cached_property
    def missing(self) -> Missing:
        """The parts of the site that are not on disk, and what they could supply."""
        return Missing(self.publication)

    @cached_property
    def legacy(self) -> Legacy:
        """What the site's old URLs are today."""
        return Legacy(self.urls, tuple(self.roots))

    @cached_property
    def candidates(self) -> Index:
        """What is nearest to a target that leads nowhere."""
        return self.known_candidates() if self.known_candidates is not None else Index(self.publication)

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
        aliases = Counter(alias.file for page in self.publication.outputs for alias in page.aliases)
        pages = {page.file for page in self.publication.outputs if page.state == "published"}
        others = self.publication.files
        contested = {file for file, count in aliases.items() if count > 1}
        contested.update(aliases.keys() & pages, aliases.keys() & others)
        owners: dict[str, list[tuple[Output, Alias]]] = {}
        for output in self.publication.outputs if contested else ():
            for alias in output.aliases:
                if alias.file in contested:
                    known = owners.setdefault(alias.file, [])
                    if not any(owner is output for owner, _ in known):
                        known.append((output, alias))
        return {
            file: tuple(own)
            for file, own in owners.items()
            if len(own) > 1 or file in pages or file in others
        }

    @cached_property
    def terms(self) -> Mapping[TermKey, tuple[Term, ...]]:
        """The uses of each term."""
        if self.known_terms is not None:
            return self.known_terms()
        return self.publication.terms

    @property
    def uses(self) -> Iterator[Term]:
        """The uses of all terms, term by term."""
        return chain.from_iterable(self.terms.values())

    @cached_property
    def term_keys(self) -> frozenset[str]:
        """The identities of all terms, of whatever taxonomy."""
        return frozenset(key for _site, _taxonomy, key in self.terms)

    def terms_of(self, page: Output) -> tuple[Term, ...]:
        """The uses of a term page's term."""
        if page.kind != "term":
            return ()
        return self.terms.get(
            TermKey(page.site, page.taxonomy, page.logical.removeprefix(f"/{page.taxonomy}/")), ()
        )

    @cached_property
    def unreachable(self) -> tuple[Output, ...]:
        """Published pages whose URL, as Hugo writes it, a server reads as another path than that of their file."""
        found: list[Output] = []
        for page in self.publication.outputs:
            if page.state == "published" and page.url and page.file and _NOT_PLAIN.search(page.url):
                below = page.url.partition("?")[0].removeprefix(self.config.language(page.language).base_path)
                path = decode(below)
                folder = f"{page.language}/" if self.config.multihost else ""
                if folder + path[1:] + ("index.html" if path.endswith("/") else "") != page.file:
                    found.append(page)
        return tuple(found)

    @cached_property
    def shown_elsewhere(self) -> frozenset[str]:
        """The content files whose text other pages show."""
        return frozenset(filter(None, column(self.publication.outputs, "text_from")))

    @cached_property
    def filled_folders(self) -> frozenset[str]:
        """The folders that hold a file which is no page, at any depth."""
        found: set[str] = set()
        for source in self.publication.files.values():
            folder = dirname(source or "")
            while folder and folder not in found:
                found.add(folder)
                folder = dirname(folder)
        return frozenset(found)

    @cached_property
    def bundled(self) -> Mapping[str, str]:
        """The URL that a content file in a leaf bundle had as a page of its own, without the slash at its end, and its path.

        Percent-decoded, with the base path.
        """
        leaves = {o.logical for o in self.publication.outputs if o.bundle == "leaf"}
        found: dict[str, str] = {}
        for page in self.publication.outputs:
            if page.state == "resource" and page.path is not None:
                above = page.logical
                while above and above not in leaves:
                    above = above.rpartition("/")[0]
                name = page.logical[len(above) :].rpartition(".")[0].removesuffix("/index")
                found[f"{unquote(page.url).rstrip('/').removesuffix('.html')}{name}"] = page.path
        return found

    @cached_property
    def not_loaded(self) -> LogicalPaths:
        """The pages that Hugo does not load, by logical path; only a reference that leads nowhere asks."""
        return LogicalPaths(self.publication.outputs, self.config.space, NOT_LOADED)

    @cached_property
    def host_aliases(self) -> Mapping[str, Output]:
        """The aliases that a template makes redirects of the host, which Hugo itself may not publish."""
        found: dict[str, Output] = {}
        if self.settings.aliases_by_host:
            for output in self.publication.outputs:
                if output.state == "published":
                    for alias in output.host_aliases:
                        path = alias if alias.startswith("/") else decode(join(output.url.rstrip("/"), alias))
                        found.setdefault(path.rstrip("/") or "/", output)
        return found

    def render_hook(self, kind: str, mode: str) -> str:
        """Which render hook changes links of a kind.

        Embedded (Hugo's own), `FINDS` or `ANYTHING` (the site's own), unknown (a theme's?) or ''.
        """
        if kind in self.publication.render_hooks and mode != "always":
            does = self.publication.render_hooks[kind]
            return "" if does == PRINTS else does
        if mode != "never":
            return "embedded"
        return "unknown" if self.missing.templates is not None else ""
