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
    uses = {key: list(_uses(part, _first)) for key, part in parts.items()}
    missing: dict[tuple[str, str], list[SiteKey]] = {}
    values: dict[tuple[str, str], str] = {}
    for found in uses.values():
        for term in found:
            key = (term.taxonomy, term.key)
            sites = missing.setdefault(key, [])
            if term.site not in sites and _base(*key) not in parts[term.site].nodes:
                sites.append(term.site)
            values.setdefault(key, term.value)
    rounds = 1 + len(_sections(parts)) if placement.moves else 1
    made = {key: _sites(placement, _base(*key), sites, rounds) for key, sites in missing.items()}
    for part in parts.values():
        for term in uses[part.key]:
            if part.key in made[term.taxonomy, term.key]:
                _add_term(part, term.taxonomy, term.key, term.value)
    for key, where in made.items():
        for site in where:
            _add_term(parts[site], *key, values[key])
    # A cascade may give terms to pages without a file, too; Hugo makes no pages for these, but lists them.
    late = {key for key, part in parts.items() if any(_uses(part, _made_late))}
    return {
        key: list(_of_pages(part, list(_uses(part, _any)) if key in late else uses[key]))
        for key, part in parts.items()
    }


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


def _first(node: Node) -> bool:
    return node.source is not None or node.kind == "taxonomy"


def _made_late(node: Node) -> bool:
    return node.source is None and node.kind != "taxonomy"


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


def _of_pages(part: SitePages, uses: list[Term]) -> Iterator[Term]:
    """Those of terms that have a page that is built."""
    for term in uses:
        node = part.nodes.get(_base(term.taxonomy, term.key))
        if node is None:
            continue
        if not node.term:
            node.term = term.value
            node.taxonomy = term.taxonomy
        if not node.dropped:
            yield term
