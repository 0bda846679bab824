"""Runs of `*`, `_` and `~`: which of them open and close emphasis, by the rules of CommonMark 0.31, section 6.2."""

from __future__ import annotations

from dataclasses import dataclass

from .characters import flanking, is_punctuation
from .parts import Inline


@dataclass(slots=True)
class Run:
    """A run of one delimiter character, of which a part may have been used."""

    character: str
    start: int
    length: int
    original: int
    opens: bool
    closes: bool


def run_at(content: str, start: int, end: int) -> Run:
    """The run that is `start:end`."""
    before = content[start - 1] if start else "\n"
    after = content[end] if end < len(content) else "\n"
    opens, closes = left, right = flanking(before, after)
    if content[start] == "_":
        opens = left and (not right or is_punctuation(before))
        closes = right and (not left or is_punctuation(after))
    return Run(content[start], start, end - start, end - start, opens, closes)


def matched(runs: list[Run]) -> list[Inline]:
    """The emphasis, strong emphasis and strikes that the runs of one stretch of text make."""
    found: list[Inline] = []
    openers: list[Run] = []
    floor: dict[
        tuple[str, bool, int], int
    ] = {}  # below these openers a closer of that kind has looked in vain
    for closer in runs:
        while closer.closes and closer.length:
            kind = (closer.character, closer.opens, closer.original % 3)
            lowest = floor.get(kind, 0)
            index = len(openers) - 1
            while index >= lowest and not _fit(openers[index], closer):
                index -= 1
            if index < lowest:
                floor[kind] = len(openers)
                break
            del openers[index + 1 :]
            for other, value in floor.items():
                floor[other] = min(value, index + 1)
            found.append(_use(openers[index], closer))
            if not openers[index].length:
                openers.pop()
        if closer.length and closer.opens:
            openers.append(closer)
    return found


def _use(opener: Run, closer: Run) -> Inline:
    width = 2 if opener.length >= 2 and closer.length >= 2 else 1
    opener.length -= width
    closer.length -= width
    start, inner_end = opener.start + opener.length, closer.start
    closer.start += width
    kind = "strike" if opener.character == "~" else "strong" if width == 2 else "emphasis"
    return Inline(kind, start, inner_end + width, start + width, inner_end)


def _fit(opener: Run, closer: Run) -> bool:
    """The rule of three: a run that both opens and closes may not make a length that is divisible by three."""
    if opener.character != closer.character:
        return False
    if not (opener.closes or closer.opens):
        return True
    return (opener.original + closer.original) % 3 != 0 or closer.original % 3 == 0
