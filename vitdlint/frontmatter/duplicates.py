"""Keys that appear twice, with both places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from .block import Place, Pointer, Problem
from .lines import sentence
from .places import scan

_FAILS: Final = ", and Hugo cannot build the site"
_THEN: Final = {"json": ", and Hugo uses the last one without a warning", "yaml": _FAILS, "toml": _FAILS}


def duplicates(kind: str, source: str, start: int, *, page: bool) -> tuple[Problem, ...]:
    """A problem for each key that repeats an earlier one; `start` is where the block starts in the file.

    Hugo compares the keys of a page without case, but in a list of mappings the spelling counts. In other files it
    counts everywhere.
    """
    return tuple(_problems(scan(kind, source), start, _THEN[kind] if page else "", page=page))


def _problems(
    found: Iterable[tuple[Pointer, Place]], start: int, then: str, *, page: bool
) -> Iterator[Problem]:
    first: dict[Pointer, tuple[str, Place]] = {}
    keys = ((pointer, place) for pointer, place in found if place.key_start >= 0)
    for pointer, place in sorted(keys, key=lambda key: key[1].key_start):
        new = str(pointer[-1])
        old, known = first.setdefault(_name(pointer) if page else pointer, (new, place))
        if known is place:
            continue
        advice = "keep one of them"
        if _is_header(known) and _is_header(place):
            advice = "move its keys below the first one, and remove this line"
        if old != new:
            winner = new if old == old.lower() else old
            message = f'"{old}" and "{new}" are the same key for Hugo, which uses "{winner}"'
        else:
            message = f'"{new}" appears twice{then}'
        yield Problem(
            "duplicate-key",
            start + place.key_start,
            start + place.key_end,
            sentence(message),
            advice,
            start + known.key_start,
            start + known.key_end,
            pointer,
        )


def _is_header(place: Place) -> bool:
    """Whether it is the `[name]` of a table in TOML, and no key with its value."""
    return place.start <= place.key_start < place.end


def _name(pointer: Pointer) -> Pointer:
    """The pointer as Hugo compares it: without case, as long as only mappings lie on the way."""
    if any(isinstance(step, int) for step in pointer):
        return pointer
    return tuple(str(step).lower() for step in pointer)
