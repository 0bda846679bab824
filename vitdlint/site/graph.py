"""A site as a graph: its pages, and what leads from each to another, to nowhere or elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..hugo.publication import Output, Term
from .addresses import Addresses
from .links import Links

_ALONE = frozenset({"shadowed", "resource"})
"""States of outputs that are no pages of their own."""
TOP = "(top level)"
TERMS = "(terms)"


class Node(NamedTuple):
    """A page, also one that is not published or that Hugo makes by itself."""

    path: str
    """Its file; '' where Hugo makes the page by itself."""
    url: str
    title: str
    kind: str
    language: str
    state: str
    section: str
    aliases: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """`taxonomy: term`, as written."""


class Edge(NamedTuple):
    """A link."""

    source: int
    """The node that it is on."""
    target: int
    """The node that the reader ends up on; -1 for none."""
    status: str
    """See `answers.Target`."""
    written: str
    """The target as it is written."""
    line: int


@dataclass(frozen=True)
class Graph:
    """The site: nodes in the order of their paths (pages that Hugo makes last), edges in the order of their sources."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    base_url: str = ""

    @cached_property
    def incoming(self) -> list[int]:
        """How many other pages link to each node."""
        pairs = {(e.source, e.target) for e in self.edges if e.target >= 0 and e.source != e.target}
        counts = Counter(target for _, target in pairs)
        return [counts[number] for number in range(len(self.nodes))]


def graph_of(links: Links) -> Graph:
    """The graph of a whole site."""
    site = links.site
    publication = site.addresses.publication
    outputs = sorted(
        (o for o in publication.outputs if o.state not in _ALONE),
        key=lambda o: (o.path is None, o.path or "", o.language, o.url),
    )
    sections = _sections(outputs)
    terms = _terms(site.addresses)
    nodes = tuple(
        Node(
            output.path or "",
            output.url,
            output.title or output.term,
            output.kind,
            output.language,
            output.state,
            section,
            tuple(alias.url for alias in output.aliases),
            terms.get(output.path or "", ()),
        )
        for output, section in zip(outputs, sections, strict=True)
    )
    numbers = {_key(output): number for number, output in enumerate(outputs)}
    edges = []
    for page, link, target in links.all:
        source = numbers.get(_key(page))
        if source is None:
            continue
        lines = site.pages[page.path or ""].lines
        goal = -1 if target.page is None else numbers.get(_key(target.page), -1)
        edges.append(Edge(source, goal, target.status, link.target, bisect_right(lines, link.start)))
    edges.sort(key=lambda edge: edge.source)
    return Graph(nodes, tuple(edges), site.addresses.config.default.base_url)


def _terms(addresses: Addresses) -> Mapping[str, tuple[str, ...]]:
    """The terms of each file, in the order of its sites, of their taxonomies and of the front matter."""
    config = addresses.config
    order = {
        (site.key, taxonomy): (number, place)
        for number, site in enumerate(config.sites)
        for place, taxonomy in enumerate(site.language.taxonomies)
    }
    found: dict[str, list[Term]] = {}
    for use in addresses.uses:
        found.setdefault(use.path, []).append(use)
    return {
        path: tuple(
            f"{use.taxonomy}: {use.value}"
            for use in sorted(uses, key=lambda use: (order[use.site, use.taxonomy], use.pointer))
        )
        for path, uses in found.items()
    }


def section_of(logical: str, split: Container[str] = ()) -> str:
    """The section of a logical path: its first folder; with the second one where the first is to be split."""
    first, *rest = logical.strip("/").split("/")
    if not rest:
        return TOP
    return f"{first}/{rest[0]}" if len(rest) > 1 and first in split else first


def _sections(outputs: Iterable[Output]) -> list[str]:
    """The section of each page. One that holds most of the site's pages is split into the folders in it."""
    logicals = [
        TERMS
        if output.kind in ("term", "taxonomy")
        # The page of a section belongs to it.
        else f"{output.logical}/_index"
        if output.kind == "section"
        else output.logical
        for output in outputs
    ]
    pages = [logical for logical in logicals if logical is not TERMS]
    counts = Counter(section_of(logical) for logical in pages)
    split = {name for name, count in counts.items() if 2 * count > len(pages)}
    return [TERMS if logical is TERMS else section_of(logical, split) for logical in logicals]


def _key(page: Output) -> tuple[str, str, str | None]:
    return page.language, page.url, page.path
