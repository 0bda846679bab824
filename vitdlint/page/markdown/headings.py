"""Headings: where their content is, what they say, and which ids Hugo gives them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter, itemgetter

from ...core.lazy_re import lazy_re
from ...hugo.markup import Markup
from . import body
from .anchors import Ids, heading_text, sanitized
from .attributes import Attributes, at_line_end
from .body import Anchor
from .links import unescape
from .parts import Heading, Inline, Innermost, Parts, Span, holding
from .shortcodes import Scan, outermost

_OPENING = lazy_re(r"#{1,6}(?=[ \t\n]|\Z)[ \t]*")
_CLOSING = lazy_re(r"(?:^|[ \t]+)#+\Z")
_START = itemgetter(1)


def in_heading(whole: body.Body, at: int) -> bool:
    """Whether a place is in a heading: one that gets another text gets another id."""
    index = bisect_right(whole.headings, at, key=attrgetter("start")) - 1
    return index >= 0 and at < whole.headings[index].end


def content_span(source: str, heading: Heading, markup: Markup) -> tuple[int, int, Attributes | None]:
    """The span of the content, without `#`, underline and attributes, and those attributes."""
    begin, end = heading.start, heading.end
    line = begin
    opening = _OPENING.match(source, begin, end)
    if opening is not None:
        begin = line = opening.end()
    else:
        underline = source.rfind("\n", begin, end)
        end = end if underline < 0 else underline
        line = source.rfind("\n", begin, end) + 1 or begin
    while end > begin and source[end - 1] in " \t\n\r\f\v":
        end -= 1
    given = at_line_end(source, max(line, begin), end) if markup.attribute_title else None
    if given is not None:
        end = given.start
        while end > begin and source[end - 1] in " \t":
            end -= 1
    if opening is not None and end > begin and source[end - 1] == "#":
        closing = _CLOSING.search(source[begin:end])
        if closing is not None:
            end = begin + closing.start()
    return begin, end, given


def read_headings(
    source: str, parts: Parts, hidden: tuple[Span, ...], markup: Markup, scan: Scan
) -> tuple[list[body.Heading], list[Anchor]]:
    """The headings with their ids, and the anchors of these and of terms."""
    headings: list[body.Heading] = []
    anchors: list[Anchor] = []
    if not parts.headings and not parts.terms:
        return headings, anchors
    all_ids: dict[Span | None, Ids] = {None: Ids(markup.id_type)}
    unsure: set[str] = set()
    inlines = parts.inlines
    blocks = parts.headings
    if markup.auto_definition_term_id and parts.terms:
        blocks = sorted([*blocks, *(Heading(0, *term) for term in parts.terms)], key=_START)
    index = 0
    apart, maybe = Innermost(scan.apart), list(outermost(scan.maybe))
    for block in blocks:
        begin, end, given = (
            content_span(source, block, markup) if block.level else (block.start, block.end, None)
        )
        while index < len(inlines) and inlines[index].start < begin:
            index += 1
        inside = index
        while inside < len(inlines) and inlines[inside].start < end:
            inside += 1
        within = inlines[index:inside]
        index = inside
        identifier = None
        own = apart.at(block.start)
        ids = all_ids.setdefault(own, Ids(markup.id_type)) if own else all_ids[None]
        kind = "heading" if block.level else "term"
        if given is not None and given.id is not None:
            identifier = given.id
            ids.custom(identifier)
        elif markup.auto_heading_id or not block.level:
            content = heading_text(source, begin, end, within, typographer=markup.typographer)
            content = content.rsplit("\n", 1)[-1]
            if content:
                identifier = ids.automatic(content, kind)
                base = sanitized(content, markup.id_type) if scan.maybe else ""
                if holding(maybe, block.start) is not None:
                    unsure.add(base)
                elif base in unsure:
                    kind = "maybe"
                first = _first(hidden, begin, end, within) if hidden else None
                if first is not None:
                    # Hugo puts a placeholder with a counter of its own into it, or the shortcode's unknown output.
                    identifier = None
                    before = [inline for inline in within if inline.end <= first]
                    content = heading_text(source, begin, first, before, typographer=markup.typographer)
                    anchors.append(Anchor(sanitized(content, markup.id_type), block.start, block.end, "open"))
        if block.level:
            plain = _plain(source, parts, begin, end, within)
            headings.append(body.Heading(block.level, identifier, block.start, block.end, begin, end, plain))
        if identifier is not None:
            anchors.append(Anchor(identifier, block.start, block.end, kind))
    return headings, anchors


def _first(spans: Sequence[Span], begin: int, end: int, within: Sequence[Inline]) -> int | None:
    """Where the first of the spans in `begin:end` begins that feeds the id; they are in order and apart."""
    index = bisect_left(spans, (begin, 0))
    if index and spans[index - 1][1] > begin:
        return begin
    targets = sorted((i.inner_end, i.end) for i in within if i.kind in {"link", "image"})
    while index < len(spans) and spans[index][0] < end:
        start, stop = spans[index]
        target = holding(targets, start)
        if target is None or stop > target[1]:
            return start
        index += 1
    return None


def _plain(source: str, parts: Parts, begin: int, end: int, within: list[Inline]) -> str:
    """What a reader reads."""
    if not within and "\\" not in (raw := source[begin:end]) and "&" not in raw and "\n" not in raw:
        return raw
    spans = [
        (inline.inner_start, inline.inner_end)
        for inline in within
        if inline.kind in {"code", "autolink", "bare"}
    ]
    index = bisect_left(parts.text, (begin, 0))
    while index < len(parts.text) and parts.text[index][0] < end:
        span = parts.text[index]
        spans.append((span[0], min(span[1], end)))
        index += 1
    return " ".join("".join(_joined(source, sorted(spans))).split())


def _joined(source: str, spans: list[Span]) -> list[str]:
    pieces: list[str] = []
    position = spans[0][0] if spans else 0
    for start, end in spans:
        begin = max(start, position)
        if begin >= end:
            continue
        if "\n" in source[position:begin]:
            pieces.append(" ")
        pieces.append(unescape(source[begin:end]) if "&" in source[begin:end] else source[begin:end])
        position = end
    return pieces
