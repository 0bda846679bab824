"""A text as an editor counts it: lines from 0, and columns in UTF-8, UTF-16 or UTF-32 code units.

The protocol ends a line at CR, LF or CR LF, and nowhere else. Offsets are ours: code points from 0.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\n|\r")
_UNIT = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
"""Encoding -> bytes in one of its code units."""


class Position(NamedTuple):
    """A place in a text, as the protocol has it."""

    line: int
    character: int


class Replacement(NamedTuple):
    """A stretch of a text, in offsets, and what comes there instead."""

    start: int
    end: int
    text: str


class Text:
    """One text, and both ways between offsets and positions."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self.encoding = encoding
        self._ends = list(_LINE_END.finditer(text))
        self._starts = [0, *(end.end() for end in self._ends)]
        self._plain = text.isascii()

    def position(self, offset: int) -> Position:
        """The position of an offset; one beyond the text is its end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        return Position(line, self._units(self.text[start:offset]) if not self._plain else offset - start)

    def offset(self, position: Position) -> int:
        """The offset of a position; one beyond its line is the end of the line."""
        line, character = position
        if line >= len(self._starts):
            return len(self.text)
        start = self._starts[max(line, 0)]
        end = self._ends[line].start() if 0 <= line < len(self._ends) else len(self.text)
        if self._plain or self.encoding == "utf-32":
            return min(start + max(character, 0), end)
        units = 0
        for at in range(start, end):
            if units >= character:
                return at
            units += self._units(self.text[at])
        return end

    def _units(self, piece: str) -> int:
        # The protocol's UTF-16 and UTF-32 have no byte order mark, so the order is named.
        name = self.encoding if self.encoding == "utf-8" else f"{self.encoding}-le"
        return len(piece.encode(name, "surrogatepass")) // _UNIT[self.encoding]


def without_halves(text: str) -> str:
    """A text that is Unicode: JSON may hold one half of a surrogate pair, which no file can."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def differences(before: str, after: str) -> list[Replacement]:
    """The stretches in which two texts differ, in order and each on lines of its own; empty if they do not."""
    # What begins and ends as before is left out first: the lines between are few.
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    tail = next((i for i in range(shorter - head) if old[-1 - i] != new[-1 - i]), shorter - head)
    middle, becomes = old[head : len(old) - tail], new[head : len(new) - tail]
    starts = list(accumulate(map(len, middle), initial=sum(map(len, old[:head]))))
    found: list[Replacement] = []
    for what, i, j, k, m in SequenceMatcher(None, middle, becomes).get_opcodes():
        if what == "replace" and j - i == m - k:  # line by line
            pairs = zip(starts[i:j], middle[i:j], becomes[k:m], strict=True)
            found += [_narrowed(at, was, now) for at, was, now in pairs if was != now]
        elif what != "equal":
            found.append(_narrowed(starts[i], "".join(middle[i:j]), "".join(becomes[k:m])))
    return found


def _narrowed(at: int, before: str, after: str) -> Replacement:
    """The part of one stretch that differs; `at` is where it begins."""
    shorter = min(len(before), len(after))
    start = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    same = next(
        (i for i in range(shorter - start) if before[-1 - i] != after[-1 - i]),
        shorter - start,
    )
    # A stretch that begins or ends between CR and LF would be another one to an editor.
    while start and before[start - 1 : start] == "\r":
        start -= 1
    while same and before[len(before) - same - 1 : len(before) - same + 1] == "\r\n":
        same -= 1
    return Replacement(at + start, at + len(before) - same, after[start : len(after) - same])
