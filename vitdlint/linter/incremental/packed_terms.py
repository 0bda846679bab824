"""The uses of a site's terms as they are stored: read in some milliseconds, and put together for the terms asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...hugo.publication import Term, TermKey


class PackedTerms(NamedTuple):
    """Columns. A use is three numbers: of its page, its spelling and its place in the front matter."""

    pages: tuple[tuple[str, str], ...]
    """Path and logical path."""
    places: tuple[tuple[str | int, ...], ...]
    groups: Mapping[TermKey, tuple[tuple[str, ...], bytes]]
    """The spellings, and the uses."""


def packed(terms: Mapping[TermKey, tuple[Term, ...]]) -> PackedTerms:
    """The uses of all terms."""
    pages: dict[tuple[str, str], int] = {}
    places: dict[tuple[str | int, ...], int] = {}
    groups: dict[TermKey, tuple[tuple[str, ...], bytes]] = {}
    for key, uses in terms.items():
        values: dict[str, int] = {}
        numbers: list[int] = []
        for use in uses:  # hundreds of thousands: no call for each of them
            numbers += (
                pages.setdefault((use.path, use.logical), len(pages)),
                values.setdefault(use.value, len(values)),
                places.setdefault(use.pointer, len(places)),
            )
        groups[key] = (tuple(values), array("I", numbers).tobytes())
    return PackedTerms(tuple(pages), tuple(places), groups)


class Terms(Mapping[TermKey, tuple[Term, ...]]):
    """The uses of each term: packed ones, but for some that have changed."""

    def __init__(self, packed: PackedTerms, changed: Mapping[TermKey, tuple[Term, ...]]) -> None:
        self._packed = packed
        self._known = dict(changed)

    def __getitem__(self, key: TermKey) -> tuple[Term, ...]:
        if key not in self._known:
            pages, places = self._packed.pages, self._packed.places
            values, numbers = self._packed.groups[key]
            site, taxonomy, identity = key
            uses = iter(array("I", numbers))
            self._known[key] = tuple(
                Term(taxonomy, values[value], identity, pages[page][0], places[place], site, pages[page][1])
                for page, value, place in zip(uses, uses, uses, strict=True)
            )
        if not self._known[key]:
            raise KeyError(key)
        return self._known[key]

    def __iter__(self) -> Iterator[TermKey]:
        gone = {key for key, uses in self._known.items() if not uses}
        yield from (key for key in self._packed.groups if key not in gone)
        yield from (key for key in self._known if key not in self._packed.groups and key not in gone)

    def __len__(self) -> int:
        return sum(1 for _ in self)
