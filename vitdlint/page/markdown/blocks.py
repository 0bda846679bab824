"""The inline content of one block, read line by line as it is in the page: within quotes and lists, too."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Mapping

from ...hugo.markup import Markup
from .inline import Found, read
from .parts import Inline, Parts, Span


def read_block(
    source: str,
    lines: list[Span],
    references: Mapping[str, Span],
    footnotes: Container[str],
    markup: Markup,
    parts: Parts,
) -> None:
    """Read the inline content that the lines make up, and add what is found to `parts`."""
    if not lines:
        return
    first, last = lines[-1]
    while last > first and source[last - 1] in " \t\f\v":
        last -= 1
    lines = [*lines[:-1], (first, last)]
    content = "\n".join(source[start:end] for start, end in lines)
    page = _Places(lines).page
    found = read(content, page, references, footnotes, markup)
    for item in found.inlines:
        start, end, inner_start, inner_end = map(page, item[1:5])
        parts.inlines.append(Inline(item.kind, start, end, inner_start, inner_end, item.target))
    parts.text += [(page(start), page(end - 1) + 1) for start, end in _visible(content, found)]


def _visible(content: str, found: Found) -> list[Span]:
    """The spans of the content that are text."""
    spans: list[Span] = []
    position = 0
    for start, end in found.hidden:
        if start > position:
            spans.append((position, start))
        position = max(position, end)
    if position < len(content):
        spans.append((position, len(content)))
    return spans


class _Places:
    """Where the lines of a block are in the page: content offsets to page offsets."""

    def __init__(self, lines: list[Span]) -> None:
        self._starts: list[int] = []
        self._pages: list[int] = []
        offset = 0
        for start, end in lines:
            self._starts.append(offset)
            self._pages.append(start)
            offset += end - start + 1

    def page(self, offset: int) -> int:
        """The offset in the page."""
        index = bisect_right(self._starts, offset) - 1
        return self._pages[index] + offset - self._starts[index]
