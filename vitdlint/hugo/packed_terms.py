"""The uses of a site's terms, packed: there are hundreds of thousands, and one is needed where its term is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from .publication import Term, TermKey
from .space import SiteKey

_KEPT = 50_000
"""Uses: an edit asks for those of its page's terms again and again; each takes 150 bytes."""


class _Columns(NamedTuple):
    """A use is three numbers: of its page, its spelling and its place in the front matter."""

    pages: tuple[tuple[str, str], ...]
    """Path and logical path."""
    places: tuple[tuple[str | int, ...], ...]
    groups: Mapping[TermKey, tuple[tuple[str, ...], bytes]]
    """The spellings, and the uses."""


class PackedTerms(Mapping[TermKey, tuple[Term, ...]]):
    """The uses of each term: made when they are asked for. Of stored ones, the first that are asked for are kept."""

    def __init__(self, columns: _Columns, kept: int = 0) -> None:
        """`columns` are those of `packed`, and so many uses are kept."""
        self._columns = columns
        self._made: dict[TermKey, tuple[Term, ...]] = {}
        self._free = kept

    def __reduce__(self) -> tuple[Any, ...]:
        return PackedTerms, (self._columns, _KEPT)

    def __getitem__(self, key: TermKey) -> tuple[Term, ...]:
        if key not in self._made:
            uses = self._unpacked(key)
            if len(uses) > self._free:
                return uses
            self._free -= len(uses)
            self._made[key] = uses
        return self._made[key]

    def _unpacked(self, key: TermKey) -> tuple[Term, ...]:
        pages, places, groups = self._columns
        values, numbers = groups[key]
        site, taxonomy, identity = key
        uses = iter(array("I", numbers))
        return tuple(
            Term(taxonomy, values[value], identity, pages[page][0], places[place], site, pages[page][1])
            for page, value, place in zip(uses, uses, uses, strict=True)
        )

    def spelled_differently(self) -> list[TermKey]:
        """The terms that are written in several ways, without making their uses."""
        return [key for key, (values, _) in self._columns.groups.items() if len(values) > 1]

    def __iter__(self) -> Iterator[TermKey]:
        return iter(self._columns.groups)

    def __len__(self) -> int:
        return len(self._columns.groups)


def spelled_differently(terms: Mapping[TermKey, tuple[Term, ...]]) -> list[TermKey]:
    """The terms that are written in several ways."""
    if isinstance(terms, PackedTerms):
        return terms.spelled_differently()
    return [key for key, uses in terms.items() if len({use.value for use in uses}) > 1]


def packed(terms: Iterable[Term]) -> PackedTerms:
    """All uses, by term."""
    pages: dict[tuple[str, str], int] = {}
    places: dict[tuple[str | int, ...], int] = {}
    groups: dict[tuple[SiteKey, str, str], tuple[dict[str, int], array[int]]] = {}
    page, last = 0, ("", "\0")  # no page has this logical path
    # No call that hundreds of thousands of uses can do without.
    for taxonomy, value, identity, path, pointer, site, logical in terms:
        key = (site, taxonomy, identity)
        group = groups.get(key)
        if group is None:
            group = groups[key] = {}, array("I")
        values, numbers = group
        if path != last[0] or logical != last[1]:
            last = path, logical
            page = pages.setdefault(last, len(pages))
        number = values.get(value)
        if number is None:
            number = values[value] = len(values)
        place = places.get(pointer)
        if place is None:
            place = places[pointer] = len(places)
        numbers.extend((page, number, place))
    closed = {TermKey(*key): (tuple(v), numbers.tobytes()) for key, (v, numbers) in groups.items()}
    return PackedTerms(_Columns(tuple(pages), tuple(places), closed))
