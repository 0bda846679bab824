"""From a character of a decoded string to its place in the page, so that a rule can point inside a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from .block import FrontMatter, Pointer
from .places import place_of, value_at

_ESCAPE = lazy_re(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|.)|''",
    re.DOTALL,
)
_SINGLE = {
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "e": "\x1b",
    "a": "\a",
    "v": "\v",
    "0": "\0",
    "_": "\xa0",
    "N": "\x85",
    "L": "\u2028",
    "P": "\u2029",
}


def inside(front: FrontMatter, pointer: Pointer, start: int, end: int) -> tuple[int, int] | None:
    """Offsets in the page of `value[start:end]`, where `value` is the string at the pointer.

    None where the value is not written on one line, so that no single stretch of the page is that text.
    """
    place = place_of(front, pointer)
    value = value_at(front, pointer)
    if place is None or not isinstance(value, str) or not 0 <= start <= end <= len(value):
        return None
    literal = front.source[place.start - front.start : place.end - front.start]
    offsets: list[int] = []
    text: list[str] = []
    for char, at in _characters(front.kind, literal):
        text.append(char)
        offsets.append(at)
    if "".join(text[:-1]) != value:
        return None
    return place.start + offsets[start], place.start + offsets[end]


def _characters(kind: str, literal: str) -> Iterator[tuple[str, int]]:
    """Each character that the literal means, and where it begins; at last an empty one where the text ends."""
    quote = literal[:1] if literal[:1] in {'"', "'"} else ""
    if quote and literal.startswith(quote * 3) and len(literal) >= 6:
        quote = ""  # a long TOML string: the comparison with the value decides
    first, last = len(quote), len(literal) - len(quote)
    at = first
    if quote == '"' or (quote and kind == "yaml"):
        for found in _ESCAPE.finditer(literal, first, last):
            if (found.group() == "''") != (quote == "'"):
                continue
            yield from ((literal[i], i) for i in range(at, found.start()))
            yield _meaning(found.group()), found.start()
            at = found.end()
    yield from ((literal[i], i) for i in range(at, last))
    yield "", last


def _meaning(escape: str) -> str:
    if escape == "''":
        return "'"
    if len(escape) == 12:
        high, low = int(escape[2:6], 16), int(escape[8:], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    if len(escape) > 2:
        code = int(escape[2:], base=16)  # noqa: FURB166  # "\\x41" is no number that int reads by itself
        return "\ufffd" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)
    return _SINGLE.get(escape[1], escape[1])
