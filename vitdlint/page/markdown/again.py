"""Blocks that pulldown-cmark may have misread, read again by the reference, so that the rest of the page stays fast."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right

from ...hugo.markup import Markup
from .blocks import read_block
from .headings import content_span
from .parts import Parts, Span, without


def read_again(source: str, parts: Parts, doubtful: set[int], markup: Markup) -> bool:
    """Let the reference read these blocks; False if one is more than a plain paragraph or heading."""
    if "]:" in source:
        return False
    headings = {heading.start: heading for heading in parts.headings}
    again = Parts()
    spans: list[Span] = []
    for start in sorted(doubtful):
        if start in headings:
            heading = headings[start]
            begin, end, _ = content_span(source, heading, markup)
            spans.append((start, heading.end))
        elif start in parts.paragraphs:
            begin, end = start, parts.paragraphs[start]
            while source[end - 1] in "\n \t":
                end -= 1
            spans.append((begin, end))
        elif (line := _only_line(source, parts, start)) is not None:
            begin, end = line
            spans.append(line)
        else:
            return False
        if source[start - 1 : start] not in {"\n", ""} and source.find("\n", begin, end) >= 0:
            return False  # the marks of quotes stand between its lines
        read_block(source, _lines(source, begin, end), {}, (), markup, again)
    parts.text = sorted([*without(parts.text, spans), *again.text])
    kept = [inline for inline in parts.inlines if not _within(inline.start, spans)]
    parts.inlines = sorted([*kept, *again.inlines], key=lambda inline: (inline.start, -inline.end))
    return True


def _only_line(source: str, parts: Parts, start: int) -> Span | None:
    """The content of the list item that begins at `start`, if it is a single line of text."""
    index = bisect_right(parts.blocks, start)
    following = parts.blocks[index] if index < len(parts.blocks) else len(source)
    if _within(start, parts.tables):
        return None
    first = bisect_left(parts.text, (start, 0))
    if first == len(parts.text):
        return None
    inline = bisect_left(parts.inlines, start, key=lambda inline: inline.start)
    begin = min([parts.text[first][0], *(inline.start for inline in parts.inlines[inline : inline + 1])])
    end = source.find("\n", begin)
    end = len(source) if end < 0 else end
    last = bisect_left(parts.text, (following, 0)) - 1
    marked = parts.inlines[inline : inline + 1]
    if parts.text[last][1] > end or (marked and marked[0].kind == "task"):
        return None
    while source[end - 1] in " \t":
        end -= 1
    return begin, end


def _within(offset: int, spans: list[Span]) -> bool:
    index = bisect_right(spans, (offset, sys.maxsize)) - 1
    return index >= 0 and offset < spans[index][1]


def _lines(source: str, start: int, end: int) -> list[Span]:
    """The lines of `start:end`, without indentation."""
    lines: list[Span] = []
    while start <= end:
        stop = source.find("\n", start, end)
        stop = end if stop < 0 else stop
        while start < stop and source[start] in " \t":
            start += 1
        lines.append((start, stop))
        start = stop + 1
    return lines
