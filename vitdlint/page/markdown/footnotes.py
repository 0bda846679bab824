"""Footnotes: which are shown, and their ids. Goldmark numbers them in the order in which it comes to their references."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeVar

from .body import Anchor
from .parts import Definition, Inline, Innermost, Parts, Span

FoundT = TypeVar("FoundT")


def _from_outside(definition: Definition) -> tuple[int, int]:
    return definition.start, -definition.end


def footnote_anchors(source: str, parts: Parts) -> Iterator[Anchor]:
    """`fn:1` for a definition that is referred to, `fnref:1`, `fnref1:1`… for the references to it."""
    definitions: dict[str, Definition] = {}
    for definition in parts.footnotes:
        definitions.setdefault(definition.label, definition)
    numbers: dict[str, int] = {}
    times: Counter[str] = Counter()
    references = [inline for inline in parts.inlines if inline.kind == "footnote"]
    around = _outermost(parts.footnotes)
    for reference in sorted(references, key=lambda inline: _order(inline, parts.footnotes, around)):
        label = source[reference.inner_start : reference.inner_end]
        definition = definitions[label]
        if label not in numbers:
            numbers[label] = len(numbers) + 1
            yield Anchor(f"fn:{numbers[label]}", definition.start, definition.end, "footnote")
        again = times[label] or ""
        times[label] += 1
        yield Anchor(f"fnref{again}:{numbers[label]}", reference.start, reference.end, "footnote")


def unused_footnotes(source: str, parts: Parts) -> frozenset[Span]:
    """The definitions that Hugo leaves out: to whose label nothing refers, or whose label an earlier one has."""
    asked = {source[i.inner_start : i.inner_end] for i in parts.inlines if i.kind == "footnote"}
    unused = set[Span]()
    for label, start, end in sorted(parts.footnotes, key=_from_outside):
        if label in asked:
            asked.remove(label)
        else:
            unused.add((start, end))
    return frozenset(unused)


def shown(
    found: list[FoundT], start: Callable[[FoundT], int], parts: Parts, unused: frozenset[Span]
) -> list[FoundT]:
    """What was found, in order, without what is in a footnote that is left out."""
    innermost = Innermost([(d.start, d.end) for d in sorted(parts.footnotes, key=_from_outside)])
    return [each for each in found if innermost.at(start(each)) not in unused]


def _outermost(definitions: list[Definition]) -> list[tuple[int, int, int]]:
    """Start, end and number of each definition that is not within another one."""
    found: list[tuple[int, int, int]] = []
    for start, end, number in sorted((d.start, d.end, number) for number, d in enumerate(definitions)):
        if not found or start >= found[-1][1]:
            found.append((start, end, number))
    return found


def _order(
    reference: Inline, definitions: list[Definition], around: list[tuple[int, int, int]]
) -> tuple[int, int, int]:
    """All definitions are read where the first of them is."""
    index = bisect_right(around, (reference.start, sys.maxsize, 0)) - 1
    if index >= 0 and reference.start < around[index][1]:
        return definitions[0].start, around[index][2] + 1, reference.start
    return reference.start, 0, 0
