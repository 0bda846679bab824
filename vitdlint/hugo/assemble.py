"""Put the pages of one language together: files, sections and terms that Hugo makes, what is built (Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from .cascade import Cascade, apply, read_cascade
from .cast import to_string, to_strings_whole
from .config import HugoConfig
from .files import ContentFile
from .language import Language
from .names import logical
from .node import Node, ParsedPage, build_options, is_draft, lowered
from .page_dates import Clock
from .publication import Term

_STANDALONE = {
    "404": "/404",
    "sitemap": "/_sitemap",
    "sitemapindex": "/_sitemapindex",
    "robotstxt": "/_robots",
}


class Assembled(NamedTuple):
    """All pages of one language."""

    nodes: Mapping[str, Node]
    """By logical path; '' is the home page."""
    shadowed: tuple[Node, ...]
    """Pages whose logical path another file has."""
    bundled: tuple[Node, ...]
    """Content files inside leaf bundles: no pages of their own."""
    terms: tuple[Term, ...]
    standalone: Mapping[str, Node]
    """By kind: 404, sitemap, sitemapindex, robotstxt. They obey cascades, too."""


def assemble(
    config: HugoConfig,
    language: Language,
    files: Iterable[ContentFile],
    pages: Mapping[str, ParsedPage],
    now: datetime,
) -> Assembled:
    """The pages of one language."""
    nodes: dict[str, Node] = {}
    shadowed: list[Node] = []
    bundled: list[Node] = []
    for file in files:
        if language.name not in file.languages or not file.is_page:
            continue
        node = _from_file(config, file, pages.get(file.path))
        if file.kind == "resource":
            node.state = "resource"
            bundled.append(node)
        elif nodes.setdefault(node.base, node) is not node:
            shadowed.append(_lighter(nodes, node))
    _add_structure(config, language, nodes)
    cascades = _Cascades(config, language, nodes)
    clock = Clock(language, now)
    for base in sorted(nodes):
        _settle(nodes[base], language, cascades, clock)
    for node in (*shadowed, *bundled):
        _settle(node, language, cascades, clock)
    terms = _add_terms(language, nodes, bundled, cascades, clock)
    standalone = {kind: Node(base, base, kind) for kind, base in _STANDALONE.items()}
    for node in standalone.values():
        _settle(node, language, cascades, clock)
    return Assembled(nodes, tuple(shadowed), tuple(bundled), terms, standalone)


def _lighter(nodes: dict[str, Node], node: Node) -> Node:
    """Keep the heavier of two files that are one page; where Hugo leaves it to chance, that with a folder."""
    other = nodes[node.base]
    if _weight(node) > _weight(other):
        nodes[node.base], node = node, other
    node.state = "shadowed"
    return node


def _weight(node: Node) -> tuple[int, bool]:
    return (node.source.weight, node.bundle != "") if node.source is not None else (-1, False)


def _from_file(config: HugoConfig, file: ContentFile, parsed: ParsedPage | None) -> Node:
    params = lowered(parsed.front.data) if parsed is not None else {}
    folder = file.virtual.rpartition("/")[0]
    shown = f"/{folder}" if folder else ""
    kind = "page" if file.base else "home"
    if file.kind == "branch":
        kind = _branch_kind(config, file.base)
    elif file.kind != "leaf":
        shown = f"{shown}/{file.stem}"
    return Node(file.base, shown, kind, file, parsed, params, params)


def _branch_kind(config: HugoConfig, base: str) -> str:
    """A section, unless its path begins like that of a taxonomy (`/tags-old` does, too: Hugo compares text)."""
    if not base:
        return "home"
    for language in config.languages:
        for plural in language.taxonomies:
            key = _taxonomy_key(plural)
            if base.startswith(key):
                return "taxonomy" if base == key else "term"
    return "section"


def _taxonomy_key(plural: str) -> str:
    return "/" + logical(plural.strip("/"))


def _add_structure(config: HugoConfig, language: Language, nodes: dict[str, Node]) -> None:
    """The home page, a section for each first folder with pages, and the taxonomies."""
    taxonomy_keys = tuple({_taxonomy_key(plural) for each in config.languages for plural in each.taxonomies})
    for base in sorted(nodes):
        section = nodes[base].section
        if not section or f"/{section}" in nodes or base.startswith(taxonomy_keys):
            continue
        shown = "/" + nodes[base].shown[1:].partition("/")[0]
        nodes[f"/{section}"] = Node(f"/{section}", shown, "section")
    nodes.setdefault("", Node("", "", "home"))
    if {"taxonomy", "term"} <= language.disabled_kinds:
        return
    for plural in language.taxonomies:
        key = _taxonomy_key(plural)
        nodes.setdefault(key, Node(key, key, "taxonomy", taxonomy=plural))


class _Cascades:
    """What is handed down to each folder."""

    def __init__(self, config: HugoConfig, language: Language, nodes: Mapping[str, Node]) -> None:
        self.language = language.name
        self.environment = config.environment
        self.top: tuple[Cascade, ...] = ()
        for other in config.languages:
            listed = other.cascade
            self.top += tuple(c for c in read_cascade(list(listed)) if c not in self.top)
        self.own = {
            base: read_cascade(node.params["cascade"])
            for base, node in nodes.items()
            if "cascade" in node.params
        }
        self.known: dict[str, tuple[Cascade, ...]] = {}

    def for_path(self, base: str) -> tuple[Cascade, ...]:
        """The cascades on a logical path, the nearest first."""
        if not self.own:
            return self.top
        if base not in self.known:
            above = self.for_path(base.rpartition("/")[0]) if base else self.top
            own = self.own.get(base)
            self.known[base] = own + above if own else above
        return self.known[base]


_BUILD_KEYS = frozenset({"build", "_build", "headless"})


def _settle(node: Node, language: Language, cascades: _Cascades, clock: Clock) -> None:
    """What becomes of a page: hand the cascades down to it, then look at its state."""
    handed = cascades.for_path(node.base)
    params = node.params
    if handed:
        filled = dict(params)
        apply(filled, handed, node.kind, node.base, cascades.language, cascades.environment)
        node.params = params = filled
    inner = params.get("params")
    if isinstance(inner, dict) and node.taxonomy == "":
        for plural in language.taxonomies:
            for key, value in inner.items():
                if isinstance(key, str) and key.lower() == plural.lower():
                    node.params = params = {**params, plural.lower(): value}
    if "slug" in params:
        node.slug = to_string(params["slug"]).strip("-")
    elif clock.from_file_name:
        node.slug = clock.slug(node)
    state = _unbuilt(node, language, clock)
    if state:
        node.dropped = node.kind in {"page", "term"}
        node.links = node.publishes_resources = False
    elif not _BUILD_KEYS.isdisjoint(params):
        render, node.publishes_resources = build_options(params)
        node.links = render in {"always", "link"}
        state = "" if render == "always" else "headless" if render == "headless" else "not-rendered"
    if node.state == "published" and state:
        node.state = state


def _unbuilt(node: Node, language: Language, clock: Clock) -> str:
    if node.kind in language.disabled_kinds:
        return "not-rendered"
    if not language.build_drafts and is_draft(node.params):
        return "draft"
    if not language.build_future and clock.is_future(node):
        return "future"
    if not language.build_expired and clock.is_expired(node):
        return "expired"
    return ""


def _add_terms(
    language: Language, nodes: dict[str, Node], bundled: Iterable[Node], cascades: _Cascades, clock: Clock
) -> tuple[Term, ...]:
    """A page for each term in use, and every use by a page that is built, or that lies in a bundle, even in a draft's."""
    if "term" in language.disabled_kinds:
        return ()
    uses: list[Term] = []
    plurals: list[tuple[str, str, dict[str, str]]] = [
        (plural, plural.lower(), {}) for plural in language.taxonomies
    ]
    for node in (*map(nodes.__getitem__, sorted(nodes)), *bundled):
        if not node.links or node.dropped:
            continue
        params = node.params
        for plural, name, known in plurals:
            if name not in params:
                continue
            path = node.source.path if node.source else ""
            raw = params[name]
            pointer: tuple[str | int, ...] = (name,) if name in node.own else ()
            values = to_strings_whole(raw)
            places = (
                items(name, len(values)) if pointer and isinstance(raw, list) else (pointer,) * len(values)
            )
            for value, place in zip(values, places, strict=True):
                if value not in known:
                    known[value] = _add_term(nodes, plural, value, language, cascades, clock)
                key = known[value]
                if key:
                    uses.append(Term(plural, value, key, path, place, language.name))
    return tuple(uses)


@lru_cache(maxsize=1024)
def items(name: str, count: int) -> tuple[tuple[str | int, ...], ...]:
    """The pointers of a list's items, shared by all pages."""
    return tuple((name, i) for i in range(count))


def _add_term(
    nodes: dict[str, Node], plural: str, value: str, language: Language, cascades: _Cascades, clock: Clock
) -> str:
    """Make the page of a term, where it has none; its identity, or '' if there is none or it is not built."""
    if not value:
        return ""
    key = logical(value)
    base = f"{_taxonomy_key(plural)}/{key}"
    node = nodes.get(base)
    if node is None:
        node = nodes[base] = Node(base, f"/{plural}/{value}", "term")
        _settle(node, language, cascades, clock)
    if not node.term:
        node.term = value
        node.taxonomy = plural
    return "" if node.dropped else key
