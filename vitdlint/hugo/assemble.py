"""Put the pages of each site together: files, sections and terms that Hugo makes, what is built (Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from .config import HugoConfig
from .files import ContentFile
from .node import Node, ParsedPage
from .placement import Placement, is_heavier, kind_of, plurals, taxonomy_key
from .publication import Term
from .settle import SitePages
from .space import SiteKey
from .terms import add_terms


class Assembled(NamedTuple):
    """All pages of one site."""

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
    config: HugoConfig, placement: Placement, pages: Mapping[str, ParsedPage], now: datetime
) -> tuple[Assembled, ...]:
    """The pages of each site, in Hugo's order."""
    parts = {site.key: SitePages(config, placement, site, now) for site in config.sites}
    for file in placement.files:
        if file.is_page:
            for key in file.sites:
                _add_file(parts[key], _from_file(config, placement, file, pages.get(file.path)))
    _add_sections(config, placement, parts)
    for part in parts.values():
        part.nodes.setdefault("", Node("", "", "home"))
    _add_taxonomies(config, placement, parts)
    for part in parts.values():
        for node in part.all():
            part.settle(node)
        _drop_rivals(part)
    terms = add_terms(placement, parts)
    return tuple(
        Assembled(part.nodes, tuple(part.shadowed), tuple(part.bundled), tuple(terms[key]), part.standalone)
        for key, part in parts.items()
    )


def _from_file(
    config: HugoConfig, placement: Placement, file: ContentFile, parsed: ParsedPage | None
) -> Node:
    params = placement.fronts[file.path] if parsed is not None else {}
    folder = file.virtual.rpartition("/")[0]
    shown = f"/{folder}" if folder else ""
    if file.kind not in {"branch", "leaf"}:
        shown = f"{shown}/{file.stem}"
    return Node(file.base, shown, kind_of(config, file), file, parsed, params, params)


def _add_file(part: SitePages, node: Node) -> None:
    if node.source is not None and node.source.kind == "resource":
        node.state = "resource"
        part.bundled.append(node)
        return
    other = part.nodes.setdefault(node.base, node)
    if other is not node:
        if node.source is not None and other.source is not None and is_heavier(node.source, other.source):
            part.nodes[node.base], node = node, other
        node.state = "shadowed"
        part.shadowed.append(node)


def _drop_rivals(part: SitePages) -> None:
    """Where one of several files of a logical path is not built (a draft, say), Hugo drops the page of the others, too."""
    for node in part.shadowed:
        rival = part.nodes[node.base]
        if node.dropped and not rival.dropped:
            rival.dropped, rival.state = True, "shadowed"
            rival.links = rival.publishes_resources = False


_Parts = Mapping[SiteKey, SitePages]


def _add_sections(config: HugoConfig, placement: Placement, parts: _Parts) -> None:
    """A section for each first folder with pages, in the sites of the pages; none where a page has its logical path."""
    taxonomies = tuple(taxonomy_key(plural) for plural in plurals(config))
    several = len(parts) > 1
    pages = (
        {base for p in parts.values() for base, n in p.nodes.items() if n.kind == "page"} if several else ()
    )
    written = frozenset(base for part in parts.values() for base in part.nodes)
    first: dict[str, tuple[str, str]] = {}
    for part in parts.values():
        nodes = part.nodes
        for base in sorted(nodes):
            section = nodes[base].section
            if not section or f"/{section}" in nodes or base.startswith(taxonomies):
                continue
            if f"/{section}" not in pages:
                shown = "/" + nodes[base].shown[1:].partition("/")[0]
                nodes[f"/{section}"] = Node(f"/{section}", shown, "section")
                first[section] = min(first.get(section, (base, shown)), (base, shown))
    for section, (base, shown) in first.items():
        key = f"/{section}"
        if key not in written:
            # Hugo makes it for the sites of the first page in it, where a cascade does not say others.
            sites = tuple(site for site, part in parts.items() if base in part.nodes)
            for site in placement.made_by_hugo("section", key, sites):
                parts[site].nodes.setdefault(key, Node(key, shown, "section"))


def _add_taxonomies(config: HugoConfig, placement: Placement, parts: _Parts) -> None:
    """The page of each taxonomy, in the sites of the languages that have it."""
    for plural in plurals(config):
        key = taxonomy_key(plural)
        sites = tuple(site for site, part in parts.items() if _has_taxonomy(part, plural))
        for site in placement.made_by_hugo("taxonomy", key, sites):
            if _has_taxonomy(parts[site], plural):
                parts[site].nodes.setdefault(key, Node(key, key, "taxonomy", taxonomy=plural))


def _has_taxonomy(part: SitePages, plural: str) -> bool:
    return plural in part.language.taxonomies and not part.language.disabled_kinds.issuperset(
        ("taxonomy", "term")
    )
