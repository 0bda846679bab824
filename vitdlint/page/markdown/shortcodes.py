"""Shortcodes, as Hugo 0.168 finds them: in the raw text of the body, before any Markdown, even in code and comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ...core.lazy_re import lazy_re
from ...hugo.shortcode_inner import BUILT_IN, HOME, NOTHING, PAGE, Inner
from .body import Param, Shortcode, Trouble

_OPENING = lazy_re(r"\{\{[<%]")
_SPACES = lazy_re(r"[\t\n\v\f\r ]+")
_NAME = lazy_re(r"[\w/-]+")
_PARAM = lazy_re(r"[\w.-]*")
_QUOTED = lazy_re(r'"([^"\\\n]*+(?:\\(?!`)"?+[^"\\\n]*+)*)(?:"|(\n|\Z|\\`))')
_QUOTED_AGAIN = lazy_re(r'"([^"\\\n]*+(?:\\(?![`"])[^"\\\n]*+)*)(?:\\?"|(\n|\Z|\\`))')
"""A value that begins with `\\"`, as within a quoted value of another shortcode, ends at the next quote."""
_BEFORE_QUOTE = lazy_re(r'[^"\n]*')
_RAW = lazy_re(r"`([^`]*)`")
_WORD = lazy_re(r"[^\t\n\v\f\r ]*")

MORE = "<!--more-->"


class Scan(NamedTuple):
    """What the raw text holds, and the text that goldmark gets to see in its place."""

    shortcodes: tuple[Shortcode, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    hidden: tuple[tuple[int, int], ...] = ()
    """What a shortcode writes or takes as its content: none of it is text of the page."""
    escaped: tuple[tuple[int, int], ...] = ()
    """Comments `/*` and `*/` within `{{</* … */>}}`, which Hugo removes."""
    apart: tuple[tuple[int, int], ...] = ()
    """What is between `{{% %}}` tags and rendered on its own, an outer one before those within."""
    maybe: tuple[tuple[int, int], ...] = ()
    """What is between `{{% %}}` tags and not always shown."""


class _RefusedError(Exception):
    """Hugo does not build a site with this."""


def scan(text: str, start: int, inner: Mapping[str, Inner] = BUILT_IN, *, nested: bool = False) -> Scan:
    """Every shortcode of the body that begins at `start`, and what Hugo refuses.

    `inner` is what shortcodes make of the text between their tags, by lower-case name. The text of a shortcode is
    `nested`: in it that of all others is rendered before.
    """
    if text.find("{", start) < 0 or _OPENING.search(text, start) is None:
        return Scan()
    shortcodes: list[Shortcode] = []
    troubles: list[Trouble] = []
    escaped: list[tuple[int, int]] = []
    known: set[str] = set()
    opened = _Opened()
    unclosed: set[str] = set()
    position = start
    while (opening := _OPENING.search(text, position)) is not None:
        at, inside = opening.span()
        if text.startswith("/*", inside):
            closer = "*/" + _right(opening[0])
            end = -1 if closer in unclosed else text.find(closer, inside)
            # Hugo 0.168 wants at least two characters before the end of such a comment.
            if end - inside > 1:
                escaped += [(inside, inside + 2), (end, end + 2)]
                position = end + len(closer)
                continue
            troubles.append(
                Trouble("shortcode", at, inside, _sentence("the comment after it is never closed"))
            )
            position = inside
            continue
        tag = _Tag(text, at, inside, _right(opening[0]), known, opened.tags)
        try:
            found = tag.read()
            shortcodes.append(found)
            if found.closing:
                opened.close(found)
            elif inner.get(found.name.lower(), Inner()).takes:  # one that takes no text is around nothing
                opened.open(found)
            position = tag.position
        except _RefusedError as refused:
            end = max(tag.position, inside)
            line_end = text.find("\n", at, end)
            troubles.append(
                Trouble("shortcode", at, end if line_end < 0 else line_end, _sentence(str(refused)))
            )
            position = inside
    hidden, apart, maybe = _spans(shortcodes, inner, nested=nested)
    return Scan(tuple(shortcodes), tuple(troubles), hidden, tuple(escaped), apart, maybe)


class _Opened:
    """The tags around a place, the innermost last."""

    def __init__(self) -> None:
        self.tags: list[Shortcode] = []
        self._names: Counter[str] = Counter()

    def open(self, tag: Shortcode) -> None:
        """What follows is within this tag, unless it closes itself."""
        if not tag.self_closing:
            self.tags.append(tag)
            self._names[tag.name.lower()] += 1

    def close(self, tag: Shortcode) -> Shortcode | None:
        """The tag that this one closes, and with it all that are within; None if there is none."""
        name = tag.name.lower()
        while self._names[name]:
            last = self.tags.pop()
            self._names[last.name.lower()] -= 1
            if last.name.lower() == name:
                return last
        return None


def _right(left: str) -> str:
    return ">}}" if left == "{{<" else "%}}"


@lru_cache(64)  # one text for all, of which a page can have hundreds of thousands
def _sentence(reason: str) -> str:
    return f"Hugo reads this as a shortcode, and its build fails: {reason}"


class _Tag:
    """The reading of one tag, step for step as Hugo's lexer does it."""

    def __init__(
        self, text: str, start: int, inside: int, right: str, known: set[str], opened: Sequence[Shortcode]
    ) -> None:
        self.text = text
        self.start = start
        self.position = inside
        self.right = right
        self.known = known
        """Names opened so far on this page; Hugo allows only those to be closed."""
        self.opened = opened
        self.name = ""
        self.params: list[Param] = []
        self.named: bool | None = None
        self.valued = False
        """Whether the last parameter has its value."""

    def read(self) -> Shortcode:
        text = self.text
        closing = slash = False
        while not text.startswith(self.right, self.position):
            if (spaces := _SPACES.match(text, self.position)) is not None:
                self.position = spaces.end()
                continue
            if self.position >= len(text):
                raise _RefusedError("it is never closed")
            character = text[self.position]
            if closing and self.name:
                raise _RefusedError("a closing tag has nothing but a name")
            if character == "/":
                if not self.known:
                    raise _RefusedError("it closes a shortcode, but none is open")
                slash = True
                self.position += 1
            elif character == "\\" and not text.startswith(('"', "`"), self.position + 1):
                self.position += 1  # Hugo passes over it
            elif not self.name and _is_of_word(character):
                closing = slash
                self._read_name(closing=closing)
            elif self.name and (_is_of_word(character) or character in '-"`\\'):
                self._read_param()
            elif character == "=":
                self._read_value()
            else:
                raise _RefusedError(
                    f"{character!r} is not allowed here, values other than letters and digits must be quoted"
                )
        if not self.name and not slash:
            raise _RefusedError("it has no name")
        if not self.name and not self.opened:
            raise _RefusedError("it closes a shortcode, but none is open")
        if not self.name:  # `{{< / >}}` closes the last one
            self.name, closing = self.opened[-1].name, True
        self.position += len(self.right)
        return Shortcode(
            self.name,
            self.start,
            self.position,
            closing,
            slash and not closing,
            self.right == "%}}",
            tuple(self.params),
        )

    def _read_name(self, *, closing: bool) -> None:
        name = self._letters(_NAME)
        if self.text.startswith(".inline ", self.position):
            name += ".inline"
            self.position += len(".inline")
        elif self.text.startswith(".", self.position):
            raise _RefusedError("there is a period in its name")
        if closing and name not in self.known:
            raise _RefusedError(f'it closes "{name}", which is not open')
        self.known.add(name)
        self.name = name

    def _read_param(self) -> None:
        self.valued = False
        text = self.text
        character = text[self.position]
        if character == "\\":
            self.position += 1
            if text.startswith("`", self.position):
                raise _RefusedError("a backslash comes before a backquote")
        if character in '\\"`':
            self._mix(named=False)
            start = self.position
            value = self._raw() if character == "`" else self._quoted(escaped=character == "\\")
            self.params.append(Param(None, value, start + 1, start + 1 + len(value), quoted=True))
            return
        start = self.position
        word = self._letters(_PARAM)
        named = text.startswith("=", self.position)
        self._mix(named=named)
        self.params.append(Param(word if named else None, "" if named else word, start, self.position, start))

    def _mix(self, *, named: bool) -> None:
        if self.named is not None and self.named is not named:
            raise _RefusedError("it has both named and positional parameters")
        self.named = named

    def _read_value(self) -> None:
        text = self.text
        self.position += 1
        if (spaces := _SPACES.match(text, self.position)) is not None:
            self.position = spaces.end()
        start = self.position
        character = text[start : start + 1]
        quoted = True
        if character in {"\\", '"'}:
            self._word(_BEFORE_QUOTE)
            start = self.position + 1
            value = self._quoted(escaped=character == "\\")
        elif character == "`":
            value, start = self._raw(), start + 1
        else:
            value, quoted = self._word(_WORD), False
        if self.valued or not self.params:
            return  # a value without a name is none
        self.valued, last = True, self.params[-1]
        name, at = (last.value, last.start) if last.name is None else (last.name, last.name_start)
        self.params[-1] = Param(name, value, start, start + len(value), at, quoted)

    def _word(self, pattern: re.Pattern[str]) -> str:
        """What the pattern matches here, if anything."""
        match = pattern.match(self.text, self.position)
        if match is None:
            return ""
        self.position = match.end()
        return match[0]

    def _letters(self, pattern: re.Pattern[str]) -> str:
        """The same without what Python takes for a letter and Go does not: fractions, raised and Roman numbers."""
        start = self.position
        word = self._word(pattern)
        if not word.isascii():
            ends = (i for i, c in enumerate(word) if not (c in "./-" or _is_of_word(c)))
            word = word[: next(ends, len(word))]
            self.position = start + len(word)
        return word

    def _quoted(self, *, escaped: bool) -> str:
        match = (_QUOTED_AGAIN if escaped else _QUOTED).match(self.text, self.position)
        if match is None or match[2] is not None:
            raise _RefusedError("a quoted value in it is never closed")
        self.position = match.end()
        return match[1]

    def _raw(self) -> str:
        match = _RAW.match(self.text, self.position)
        if match is None:
            raise _RefusedError("a value in backquotes is never closed")
        self.position = match.end()
        return match[1]


def _is_of_word(character: str) -> bool:
    return character.isalpha() or character.isdecimal() or character == "_"


Spans = tuple[tuple[int, int], ...]


def pairs(shortcodes: Sequence[Shortcode]) -> list[tuple[Shortcode, Shortcode]]:
    """Each call that is closed, with the tag that closes it, an outer one before those within."""
    found: list[tuple[Shortcode, Shortcode]] = []
    opened = _Opened()
    for shortcode in shortcodes:
        if not shortcode.closing:
            opened.open(shortcode)
        elif (opener := opened.close(shortcode)) is not None:
            found.append((opener, shortcode))
    return sorted(found, key=lambda pair: pair[0].start)


def _spans(
    shortcodes: Sequence[Shortcode], inner: Mapping[str, Inner], *, nested: bool
) -> tuple[Spans, Spans, Spans]:
    """What is not text of the page, outermost and in order: tags, and all within `{{< >}}` pairs; then `apart`, `maybe`."""
    spans = [(shortcode.start, shortcode.end) for shortcode in shortcodes]
    apart: list[tuple[int, int]] = []
    maybe: list[tuple[int, int]] = []
    reach = 0
    for opener, closer in pairs(shortcodes):
        does = inner.get(opener.name.lower(), Inner())
        if nested or not opener.markdown or does.shows == NOTHING:
            spans.append((opener.start, closer.end))
            continue
        if opener.start < reach or does.apart or does.shows in (PAGE, HOME):
            apart.append((opener.end, closer.start))
        if not does.always:
            maybe.append((opener.end, closer.start))
        reach = max(reach, closer.end)
    return tuple(outermost(spans)), tuple(apart), tuple(maybe)


def outermost(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those of spans that are within no other, in order."""
    last = -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last:
            yield start, end
            last = end
