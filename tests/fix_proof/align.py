"""Which link of a page before belongs to which after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from .content import Link
from .served import Destination


class Led(NamedTuple):
    """A link, and where it leads."""

    link: Link
    to: Destination
    letters: str
    """Of its address: most fixes change only what is around them."""

    @property
    def place(self) -> tuple[str, str, str]:
        """The file or host, whatever is named of it."""
        return self.link.kind, self.to.kind, self.to.where

    def __str__(self) -> str:
        return f"{self.link.kind} {self.link.href!r} -> {self.to}"


def led(link: Link, to: Destination) -> Led:
    return Led(link, to, re.sub(r"\W", "", unquote(link.href)))


def aligned(old: Sequence[Led], new: Sequence[Led]) -> Iterator[tuple[Sequence[Led], Sequence[Led]]]:
    """Pairs in the order of both, as alike as can be; what belongs to nothing, with what is there instead."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    old, new = old[first : len(old) - last], new[first : len(new) - last]
    best = _table(old, new)
    i = j = 0
    gone: list[Led] = []
    come: list[Led] = []
    while i < len(old) or j < len(new):
        paired = i < len(old) and j < len(new) and (likeness := _likeness(old[i], new[j])) > 0
        if paired and best[i][j] == best[i + 1][j + 1] + likeness:
            yield from [(gone, come)] if gone or come else []
            yield [old[i]], [new[j]]
            gone, come = [], []
            i, j = i + 1, j + 1
        elif j == len(new) or (i < len(old) and best[i][j] == best[i + 1][j]):
            gone.append(old[i])
            i += 1
        else:
            come.append(new[j])
            j += 1
    yield from [(gone, come)] if gone or come else []


def _table(old: Sequence[Led], new: Sequence[Led]) -> list[list[float]]:
    """How alike the rests of both can be made, from each place on."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            likeness = _likeness(old[i], new[j])
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + likeness if likeness else 0)
    return best


def _likeness(one: Led, other: Led) -> float:
    """0 for links to different places; more, the more of their addresses is the same."""
    if one.place != other.place:
        return 0
    if one == other:
        return 4
    longest = max(len(one.letters), len(other.letters), 1)
    pairs = zip(one.letters, other.letters, strict=False)
    same = (
        next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one.letters), len(other.letters)))
        / longest
    )
    if one.to.fragment and one.to.fragment != other.to.fragment:
        return same if same > 0.3 else 0
    return 2 + same
