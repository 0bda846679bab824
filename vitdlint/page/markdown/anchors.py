"""The ids that Hugo 0.168 gives to headings, for each `autoIDType`."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ...core.lazy_re import lazy_re
from ...hugo.markup import Typographer
from .characters import entity
from .parts import Inline
from .typographer import marks as find_marks

_NAMED = lazy_re(r"&([A-Za-z][A-Za-z0-9]*;)")
_PUNCTUATION = Typographer()
"""Of what Hugo's own typographer writes, nothing is ever part of an id."""
_DASHES = lazy_re(r"\\.|---?")
_DROPPED_GITHUB = lazy_re(r"[\x00-\x1f!-,./:-@\[-^`{-\x7f]+")


class Ids:
    """The ids of one page so far: each new automatic one is the first that is free."""

    def __init__(self, id_type: str) -> None:
        self._id_type = id_type
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def custom(self, identifier: str) -> None:
        """Take note of an id that the page itself gives; it is published unchanged."""
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


def heading_text(
    source: str, start: int, end: int, inlines: Sequence[Inline], *, typographer: Typographer | None
) -> str:
    """What of the inline content `start:end` feeds the id; `inlines` are the constructs in it, outermost first.

    Hugo 0.168 walks the heading's children, but takes only the first child of each child (`render.TextPlain`), and
    goldmark cuts text into several children at delimiters that turn out to mean nothing and at typographic marks.
    """
    if not inlines and (typographer is None or typographer == _PUNCTUATION):
        plain = source[start:end]
        if typographer and "--" in plain:
            plain = _DASHES.sub(lambda match: match[0] if match[0][0] == "\\" else "&ndash;", plain)
    else:
        plain = "".join(_Text(source, start, end, inlines, typographer).children(start, end))
    return _NAMED.sub(lambda match: entity(match[1]) or match[0], plain) if "&" in plain else plain


class _Text:
    """The text of inline content as `heading_text` takes it, the typographer's signs replaced."""

    def __init__(
        self, source: str, start: int, end: int, inlines: Sequence[Inline], typographer: Typographer | None
    ) -> None:
        self._source = source
        self._inlines = inlines
        self._typographer = typographer or _PUNCTUATION
        self._marks = find_marks(source, start, end, inlines) if typographer else {}

    def children(self, start: int, end: int) -> Iterator[str]:
        """What each construct between these places says, and the text between them."""
        position = start
        for inline in self._inlines:
            if inline.start < position:
                continue
            yield self._replaced(position, inline.start)
            yield self._first(inline)
            position = inline.end
        yield self._replaced(position, end)

    def _replaced(self, start: int, end: int) -> str:
        """The source text with what the typographer replaces replaced."""
        if not self._marks:
            return self._source[start:end]
        pieces: list[str] = []
        position = start
        known = list(self._marks)
        for at in known[bisect_left(known, start) : bisect_left(known, end)]:
            mark = self._marks[at]
            pieces += (self._source[position:at], self._typographer[mark.field])
            position = at + mark.length
        pieces.append(self._source[position:end])
        return "".join(pieces)

    def _first(self, inline: Inline) -> str:
        """What the first child of the construct says, and its first child in turn."""
        inlines = self._inlines
        while True:
            if inline.kind == "code":
                return _code(self._source[inline.inner_start : inline.inner_end])
            if inline.kind == "html":
                return _html(self._source[inline.start : inline.end])
            if inline.kind not in {"emphasis", "strong", "strike", "link", "image"}:
                return ""
            start, end = inline.inner_start, inline.inner_end
            index = bisect_left(inlines, start, key=lambda inner: inner.start)
            while index < len(inlines) and inlines[index] is inline:
                index += 1
            inner = inlines[index] if index < len(inlines) and inlines[index].start < end else None
            if inner is None or inner.start > start:
                return self._fragment(start, end if inner is None else inner.start)
            inline = inner

    def _fragment(self, start: int, end: int) -> str:
        """Text up to the first place where goldmark begins another child."""
        source, marks, position = self._source, self._marks, start
        if position in marks:
            return self._typographer[marks[position].field]
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
            elif (
                character == "`" and position == start
            ):  # opens no code, and the text behind it is added to it
                while position < end and source[position] == "`":
                    position += 1
            elif character in "[`":
                position += character == "[" and position == start
                break
            else:
                position += 1
        return source[start : min(position, end)]


def _html(raw: str) -> str:
    """A declaration or instruction counts with its letters, which nothing strips: only tags and comments are stripped."""
    return raw if raw.startswith(("<?", "<!")) and not raw.startswith("<!--") else ""


def _code(content: str) -> str:
    """The first line of a code span, less the one space that goldmark strips at both ends."""
    if content.strip(" \n") and content[0] in " \n" and content[-1] in " \n":
        content = content[1:-1]
    return content.split("\n", 1)[0]
