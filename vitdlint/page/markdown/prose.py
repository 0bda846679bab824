r"""The text a reader sees, at its true places, with "\0" for everything else."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from ...core.lazy_re import lazy_re
from .body import Tag
from .characters import entity
from .parts import Parts, Span, without

_ENTITY = lazy_re(r"&(?:#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|([A-Za-z][A-Za-z0-9]*;))")
_HIDDEN = bytes(10 if byte == 10 else 0 for byte in range(256))
_CODE_ELEMENTS = frozenset({"code", "pre", "script", "style", "textarea"})


def prose(text: str, source: str, parts: Parts, gaps: list[Span], tags: list[Tag], holes: list[Span]) -> str:
    """`text` with all but the visible text replaced by U+0000; line feeds stay."""
    spans = parts.text
    if gaps:
        spans = sorted([*spans, *gaps])
    holes += _code_elements(tags)
    holes += _entities(source, spans)
    if holes:
        holes.sort()
        spans = list(without(spans, holes))
    hidden = without_text(text)
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces += (hidden[position:start], source[start:end])
        position = end
    pieces.append(hidden[position:])
    return "".join(pieces)


def without_text(text: str) -> str:
    """As many U+0000 as `text` is long, and its line feeds: the prose of a body that is not read."""
    return text.encode("ascii", "replace").translate(_HIDDEN).decode("ascii")


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
        if match is not None and (match[1] is None or entity(match[1])):
            index = bisect_right(spans, (position, len(source))) - 1
            if index >= 0 and spans[index][1] > position and not _escaped(source, spans, index, position):
                yield match.span()
        position = source.find("&", position + 1)


def _escaped(source: str, spans: list[Span], index: int, position: int) -> bool:
    """Whether a backslash that is no text itself comes before: then the span begins with what it escapes."""
    return (
        source[position - 1 : position] == "\\"
        and spans[index][0] == position
        and (index == 0 or spans[index - 1][1] < position)
    )
