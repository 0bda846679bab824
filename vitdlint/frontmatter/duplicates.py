"""Keys that appear twice, with both places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .block import Pointer, Problem
from .lines import sentence
from .places import scan
from .spot import Spot

_FAILS: Final = ", and Hugo cannot build the site"
_THEN: Final = {"json": ", and Hugo silently takes the last one", "yaml": _FAILS, "toml": _FAILS}


def duplicates(kind: str, source: str, start: int, *, page: bool) -> tuple[Problem, ...]:
    """A problem for each key that repeats an earlier one; `start` is where the block starts in the file.

    Hugo compares the keys of a page without case, but in a list of mappings the spelling counts. In other files it
    counts everywhere.
    """
    return tuple(_problems(scan(kind, source), start, _THEN[kind] if page else "", page=page))


def _problems(spots: Iterator[Spot], start: int, then: str, *, page: bool) -> Iterator[Problem]:
    first: dict[Pointer, Spot] = {}
    for spot in sorted((s for s in spots if s.key_start >= 0), key=lambda s: s.key_start):
        name = _name(spot.pointer) if page else spot.pointer
        known = first.setdefault(name, spot)
        if known is spot:
            continue
        old, new = str(known.pointer[-1]), str(spot.pointer[-1])
        advice = "keep one of them"
        if _is_header(known) and _is_header(spot):
            advice = "move its keys below the first one, and remove this line"
        if old != new:
            winner = new if old == old.lower() else old
            message = f'"{old}" and "{new}" are one key to Hugo, which takes "{winner}"'
        else:
            message = f'"{new}" appears twice{then}'
        yield Problem(
            "duplicate-key",
            start + spot.key_start,
            start + spot.key_end,
            sentence(message),
            advice,
            start + known.key_start,
            start + known.key_end,
            spot.pointer,
        )


def _is_header(spot: Spot) -> bool:
    """Whether it is the `[name]` of a table in TOML, and no key with its value."""
    return spot.start <= spot.key_start < spot.end


def _name(pointer: Pointer) -> Pointer:
    """The pointer as Hugo compares it: without case, as long as only mappings lie on the way."""
    if any(isinstance(step, int) for step in pointer):
        return pointer
    return tuple(str(step).lower() for step in pointer)
