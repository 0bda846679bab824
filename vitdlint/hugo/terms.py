"""The pages of taxonomy terms, and which pages use them (Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from .cast import to_strings_whole
from .names import logical
from .node import Node
from .placement import Placement, taxonomy_key
from .publication import Term
from .settle import SitePages
from .space import SiteKey


def add_terms(placement: Placement, parts: Mapping[SiteKey, SitePages]) -> Mapping[SiteKey, list[Term]]:
    """A page for each term in use, and every use by a page that is built, or that lies in a bundle, even in a draft's."""
    uses = {site: list(_uses(part, _has_file)) for site, part in parts.items()}
    terms = {site: _terms(found) for site, found in uses.items()}
    missing: dict[_Key, list[SiteKey]] = {}
    for site, found in terms.items():
        for key in found:
            sites = missing.setdefault(key, [])
            if _base(*key) not in parts[site].nodes:
                sites.append(site)
    rounds = 1 + len(_sections(parts)) if placement.moves else 1
    made = {key: _sites(placement, _base(*key), sites, rounds) for key, sites in missing.items()}
    for site, found in terms.items():
        for key, value in found.items():
            if site in made[key]:
                _add_term(parts[site], *key, value)
            for other in made[key] if placement.moves else ():
                if key not in terms[other]:
                    _add_term(parts[other], *key, value)
    for site, part in parts.items():
        # A cascade may give terms to pages without a file, too; Hugo makes no pages for these, but lists them.
        if any(_uses(part, _has_none)):
            uses[site] = list(_uses(part, _any))
            terms[site] = _terms(uses[site])
    return {site: _of_pages(part, uses[site], terms[site]) for site, part in parts.items()}


_Key = tuple[str, str]
"""The plural of a taxonomy, and the identity of a term."""


def _terms(uses: list[Term]) -> dict[_Key, str]:
    """Each term, as first written."""
    found: dict[_Key, str] = {}
    for term in uses:
        found.setdefault((term.taxonomy, term.key), term.value)
    return found


def _sections(parts: Mapping[SiteKey, SitePages]) -> set[str]:
    """The sections that have a file."""
    nodes = (node for part in parts.values() for node in part.nodes.values())
    return {node.base for node in nodes if node.kind == "section" and node.source is not None}


def _sites(placement: Placement, base: str, wanted: Iterable[SiteKey], rounds: int) -> tuple[SiteKey, ...]:
    """The sites of the page of a term: where a cascade says others, Hugo tries again for those left out.

    That is an accident: Hugo 0.168 does it once, and once more for each section that has a file.
    """
    found: tuple[SiteKey, ...] = ()
    for _ in range(rounds):
        left = tuple(site for site in wanted if site not in found)
        if not left:
            break
        found += placement.made_by_hugo("term", base, left)
    return found


def _has_file(node: Node) -> bool:
    return node.source is not None or (node.kind == "taxonomy" and bool(node.params))


def _has_none(node: Node) -> bool:
    return node.source is None and node.kind != "taxonomy" and bool(node.params)


def _any(_node: Node) -> bool:
    return True


def _base(plural: str, key: str) -> str:
    return f"{taxonomy_key(plural)}/{key}"


def _add_term(part: SitePages, plural: str, key: str, value: str) -> None:
    base = _base(plural, key)
    if base not in part.nodes and plural in part.language.taxonomies:
        node = part.nodes[base] = Node(base, f"/{plural}/{value}", "term")
        part.settle(node)
        node.taxonomy, node.term = plural, value


def _uses(part: SitePages, of: Callable[[Node], bool]) -> Iterator[Term]:
    if "term" in part.language.disabled_kinds:
        return
    plurals = [(plural, plural.lower()) for plural in part.language.taxonomies]
    identities: dict[str, str] = {}
    for node in (*map(part.nodes.__getitem__, sorted(part.nodes)), *part.bundled):
        if not node.links or node.dropped or not of(node):
            continue
        params = node.params
        for plural, name in plurals:
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
                if value:
                    key = identities.get(value)
                    if key is None:
                        key = identities[value] = logical(value)
                    yield Term(plural, value, key, path, place, part.key, node.base)


@lru_cache(maxsize=1024)
def items(name: str, count: int) -> tuple[tuple[str | int, ...], ...]:
    """The pointers of a list's items, shared by all pages."""
    return tuple((name, i) for i in range(count))


def _of_pages(part: SitePages, uses: list[Term], terms: Mapping[_Key, str]) -> list[Term]:
    """Those of terms that have a page that is built."""
    gone: set[_Key] = set()
    for key, value in terms.items():
        node = part.nodes.get(_base(*key))
        if node is not None and not node.term:
            node.taxonomy, node.term = key[0], value
        if node is None or node.dropped:
            gone.add(key)
    return [term for term in uses if (term.taxonomy, term.key) not in gone] if gone else uses
