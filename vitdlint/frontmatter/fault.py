"""The first thing that is wrong with a block, and what may be wrong in every format."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from .block import FrontMatter, Problem
from .lines import line_stop, sentence


class Fault(NamedTuple):
    """Something that is not as the format wants it, from offset to offset."""

    start: int
    end: int
    message: str
    """What is wrong."""
    help: str = ""
    """What to do, with what is to be typed in backticks; nothing where nobody can say."""

    def problem(self, offset: int = 0) -> Problem:
        """The same in the page, where the text in which it was found begins at `offset`."""
        message, advice = sentence(self.message), sentence(self.help)
        return Problem("syntax", offset + self.start, offset + self.end, message, advice)

    def block(self, kind: str, start: int, source: str, offset: int = 0) -> FrontMatter:
        """The block at `start` that has it; `offset` as for `problem`."""
        return FrontMatter(kind, start, start + len(source), source, {}, (self.problem(offset),))


_CONFLICT = lazy_re(r"^(?:<{7}|\|{7}|={7}|>{7})(?![<|=>])", re.MULTILINE)
_NAMES = {"\ufeff": "byte order mark"}


def write(literal: str) -> str:
    """Advice to type something."""
    return f"write `{literal}`"


def conflict(text: str, start: int, end: int) -> Fault | None:
    """A line that git leaves where it cannot merge."""
    found = _CONFLICT.search(text, start, end)
    if not found:
        return None
    advice = "keep one of the two sides, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`"
    return Fault(found.start(), line_stop(text, found.start()), "this is a merge conflict", advice)


def odd(text: str, at: int) -> Fault | None:
    """A character that is invisible or looks like a space, and is neither to a parser."""
    char = text[at : at + 1]
    if not char or char in " \t\r\n":
        return None
    if char == "\ufffd":
        advice = "write a space instead, or the character that was lost here"
    elif unicodedata.category(char)[0] == "Z":
        advice = "write a space instead"
    elif unicodedata.category(char) in {"Cf", "Cc"}:
        advice = "remove it"
    else:
        return None
    return Fault(at, at + 1, f"{name_of(char)} is not allowed here", advice)


def bad_escape(escape: str) -> str:
    """What is wrong with a backslash and the character behind it."""
    digits = {"\\x": 2, "\\u": 4, "\\U": 8}.get(escape)
    if digits:
        return f'"{escape}" must be followed by {digits} hexadecimal digits'
    return f'"{escape}" means nothing between double quotes'


def name_of(char: str) -> str:
    """The character as a person looks it up: `U+00A0 (no-break space)`."""
    name = _NAMES.get(char) or unicodedata.name(char, "control character").lower()
    return f"U+{ord(char):04X} ({name})"
