"""Where the pages of one site go."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from .cast import to_strings
from .config import HugoConfig
from .formats import FORMATS, OutputFormat
from .language import HugoSite
from .names import join
from .node import Node
from .page_dates import Clock
from .permalinks import Tokens, expand, path_of, pattern_for, unescape
from .target_paths import TargetPaths, Wanted, target_paths
from .titles import capitalized, section_title

_SIMPLE = re.compile(r"[a-z0-9_][a-z0-9_+~@-]*")
"""Names that Hugo publishes as they are, whatever is around them."""
_NO_FOLDERS = str.maketrans("/\\", "--")


class Route:
    """Targets and URLs of one site's pages."""

    def __init__(
        self,
        config: HugoConfig,
        site: HugoSite,
        nodes: Mapping[str, Node],
        bases: Container[str],
        clock: Clock,
    ) -> None:
        self.config = config
        self.site = site
        self.language = site.language
        self.nodes = nodes
        self.bases = bases
        """Logical paths of the pages of all sites."""
        self.clock = clock
        self.slugs = {
            base: node.slug
            for base, node in nodes.items()
            if node.branch and node.slug and base and not node.dropped
        }
        html = site.language.formats.get("html")
        self.plain_html = html if html == FORMATS["html"] and site.folder == site.prefix else None
        self._folders: dict[str, str] = {}
        self._simple: dict[str, str | None] = {}

    def with_base(self, link: str) -> str:
        """A link below the base URL as RelPermalink."""
        base = self.language.base_path
        if not base:
            return link
        joined = join(base, link)
        return f"{joined}/" if link.endswith("/") and joined != "/" else joined

    def formats(self, node: Node) -> tuple[OutputFormat, ...]:
        """The output formats of a page, in order; those that are not known are left out."""
        if "outputs" in node.params:
            listed = (self.language.formats.get(n.lower()) for n in to_strings(node.params["outputs"]))
            own = tuple(f for f in listed if f is not None)
            if own:
                return own
        return self.language.outputs.get(node.kind, ())

    def target_paths(self, node: Node, form: OutputFormat, addend: str = "") -> TargetPaths:
        """Where a page goes in one format; `addend` (`page/2`) names a later page of a list."""
        if (
            node.kind == "page"
            and form.name == "html"
            and "url" not in node.params
            and not self.language.permalinks
        ):
            quick = self._quick(node, form)
            if quick is not None:
                return quick
        return target_paths(self._wanted(node, addend), form)

    def _quick(self, node: Node, form: OutputFormat) -> TargetPaths | None:
        """The common case: a plain name in a plain folder."""
        above, _, last = node.base.rpartition("/")
        name = node.slug or last
        if (
            form is not self.plain_html
            or name == "index"
            or self.language.keep_case
            or not _SIMPLE.fullmatch(name)
        ):
            return None
        if above in self._simple:
            folder = self._simple[above]
        else:
            path = self._folder(above, above).strip("/")
            plain = all(_SIMPLE.fullmatch(p) for p in path.split("/")) if path else True
            prefix = f"{self.site.folder}/" if self.site.folder else ""
            folder = self._simple[above] = (f"{prefix}{path}/" if path else prefix) if plain else None
        if folder is None:
            return None
        whole = folder + name
        if self.language.ugly(node.section):
            return TargetPaths(f"{whole}.html", f"/{whole}.html", whole)
        return TargetPaths(f"{whole}/index.html", f"/{whole}/", whole)

    def _wanted(self, node: Node, addend: str) -> Wanted:
        language = self.language
        shown = node.shown if language.keep_case else node.base
        last = shown.rpartition("/")[2]
        branch = node.branch
        url = node.url
        tokens = None
        if ":" in url:
            tokens = self._tokens(node)
            url = unescape(expand(url, tokens))
        permalink = ""
        if language.permalinks:
            pattern = pattern_for(language.permalinks, node.kind, node.base or "/")
            permalink = path_of(pattern, tokens or self._tokens(node)) if pattern else ""
        return Wanted(
            branch=branch,
            home=node.kind == "home",
            kind_with_index=node.kind in {"home", "section", "taxonomy"},
            directory=self._folder(node.base, shown) if branch else self._folder(*_above(node.base, shown)),
            name=node.slug or last,
            bundle=node.bundle != "" or (branch and node.source is None),
            url=url,
            permalink=permalink,
            ugly=language.ugly(node.section),
            prefix=self.site.prefix,
            folder=self.site.folder,
            force_prefix=self.config.multihost,
            addend=addend,
            keep_case=language.keep_case,
            drop_accents=language.drop_accents,
        )

    def _folder(self, base: str, shown: str) -> str:
        """Where the pages of a folder go: below the nearest section, with the slugs of the sections on the way."""
        if not self.slugs and not self.language.keep_case:
            return base
        known = self._folders.get(shown)
        if known is None:
            known = self._folders[shown] = self._slugged(base, shown)
        return known

    def _slugged(self, base: str, shown: str) -> str:
        if not base:
            return ""
        node = self.nodes.get(base)
        own = node if node is not None and node.branch and not node.dropped else None
        if own is not None and self.language.keep_case:
            shown = own.shown
        above = self._section_of(base if own is None else base.rpartition("/")[0])
        before = above.shown if self.language.keep_case else above.base
        inner = shown.removeprefix(before)
        if own is not None and own.slug:
            inner = f"{inner.rpartition('/')[0]}/{own.slug}"
        if len(inner) == len(shown) and not inner.startswith("/"):
            inner = f"/{inner}"
        return self._folder(above.base, before) + inner

    def _section_of(self, at: str) -> Node:
        """The section that a folder belongs to.

        Hugo compares text, not path elements: without a section of its own `/a/foo-bar` belongs to `/a/foo`. Only
        where the longest match is no section of this site does it go up by whole elements.
        """
        while at:
            end = next((n for n in range(len(at), 0, -1) if at[:n] in self.bases), 0)
            found = self.nodes.get(at[:end])
            if end and found is not None and found.branch and not found.dropped:
                return found
            at = at.rpartition("/")[0]
        return self.nodes[""]

    def _tokens(self, node: Node) -> Tokens:
        source = node.source
        last = node.shown.rpartition("/")[2]
        file_name = "" if source is None or source.kind == "branch" else last
        sections = self._sections(node)
        return Tokens(
            title=self._title_in_url(node),
            slug=node.slug,
            file_name=file_name,
            content_base_name=last,
            section=node.section,
            sections=tuple(sections[-1].base[1:].split("/")) if sections else (),
            section_slugs=lambda: tuple((s.slug, self._title_in_url(s)) for s in sections),
            date=lambda: self.clock.date(node),
            keep_case=self.language.keep_case,
            drop_accents=self.language.drop_accents,
        )

    def title(self, node: Node) -> str:
        """A page's title, or the one that Hugo makes up."""
        title = node.title
        if title or node.source is not None or node.kind == "page":
            return title
        language, name = self.language, node.shown.rpartition("/")[2]
        if node.kind == "section":
            return section_title(
                name, pluralize=language.pluralize_titles, capitalize=language.capitalize_titles
            )
        name = node.term or name
        return capitalized(name) if language.capitalize_titles else name

    def _title_in_url(self, node: Node) -> str:
        """The title for a permalink: a slash begins a folder in that of a taxonomy or term only."""
        title = self.title(node)
        return title if node.kind in ("taxonomy", "term") else title.translate(_NO_FOLDERS)

    def _sections(self, node: Node) -> list[Node]:
        """The sections above a page (a branch is one itself), outermost first."""
        found: list[Node] = []
        above = self._section_of(node.base if node.branch else node.base.rpartition("/")[0])
        while above.base:
            found.append(above)
            above = self._section_of(above.base.rpartition("/")[0])
        return found[::-1]


def _above(base: str, shown: str) -> tuple[str, str]:
    return base.rpartition("/")[0], shown.rpartition("/")[0]
