"""Bare links in text that has been parsed without them, and where that parsing is wrong because of them."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right

from ...core.lazy_re import lazy_re
from . import linkify
from .characters import escaped
from .parts import Inline, Parts, without
from .typographer import Marks, skipped

_BEYOND = sys.maxsize
_BRACKET = lazy_re(r"[\[\]]")


def add_bare_links(source: str, start: int, parts: Parts, *, typographer: bool) -> list[int]:
    """Add the bare links of the body to `parts`; the result is where the reference must read it again.

    goldmark reads a bare link when it comes to it, so that delimiters within it mean nothing. Where one swallows what
    was taken for markup, the parsing was wrong.
    """
    text = parts.text
    finder = _Finder(source, parts, typographer=typographer)
    doubtful: list[int] = []
    for at, stop in linkify.candidates(source, finder.is_text, start):
        if not finder.is_text(at):
            continue
        finder.enter(at)
        if not finder.looks(at) or finder.in_label(at):
            continue
        index = bisect_right(text, (at, _BEYOND)) - 1
        while text[index][1] < stop and index + 1 < len(text) and text[index + 1][0] == text[index][1]:
            index += 1
        if text[index][1] < stop:
            doubtful.append(at)
        else:
            finder.add(at, stop)
    if finder.found:
        parts.inlines += finder.found
        parts.inlines.sort(key=lambda inline: inline.start)
        parts.text = list(without(text, [(inline.start, inline.end) for inline in finder.found]))
    return doubtful


class _Finder:
    """Goes through the text once, from left to right, and keeps what of each block is behind it."""

    def __init__(self, source: str, parts: Parts, *, typographer: bool) -> None:
        self.source = source
        self.parts = parts
        self.typographer = typographer
        self.found: list[Inline] = []
        self._done = 0
        self._starts = [start for start, _ in parts.text]
        """Offsets alone are found twice as fast as pairs of them."""
        self._block = -1
        self._marks: Marks | None = None
        self._opened = 0
        """How many `[` of the block are open."""
        self._piece = 0
        """The text piece up to which, and the offset to which they have been counted."""
        self._counted = 0
        self._inline = 0
        self._label_end = 0
        """Where the farthest link text begun so far ends."""

    def is_text(self, at: int) -> bool:
        """Whether there is text here, not yet taken by a bare link."""
        index = bisect_right(self._starts, at) - 1
        return at >= self._done and index >= 0 and self.parts.text[index][1] > at

    def enter(self, at: int) -> None:
        """Note to which block the place belongs."""
        blocks = self.parts.blocks
        index = bisect_right(blocks, at) - 1
        block = blocks[index] if index >= 0 else 0
        if block != self._block:
            self._block = block
            self._marks = None
            self._opened = 0
            self._counted = block
            self._piece = bisect_right(self.parts.text, (block, -1))

    def add(self, at: int, stop: int) -> None:
        """There is a bare link."""
        self.found.append(Inline("bare", at, stop, at, stop, (at, stop)))
        self._done = stop
        self._counted = max(self._counted, stop)

    def looks(self, at: int) -> bool:
        """Whether goldmark looks for a bare link here: the reference, `inline.py`, says where it does."""
        source = self.source
        before = source[at - 1 : at]
        if before in {" ", "\n", ""}:
            return True
        if before in "(~*_`":
            # Within code a backslash escapes nothing, and its closing backtick is no text.
            return not escaped(source, at - 1) or not self._text_before(at)
        if before != "\\" and not self._text_before(at):
            return True  # right after a construct
        if not self.typographer or before not in "'\"-.<>":
            return False
        if self._marks is None:
            inlines = self.parts.inlines
            first = bisect_left(inlines, self._block, key=lambda inline: inline.start)
            last = bisect_left(inlines, at, key=lambda inline: inline.start)
            self._marks = Marks(source, self._block, skipped(inlines[first:last]))
        self._marks.advance(at)
        return at in self._marks.ends

    def in_label(self, at: int) -> bool:
        """Whether a `[` before it in the same block is still open: goldmark makes no bare links then."""
        inlines = self.parts.inlines
        while self._inline < len(inlines) and inlines[self._inline].start < at:
            inline = inlines[self._inline]
            if inline.kind in {"link", "image"}:
                self._label_end = max(self._label_end, inline.inner_end)
            self._inline += 1
        if at < self._label_end:
            return True
        text = self.parts.text
        while self._piece < len(text) and text[self._piece][0] < at:
            start, end = text[self._piece]
            for bracket in _BRACKET.finditer(self.source, max(self._counted, start), min(end, at)):
                if not (bracket.start() == start and self._escaped(self._piece)):
                    self._opened = self._opened + 1 if bracket[0] == "[" else max(self._opened - 1, 0)
            self._counted = max(self._counted, min(end, at))
            if end > at:
                break
            self._piece += 1
        return self._opened > 0

    def _text_before(self, at: int) -> bool:
        """Whether the character before belongs to the same text."""
        text = self.parts.text
        index = bisect_right(text, (at, _BEYOND)) - 1
        return text[index][0] < at or (index > 0 and text[index - 1][1] == at)

    def _escaped(self, piece: int) -> bool:
        """Whether the text piece begins with a character that a backslash escapes."""
        start = self.parts.text[piece][0]
        return self.source[start - 1 : start] == "\\" and (
            piece == 0 or self.parts.text[piece - 1][1] < start
        )
