"""The ids that Hugo 0.168 gives to headings, for each `autoIDType`."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html.entities import html5

from ...core.lazy_re import lazy_re
from .parts import Inline
from .typographer import marks as find_marks

_NAMED = lazy_re(r"&([A-Za-z][A-Za-z0-9]*;)")
_MARK = "\u2019"
"""What the typographer puts in: whichever it is, it is punctuation and never part of an id."""
_DASHES = re.compile(r"\\.|---?")
_DROPPED_GITHUB = re.compile(r"[\x00-\x1f!-,./:-@\[-^`{-\x7f]+")


class Ids:
    """The ids of one page so far: each new automatic one is the first that is free."""

    def __init__(self, id_type: str) -> None:
        self._id_type = id_type
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def custom(self, identifier: str) -> None:
        """Take note of an id that the page itself gives; it is published as it stands."""
        self._taken.add(identifier)

    def automatic(self, text: str, fallback: str = "heading") -> str:
        """The id for a heading (or term) with this text."""
        base = sanitized(text, self._id_type) or fallback
        identifier = base
        if identifier in self._taken:
            number = self._next.get(base, 1)
            while (identifier := f"{base}-{number}") in self._taken:
                number += 1
            self._next[base] = number + 1
        self._taken.add(identifier)
        return identifier


def sanitized(text: str, id_type: str) -> str:
    """The text as an id, not yet made unique."""
    if id_type == "blackfriday":
        return _blackfriday(text)
    if id_type == "github-ascii":
        decomposed = unicodedata.normalize("NFD", text)
        text = unicodedata.normalize("NFC", "".join(c for c in decomposed if unicodedata.category(c) != "Mn"))
        text = text.strip()
        text = "".join(c for c in text if c < "\x80")
    else:
        text = text.strip()
    if text.isascii():
        return _DROPPED_GITHUB.sub("", text).replace(" ", "-").lower()
    kept = [c if c < "\x80" else _lower(c) if _counts(c) else "" for c in text]
    return _DROPPED_GITHUB.sub("", "".join(kept)).replace(" ", "-").lower()


def _counts(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "L" or category == "Nd"


def _lower(character: str) -> str:
    """One rune's lower case as Go has it, which never is two runes."""
    lowered = character.lower()
    return lowered if len(lowered) == 1 else lowered[0]


def _blackfriday(text: str) -> str:
    pieces: list[str] = []
    dash = False
    for character in text:
        if unicodedata.category(character)[0] in "LN":
            if dash and pieces:
                pieces.append("-")
            dash = False
            pieces.append(_lower(character))
        else:
            dash = True
    return "".join(pieces)


def heading_text(source: str, start: int, end: int, inlines: Sequence[Inline], *, typographer: bool) -> str:
    """What of the inline content `start:end` feeds the id; `inlines` are the constructs in it, outermost first.

    Hugo 0.168 walks the heading's children, but takes only the first child of each child (`render.TextPlain`), and
    goldmark cuts text into several children at delimiters that turn out to mean nothing and at typographic marks.
    """
    if not inlines:
        plain = source[start:end]
        if typographer and "--" in plain:
            plain = _DASHES.sub(lambda match: match[0] if match[0][0] == "\\" else _MARK, plain)
        return _NAMED.sub(lambda match: html5.get(match[1], match[0]), plain) if "&" in plain else plain
    pieces = list(_children(source, start, end, inlines, typographer=typographer))
    return _NAMED.sub(lambda match: html5.get(match[1], match[0]), "".join(pieces))


def _children(
    source: str, start: int, end: int, inlines: Sequence[Inline], *, typographer: bool
) -> Iterator[str]:
    marks = find_marks(source, start, end, inlines) if typographer else {}
    position = start
    for inline in inlines:
        if inline.start < position:
            continue
        yield _replaced(source, position, inline.start, marks)
        yield _first(source, inline, inlines, marks)
        position = inline.end
    yield _replaced(source, position, end, marks)


def _replaced(source: str, start: int, end: int, marks: dict[int, int]) -> str:
    """The source text with what the typographer replaces replaced."""
    if not marks:
        return source[start:end]
    pieces: list[str] = []
    position = start
    known = list(marks)
    for index in range(bisect_left(known, start), bisect_left(known, end)):
        mark = known[index]
        pieces += (source[position:mark], _MARK)
        position = mark + marks[mark]
    pieces.append(source[position:end])
    return "".join(pieces)


def _first(source: str, inline: Inline, inlines: Sequence[Inline], marks: dict[int, int]) -> str:
    """What the first child of the construct says, and its first child in turn."""
    while True:
        if inline.kind == "code":
            return _code(source[inline.inner_start : inline.inner_end])
        if inline.kind not in {"emphasis", "strong", "strike", "link", "image"}:
            return ""
        start, end = inline.inner_start, inline.inner_end
        index = bisect_left(inlines, start, key=lambda inner: inner.start)
        while index < len(inlines) and inlines[index] is inline:
            index += 1
        inner = inlines[index] if index < len(inlines) and inlines[index].start < end else None
        if inner is None or inner.start > start:
            return _fragment(source, start, end if inner is None else inner.start, marks)
        inline = inner


def _code(content: str) -> str:
    """The first line of a code span, less the one space that goldmark strips at both ends."""
    if content.strip(" \n") and content[0] in " \n" and content[-1] in " \n":
        content = content[1:-1]
    return content.split("\n", 1)[0]


def _fragment(source: str, start: int, end: int, marks: dict[int, int]) -> str:
    """Text up to the first place where goldmark begins another child."""
    position = start
    if position in marks:
        return _MARK
    while position < end and position not in marks:
        character = source[position]
        if character == "\\":
            position += 2
        elif character in "*_~":
            run = position
            while run < end and source[run] == character:
                run += 1
            position, literal = run, character == "~" and run - position > 2
            if not literal:
                break
        elif character == "\n":
            position += 1
            break
        elif character in "[`":
            break
        else:
            position += 1
    return source[start : min(position, end)]
