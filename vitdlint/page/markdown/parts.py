"""What a Markdown parser has to say about a body: the one form that the fast and the reference parser both produce.

From it `build.py` makes the `Body`, so that everything beyond finding the pieces is written once. All offsets are
absolute code-point offsets in the page's text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

_START = itemgetter(0)

Span = tuple[int, int]


class TooManyPiecesError(Exception):
    """A body consists of so much that reading it would take gigabytes or minutes."""


class Inline(NamedTuple):
    """A construct within a paragraph, heading or cell that is not plain text."""

    kind: str
    """emphasis, strong, strike, link, image, autolink, bare, code, html, footnote, task or passthrough."""
    start: int
    end: int
    inner_start: int
    """Where its content is: between the delimiters, or the link's text."""
    inner_end: int
    target: Span = (0, 0)
    """Where the destination of a link or image is, without `<>`; for a reference, in its definition."""


class Heading(NamedTuple):
    """A heading as a block; its inline content is found by its place."""

    level: int
    start: int
    end: int


class Definition(NamedTuple):
    """What gives something a name: the definition of a footnote with all that belongs to it, or attributes."""

    label: str
    start: int
    end: int


class Fence(NamedTuple):
    """A fenced code block."""

    start: int
    end: int
    closed: bool
    """False if it runs to the end of its container."""


@dataclass(slots=True)
class Parts:
    """The pieces of one body, each list in document order."""

    text: list[Span] = field(default_factory=list)
    """Plain text within one line: no delimiters, no code, no tags; entities and backslashes are still in it."""
    blocks: list[int] = field(default_factory=list)
    """Where paragraphs, headings, cells and the like begin: brackets and quotes are counted from there."""
    inlines: list[Inline] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    indented: list[Span] = field(default_factory=list)
    html_blocks: list[Span] = field(default_factory=list)
    tables: list[Span] = field(default_factory=list)
    rows: list[Span] = field(default_factory=list)
    """The rows of all tables, without delimiter rows."""
    footnotes: list[Definition] = field(default_factory=list)
    attributes: list[Definition] = field(default_factory=list)
    """The ids that `{#id}` below a block gives it; the label is the id."""
    terms: list[Span] = field(default_factory=list)
    """The lines that a definition list explains."""


class Innermost:
    """Spans within spans, outer ones first, asked for one place after another: the innermost that holds it."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._coming = list(reversed(spans))
        self._around: list[Span] = []

    def at(self, offset: int) -> Span | None:
        """The span that holds a place, which is not before any asked for earlier."""
        while self._coming and self._coming[-1][0] <= offset:
            self._around.append(self._coming.pop())
        while self._around and self._around[-1][1] <= offset:
            self._around.pop()
        return self._around[-1] if self._around else None


def holding(spans: Sequence[Any], at: int) -> Any:
    """The one of sorted spans, of which none is within another, that holds a place, or None.

    A span begins with its start and its end.
    """
    index = bisect_right(spans, at, key=_START) - 1
    return spans[index] if index >= 0 and at < spans[index][1] else None


def without(spans: Iterable[Span], holes: list[Span]) -> Iterator[Span]:
    """The spans less the holes; both sorted."""
    index, count = 0, len(holes)
    reach = 0  # where the holes begun so far end
    for span in spans:
        start, end = span
        if reach <= start and (index == count or holes[index][0] >= end):
            yield span
            continue
        position = start
        while index < count and holes[index][0] < end:
            hole, hole_end = holes[index]
            position = max(position, min(reach, end))
            if hole > position:
                yield position, hole
            reach = max(reach, hole_end)
            index += 1
        position = max(position, min(reach, end))
        if position < end:
            yield position, end
