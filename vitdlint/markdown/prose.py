"""The text a reader sees, at its true places, with everything else blanked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from vitdlint.markdown.body import Tag
from vitdlint.markdown.parts import Parts, Span

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
_CODE_ELEMENTS = frozenset({"code", "pre", "script", "style", "textarea"})


def prose(
    text: str, source: str, parts: Parts, gaps: list[Span], tags: list[Tag], hidden: tuple[Span, ...]
) -> str:
    """`text` with all but the visible text replaced by U+0000; line feeds stay."""
    spans = parts.text
    if gaps:
        spans = sorted([*spans, *gaps])
    holes = list(hidden)
    holes += [(inline.start, inline.end) for inline in parts.inlines if inline.kind == "bare"]
    holes += _code_elements(tags)
    holes += _entities(source, spans)
    if holes:
        holes.sort()
        spans = list(_without(spans, holes))
    blank = "\n".join(["\0" * len(line) for line in text.split("\n")])
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces.append(blank[position:start])
        pieces.append(source[start:end])
        position = end
    pieces.append(blank[position:])
    return "".join(pieces)


def _without(spans: Iterable[Span], holes: list[Span]) -> Iterator[Span]:
    """The spans less the holes; both sorted."""
    index, count = 0, len(holes)
    reach = 0
    for start, end in spans:
        position = start
        while index < count and holes[index][0] < end:
            reach = max(reach, holes[index][1])
            hole = holes[index][0]
            if hole > position:
                yield position, hole
            position = max(position, min(reach, end))
            if holes[index][1] > end:
                break
            index += 1
        position = max(position, min(reach, end))
        if position < end:
            yield position, end


def _code_elements(tags: list[Tag]) -> Iterator[Span]:
    """From each `<code>`, `<pre>` and the like to its end tag; one that is never closed hides nothing here."""
    opened: dict[str, int] = {}
    for tag in tags:
        if tag.name in _CODE_ELEMENTS:
            if tag.closing:
                if tag.name in opened:
                    yield opened.pop(tag.name), tag.start
            elif not tag.self_closing:
                opened.setdefault(tag.name, tag.end)


def _entities(source: str, spans: list[Span]) -> Iterator[Span]:
    """Entities in the text: what is written is not what a reader sees."""
    position = source.find("&")
    while position >= 0:
        match = _ENTITY.match(source, position)
        if match is not None:
            index = bisect_right(spans, (position, len(source))) - 1
            escaped = source[position - 1 : position] == "\\" and spans[index][0] == position
            if index >= 0 and spans[index][1] > position and not escaped:
                yield match.span()
        position = source.find("&", position + 1)
