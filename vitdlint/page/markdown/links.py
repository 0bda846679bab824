"""Destinations: where they are in `[text](destination "title")` and in definitions, and what they mean."""

from __future__ import annotations

import re

from ...core.lazy_re import lazy_re
from .characters import entity

TITLE = lazy_re(
    r""""[^"\\]*+(?:\\(?s:.)[^"\\]*+)*"|'[^'\\]*+(?:\\(?s:.)[^'\\]*+)*'|\([^()\\]*+(?:\\(?s:.)[^()\\]*+)*\)"""
)
"""The title after a destination."""

_PLAIN = lazy_re(r"\]\(([^()\\<\t\n\v\f\r ]+)\)")
"""Most of these are as plain as that, and end at the first parenthesis."""
_INLINE = lazy_re(r"\][ \t\r\n]*\([ \t\r\n]*")
_ESCAPE = lazy_re(
    r"\\([!-/:-@\[-`{-~])|&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*));",
)
_MOST_PARENTHESES = 32
"""As in cmark; more of them are no URL, and would take quadratic time."""
_DEFINED = lazy_re(r"[ \t>]*\[((?:\\.|[^\\\]])*)\]:[ \t]*(?:\n[ \t>]*)?")
_BARE = lazy_re(r"(?:\\[!-/:-@\[-`{-~]|[^\\()\t\n\v\f\r ]|\\)+")
_POINTY = lazy_re(r"<([^>\n\\]*+(?:\\[!-/:-@\[-`{-~]?+[^>\n\\]*+)*)>")


def destination(source: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the destination that begins at or, with `<`, just after `start`, or None if there is none.

    Stops as goldmark does: at white space, at the `)` that closes more than was opened, or at `end`.
    """
    if source.startswith("<", start):
        pointy = _POINTY.match(source, start, end)
        return None if pointy is None else pointy.span(1)
    opened, position = 0, start
    while position < end:
        character = source[position]
        if character == "(":
            opened += 1
            if opened > _MOST_PARENTHESES:
                return None
            position += 1
        elif character == ")":
            opened -= 1
            if opened < 0:
                break
            position += 1
        elif (run := _BARE.match(source, position, end)) is not None:
            position = run.end()
        else:
            break
    return (start, position) if position > start else None


def inline_destination(source: str, text_end: int) -> tuple[int, int]:
    """The destination of the link whose text ends at `text_end`, where `](` is."""
    plain = _PLAIN.match(source, text_end)
    if plain is not None:
        return plain.span(1)
    opening = _INLINE.match(source, text_end)
    start = text_end if opening is None else opening.end()
    return destination(source, start, len(source)) or (start, start)


def unescape(raw: str) -> str:
    """What a destination, title or info string says once backslash escapes and entities are resolved."""
    if "\\" not in raw and "&" not in raw:
        return raw
    return _ESCAPE.sub(_meaning, raw)


def entities(raw: str) -> str:
    """The same without backslash escapes, as in attributes of tags."""
    if "&" not in raw:
        return raw
    return _ESCAPE.sub(lambda match: match[0] if match[1] else _meaning(match), raw)


def _meaning(match: re.Match[str]) -> str:
    escaped, decimal, hexadecimal, name = match.groups()
    if escaped:
        return escaped
    if name:
        return entity(name + ";") or match[0]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return "\ufffd" if number == 0 or number > 0x10FFFF or 0xD800 <= number < 0xE000 else chr(number)


def definition(source: str, start: int) -> tuple[str, tuple[int, int]]:
    """The label and the destination's span in the reference definition that begins at `start`."""
    label = _DEFINED.match(source, start)
    if label is None:
        return "", (start, start)
    after = label.end()
    return label[1], destination(source, after, len(source)) or (after, after)


def normalized_label(label: str) -> str:
    """A label as references are compared: case folded, white space collapsed."""
    return " ".join(label.split()).casefold()
