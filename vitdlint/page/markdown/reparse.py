"""Sections that pulldown-cmark may have misread, read by the reference, so that the rest of the page stays fast.

A section begins with a heading like `## This` at the start of a line: there every paragraph, list, quote and table
before it ends, so that what is in one section cannot change another. Only an open fence and raw HTML go on; where the
reference does not see the heading that follows a section, it has to read the whole page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import Any

from ...hugo.markup import Markup
from .parts import Definition, Fence, Heading, Parts, Span

_HEADING = re.compile(r"\n#{1,6}(?=[ \t\n]|\Z)")
_DEFINITIONS = re.compile(r"(\n[ \t]*\n)(?:\[[^\[\]\n^][^\[\]\n]*\]:[^\n]*(?:\n|\Z))+\s*\Z")
"""Definitions of references at the end of a page, after an empty line: nothing that came before goes on in them."""
_FOOTNOTE = re.compile(r"\[\^[^\[\]\n]+\]:")
_NEXT = "# .\n"
"""In the place of the heading after each section."""
_MOST = 0.75
"""The share of a body from which on it is as quick to read all of it."""
_NOWHERE = (0, 0)
_first = itemgetter(0)
_start = attrgetter("start")


def read_sections(
    source: str,
    start: int,
    parts: Parts,
    places: Iterable[int],
    definitions: Callable[[], Mapping[str, Span]],
    markup: Markup,
) -> bool:
    """Let the reference read the sections that hold these places; False if it has to read the whole page.

    `definitions` says where the destination of each reference definition of the page is, by label.
    """
    chosen = _sections(source, start, parts, places)
    if sum(end - begin for begin, end in chosen) > _MOST * (len(source) - start):
        return False
    if any(_defines(source, begin, end, markup) for begin, end in chosen):
        return False  # what is defined here, other sections may use
    from . import reference  # slow to import, and most pages leave no doubt

    text = ""
    begins: list[int] = []
    shifts: list[int] = []
    following: set[int] = set()
    for begin, end in chosen:
        begins.append(len(text))
        shifts.append(begin - len(text))
        text += source[begin:end]
        if end < len(source):
            following.add(len(text))
            text += _NEXT
    beyond = len(text)
    # Destinations are in other sections: their places are beyond this text, where none of its own can be.
    known = {
        label: (first + beyond, last + beyond)
        for label, (first, last) in definitions().items()
        if not (markup.footnote and label.startswith("^"))
    }
    own = reference.find(text, markup, known)
    if not following <= {heading.start for heading in own.headings}:
        return False

    def page(offset: int) -> int:
        return offset + shifts[bisect_right(begins, offset) - 1]

    def span(given: Span) -> Span:
        first, last = given
        if given == _NOWHERE:
            return given
        return (first - beyond, last - beyond) if first >= beyond else (page(first), page(last))

    added = {offset for begin in following for offset in range(begin, begin + len(_NEXT))}

    def merged(
        items: list[Any], found: list[Any], at: Callable[[Any], int], make: Callable[[Any], Any]
    ) -> list[Any]:
        kept = [item for item in items if not _within(at(item), chosen)]
        return sorted([*kept, *(make(item) for item in found if at(item) not in added)], key=at)

    for name in ("text", "indented", "html_blocks", "tables", "rows", "terms"):
        setattr(parts, name, merged(getattr(parts, name), getattr(own, name), _first, span))
    parts.blocks = merged(parts.blocks, own.blocks, int, page)
    parts.headings = merged(
        parts.headings, own.headings, _start, lambda h: Heading(h.level, page(h.start), page(h.end))
    )
    parts.fences = merged(
        parts.fences, own.fences, _start, lambda f: Fence(page(f.start), page(f.end), f.closed)
    )
    for name in ("attributes", "footnotes"):
        setattr(
            parts,
            name,
            merged(
                getattr(parts, name),
                getattr(own, name),
                _start,
                lambda d: Definition(d.label, page(d.start), page(d.end)),
            ),
        )
    parts.inlines = merged(
        parts.inlines,
        own.inlines,
        _start,
        lambda i: i._make((i.kind, *map(page, i[1:5]), span(i.target))),
    )
    return True


def _sections(source: str, start: int, parts: Parts, places: Iterable[int]) -> list[Span]:
    """The sections in which there is one of these places, each with those right after it."""
    begins = (heading.start for heading in parts.headings if heading.start > start)
    bounds = [start, *(begin for begin in begins if _HEADING.match(source, begin - 1))]
    last = _DEFINITIONS.search(source, bounds[-1])
    if last is not None and not any(
        begin < last.end(1) < end for begin, end, *_ in (*parts.fences, *parts.html_blocks)
    ):
        bounds.append(last.end(1))
    bounds.append(len(source))
    sections = list(pairwise(bounds))
    found: list[Span] = []
    for index in sorted({max(bisect_right(bounds, place) - 1, 0) for place in places}):
        begin, end = sections[min(index, len(sections) - 1)]
        if found and found[-1][1] == begin:
            begin, _ = found.pop()
        found.append((begin, end))
    return found


def _defines(source: str, begin: int, end: int, markup: Markup) -> bool:
    """Whether a reference may be defined there."""
    if source.find("]:", begin, end) < 0:
        return False
    footnotes = len(_FOOTNOTE.findall(source, begin, end)) if markup.footnote else 0
    return source.count("]:", begin, end) > footnotes


def _within(offset: int, spans: list[Span]) -> bool:
    index = bisect_right(spans, offset, key=_first) - 1
    return index >= 0 and offset < spans[index][1]
