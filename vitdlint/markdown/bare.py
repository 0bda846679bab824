"""Bare links in text that has been parsed without them, and whether that parsing stands in their presence."""

from __future__ import annotations

import sys
from bisect import bisect_right

from vitdlint.markdown import linkify
from vitdlint.markdown.inline import escaped
from vitdlint.markdown.parts import Inline, Parts, without
from vitdlint.markdown.typographer import marks

_BEYOND = sys.maxsize


def add_bare_links(source: str, start: int, parts: Parts, *, typographer: bool) -> set[int]:
    """Add the bare links of the body to `parts`; the result is the blocks where one swallows what was taken for markup.

    goldmark reads a bare link when it comes to it, so that delimiters within it mean nothing.
    """
    doubtful: set[int] = set()
    text = parts.text
    found: list[Inline] = []
    done = start

    def is_text(at: int) -> bool:
        index = bisect_right(text, (at, _BEYOND)) - 1
        return at >= done and index >= 0 and text[index][1] > at

    for at, stop in linkify.candidates(source, is_text, start):
        if not is_text(at):
            continue
        index = bisect_right(text, (at, _BEYOND)) - 1
        block = parts.blocks[bisect_right(parts.blocks, at) - 1]
        if not _looks(source, at, block, parts, typographer=typographer):
            continue
        if _in_label(source, block, at, parts, found):
            continue
        while text[index][1] < stop and index + 1 < len(text) and text[index + 1][0] == text[index][1]:
            index += 1
        if text[index][1] < stop:
            doubtful.add(block)
            continue
        found.append(Inline("bare", at, stop, at, stop, (at, stop)))
        done = stop
    if found:
        parts.inlines += found
        parts.inlines.sort(key=lambda inline: inline.start)
        parts.text = list(without(text, [(inline.start, inline.end) for inline in found]))
    return doubtful


def _looks(source: str, at: int, block: int, parts: Parts, *, typographer: bool) -> bool:
    """Whether goldmark looks for a bare link here: the reference, `inline.py`, says where it does."""
    before = source[at - 1 : at]
    if before in {" ", "\n", ""}:
        return True
    if before in "(~*_`":
        return not escaped(source, at - 1)
    index = bisect_right(parts.text, (at, _BEYOND)) - 1
    piece = parts.text[index][0]
    if piece == at and before != "\\" and (index == 0 or parts.text[index - 1][1] < at):
        return True  # right after a construct
    if not typographer or before not in "'\"-.<>":
        return False
    within = [inline for inline in parts.inlines if block <= inline.start < at]
    return any(mark + length == at for mark, length in marks(source, block, at, within).items())


def _in_label(source: str, block: int, at: int, parts: Parts, found: list[Inline]) -> bool:
    """Whether a `[` before it in the same block is still open: goldmark makes no bare links then."""
    if source.find("[", block, at) < 0:
        return False
    for inline in parts.inlines:
        if inline.start >= at:
            break
        if inline.kind in {"link", "image"} and inline.inner_start <= at < inline.inner_end:
            return True
    opened = position = 0
    bare = {inline.start: inline.end for inline in found}
    text = parts.text
    for index in range(bisect_right(text, (block, -1)), len(text)):
        start, end = text[index]
        if start >= at:
            break
        position = max(position, start)
        while position < min(end, at):
            if position in bare:
                position = bare[position]
                continue
            character = source[position]
            if character in "[]" and not (position == start and _escape_before(source, parts, index)):
                opened = opened + 1 if character == "[" else max(opened - 1, 0)
            position += 1
    return opened > 0


def _escape_before(source: str, parts: Parts, index: int) -> bool:
    """Whether the text piece begins with a character that a backslash escapes."""
    start = parts.text[index][0]
    return source[start - 1 : start] == "\\" and (index == 0 or parts.text[index - 1][1] < start)
