"""Keys that appear twice, with both places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .block import Pointer, Problem
from .lines import sentence
from .spot import Spot


def duplicates(spots: Iterable[Spot], offset: int, *, fatal: bool = False) -> tuple[Problem, ...]:
    """A problem for each key that repeats an earlier one; `offset` is where the block starts in the page.

    Hugo compares keys without case, but in a list of mappings the spelling counts. `fatal` says that Hugo's build
    fails (YAML, TOML) rather than the last one winning (JSON).
    """
    return tuple(_problems(spots, offset, fatal=fatal))


def _problems(spots: Iterable[Spot], offset: int, *, fatal: bool) -> Iterator[Problem]:
    first: dict[Pointer, Spot] = {}
    for spot in sorted((s for s in spots if s.key_start >= 0), key=lambda s: s.key_start):
        name = _name(spot.pointer)
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
        elif fatal:
            message = f'"{new}" appears twice, and Hugo cannot build the site'
        else:
            message = f'"{new}" appears twice, and Hugo silently takes the last one'
        yield Problem(
            "duplicate-key",
            offset + spot.key_start,
            offset + spot.key_end,
            sentence(message),
            advice,
            offset + known.key_start,
            offset + known.key_end,
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
