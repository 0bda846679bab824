"""Destinations: where they stand in `[text](destination "title")` and in definitions, and what they mean."""

from __future__ import annotations

import re
from html.entities import html5

_INLINE = re.compile(r"\][ \t\r\n]*\([ \t\r\n]*")
_ESCAPE = re.compile(
    r"\\([!-/:-@\[-`{-~])|&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*));",
)
_DEFINED = re.compile(r"[ \t>]*\[(?:\\.|[^\\\]])*\]:[ \t]*(?:\n[ \t>]*)?")
_BARE = re.compile(r"(?:\\[!-/:-@\[-`{-~]|[^\\()<\s\x00-\x1f\x7f]|[\\<])+")
_POINTY = re.compile(r"<((?:\\[!-/:-@\[-`{-~]|[^>\n])*)>")


def destination(source: str, start: int) -> tuple[int, int]:
    """The span of the destination that begins at or, with `<`, just after `start`; equal offsets if it is empty.

    Stops as goldmark does: at white space, or at the `)` that closes more than was opened.
    """
    if (pointy := _POINTY.match(source, start)) is not None:
        return pointy.span(1)
    opened, position, length = 0, start, len(source)
    while position < length:
        character = source[position]
        if character == "(":
            opened += 1
            position += 1
        elif character == ")":
            opened -= 1
            if opened < 0:
                break
            position += 1
        elif (run := _BARE.match(source, position)) is not None:
            position = run.end()
        else:
            break
    return start, position


def inline_destination(source: str, text_end: int) -> tuple[int, int]:
    """The destination of the link whose text ends at `text_end`, where `](` stands."""
    opening = _INLINE.match(source, text_end)
    return destination(source, opening.end()) if opening is not None else (text_end, text_end)


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
        return html5.get(name + ";", match[0])
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return "\ufffd" if number == 0 or number > 0x10FFFF or 0xD800 <= number < 0xE000 else chr(number)


def defined_destination(source: str, start: int) -> tuple[int, int]:
    """The destination in the reference definition that begins at `start`."""
    label = _DEFINED.match(source, start)
    return destination(source, label.end()) if label is not None else (start, start)
