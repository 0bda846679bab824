"""A key or value of front matter that is being typed: where it begins and ends, though no parser may read it yet."""

from __future__ import annotations

import re
from typing import NamedTuple

_STRINGS = {
    "'": re.compile(r"'[^'\r\n]*"),
    '"': re.compile(r'"(?:[^"\\\r\n]|\\.)*'),
    "yaml'": re.compile(r"'(?:[^'\r\n]|'')*"),
}
"""Texts up to the quote that closes them."""
_BARE = re.compile(r"""[^\s#,\[\]{}"':]*""")
_YAML = re.compile(r"(?:[^\r\n#]|(?<![ \t])#)*")
_YAML_ITEM = re.compile(r"(?:[^\r\n#,\[\]{}]|(?<![\s,\[])#)*")
_BETWEEN = re.compile(r"(?:\s|(?<=[\s,\[])#[^\r\n]*)*")
"""Space and comments."""
_COMMA = re.compile(r"(?:\s|(?<=\s)#[^\r\n]*)*,")
_SPACE = re.compile(r"[ \t]*")
_AFTER = re.compile(r"[ \t]*(?:[,\]}#:\r\n]|\Z)")
"""What may follow a value."""
_OTHERS = frozenset("[{&*!|>%@`")
"""What begins something else than one word or text."""


class Scalar(NamedTuple):
    """A stretch of the text, with its quotes."""

    start: int
    end: int
    typed: str
    """Up to the cursor, without a quote."""
    quote: str = ""


def scalar(kind: str, text: str, begin: int, at: int, *, flow: bool = False) -> Scalar | None:
    """The value at `at`: the one that begins at `begin`, or one of a list whose first item begins there (`flow`).

    None behind a value, in a comment, and in what is no word or text.
    """
    while begin <= at:
        space = _BETWEEN.match(text, begin, at)
        if space is None or "#" in space[0].rpartition("\n")[2]:
            return None
        begin = _end(_SPACE, text, space.end()) if space.end() == at else space.end()
        here, quote = min(begin, at), text[begin : begin + 1]
        if quote in ("'", '"'):
            if text.startswith(quote * 3, begin):
                return None
            end = _end(_STRINGS.get(f"{kind}{quote}") or _STRINGS[quote], text, begin)
            closed = text[end : end + 1] == quote
            if not closed or at <= end:
                # A quote that something else follows is the first one of another text.
                whole = closed and _AFTER.match(text, end + 1) is not None
                return Scalar(here, end + 1 if whole else at, text[begin + 1 : at], quote)
            begin = end + 1
        elif quote in _OTHERS:
            return None
        else:
            pattern = _BARE if kind != "yaml" else _YAML_ITEM if flow else _YAML
            end = _end(pattern, text, begin)
            if at <= end:
                written = text[begin:end].rstrip()
                return (
                    Scalar(here, max(at, begin + len(written)), text[begin:at])
                    if written
                    else Scalar(at, at, "")
                )
            begin = end
        comma = _COMMA.match(text, begin, at) if flow else None
        if comma is None:
            return None
        begin = comma.end()
    return None


def _end(pattern: re.Pattern[str], text: str, begin: int) -> int:
    found = pattern.match(text, begin)
    return begin if found is None else found.end()
