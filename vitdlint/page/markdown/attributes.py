"""goldmark's attributes, `{#id .class key="value"}`, at the end of a heading or below a block."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...core.lazy_re import lazy_re

_SPACE = lazy_re(r"[ \t\n\r\f\v]*")
_SHORT = lazy_re(r"[#.]((?:[\w:.-]|[^\x00-\x7f])*)", re.ASCII)
_NAME = lazy_re(r"[A-Za-z_:][A-Za-z0-9_:.-]*")
_STRING = lazy_re(r'"((?:[^"\\\n]|\\.)*)"')
_NUMBER = lazy_re(r"[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?")
_ESCAPED = lazy_re(r'\\(["/\\bfnrt])')
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_DEPTH = 4
"""How deep values may nest; goldmark knows no limit, and no page comes near this one."""


class Attributes(NamedTuple):
    """What is between the braces."""

    id: str | None
    """None if it gives no id; the last one counts."""
    start: int
    end: int
    """Just after the closing brace."""


def parse(source: str, start: int, end: int) -> Attributes | None:
    """The attributes whose `{` is at `start`, or None if goldmark leaves it as text."""
    return _braces(source, start, end, 0)


def of_fence(source: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the attributes of the fence are whose line is `start:end`: Hugo takes the first `}` and the `{` before it."""
    closing = source.find("}", source.find("{", start, end), end)
    opening = source.rfind("{", start, closing) if closing >= 0 else -1
    return None if opening < 0 else (opening, closing + 1)


def at_line_end(source: str, start: int, end: int) -> Attributes | None:
    """The attributes that end the line `start:end`, if there are any."""
    if source.find("{", start, end) < 0 or source.rfind("}", start, end) != end - 1:
        return None
    position = start
    while position < end:
        character = source[position]
        if character == "\\":
            position += 2
            continue
        if character == "{":
            found = parse(source, position, end)
            if found is not None and found.end == end:
                return found
        position += 1
    return None


def _skip(source: str, position: int, end: int) -> int:
    match = _SPACE.match(source, position, end)
    return position if match is None else match.end()


def _braces(source: str, start: int, end: int, depth: int) -> Attributes | None:
    position = start + 1
    found_id: str | None = None
    while depth < _DEPTH:
        position = _skip(source, position, end)
        if position >= end:
            return None
        if source[position] == "}":
            return Attributes(found_id, start, position + 1)
        if (short := _SHORT.match(source, position, end)) is not None:
            if source[position] == "#":
                found_id = short[1]
            position = short.end()
        else:
            name = _NAME.match(source, position, end)
            if name is None:
                return None
            position = _skip(source, name.end(), end)
            if position >= end or source[position] != "=":
                return None
            value, position = _value(source, _skip(source, position + 1, end), end, depth)
            if position < 0:
                return None
            if name[0] == "id":
                found_id = value
        position = _skip(source, position, end)
        if source.startswith(",", position, end):
            position += 1
    return None


def _value(source: str, start: int, end: int, depth: int) -> tuple[str, int]:
    """A value and where it ends; a negative end says that there is none."""
    for pattern in (_STRING, _NUMBER, _NAME):
        match = pattern.match(source, start, end)
        if match is not None:
            raw = match[1] if pattern is _STRING else match[0]
            return _ESCAPED.sub(lambda escape: _ESCAPES.get(escape[1], escape[1]), raw), match.end()
    if source.startswith("{", start, end):
        inner = _braces(source, start, end, depth + 1)
        return "", -1 if inner is None else inner.end
    if source.startswith("[", start, end):
        return "", _array_end(source, start, end, depth + 1)
    return "", -1


def _array_end(source: str, start: int, end: int, depth: int) -> int:
    position = start + 1
    first = True
    while depth < _DEPTH:
        if source.startswith("]", position, end):
            return position + 1
        if not first and source.startswith(",", position, end):
            position += 1
        _, position = _value(source, _skip(source, position, end), end, depth)
        if position < 0:
            return -1
        position = _skip(source, position, end)
        first = False
    return -1
