"""Edits of front matter: the literal for a new value, and the removal of an entry with its comma or line."""

from __future__ import annotations

import json
import re

from ..core.lazy_re import lazy_re
from .block import FrontMatter, Place, Pointer
from .places import place_of, places, written

_AFTER = lazy_re(r"[ \t\r\n]*,[ \t\r\n]*")
_BEFORE = lazy_re(r",[ \t\r\n]*\Z")


def quote(kind: str, value: str, like: str = "") -> str:
    """A text as a literal of that format (json, yaml, toml), in the style of the old literal where it fits."""
    if kind == "json":
        return json.dumps(value, ensure_ascii="\\u" in like)
    if kind == "toml":
        if like.startswith("'") and not like.startswith("'''") and value.isprintable() and "'" not in value:
            return f"'{value}'"
        return _double(value)
    if like.startswith("'") and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if like[:1] not in {'"', "'", "|", ">", "&", "!", "*", ""} and _is_plain(value):
        return value
    return _double(value)


def removal(front: FrontMatter, pointer: Pointer, place: Place | None = None) -> tuple[int, int, str] | None:
    """The edit (start, end, text) that takes an item of a list, or a key with its value, out of the block.

    `place` says which, where a key appears twice. None where that takes more than cutting a stretch of text: a
    comment between, an entry that shares its line.
    """
    place = place or place_of(front, pointer)
    if place is None or not pointer:
        return None
    source = front.source
    start = (place.key_start if place.key_start >= 0 else place.start) - front.start
    end = place.end - front.start
    if _in_brackets(front, pointer):
        after = _AFTER.match(source, end)
        if after:
            end = after.end()
        else:
            before = _BEFORE.search(source, 0, start)
            start = before.start() if before else start
        return front.start + start, front.start + end, ""
    line_start = source.rfind("\n", 0, start) + 1
    line_end = source.find("\n", end)
    lead = source[line_start:start].strip(" \t-" if place.key_start < 0 else " \t")
    if line_end < 0 or lead or source[end:line_end].strip():
        return None
    if place.key_start < 0 and source[line_start:start].count("-") != 1:
        return None
    return front.start + line_start, front.start + line_end + 1, ""


def _in_brackets(front: FrontMatter, pointer: Pointer) -> bool:
    """Whether the entry is in `[…]` or `{…}`, parted by commas."""
    if front.kind == "json":
        return True
    parent = places(front).get(written(front, pointer[:-1]))
    opener = front.source[parent.start - front.start] if parent and parent.end > parent.start else ""
    if front.kind == "toml":
        literal = front.source[parent.start - front.start : parent.end - front.start] if parent else ""
        return len(pointer) > 1 and opener in "[{" and literal[-1:] in "]}" and not _is_header(front, literal)
    return opener in {"[", "{"}


def _is_header(front: FrontMatter, literal: str) -> bool:
    """Whether a TOML table is written with a `[header]`, rather than as an inline value."""
    return re.search(r"(?m)^[ \t]*" + re.escape(literal), front.source) is not None


def key(kind: str, name: str, like: str) -> str:
    """A key as a literal of that format, in quotes or bare as the old one was."""
    if like[:1] in {'"', "'"} or not name.replace("-", "").replace("_", "").isalnum() or not name.isascii():
        return quote(kind, name, like if like[:1] == "'" else '"')
    return name


def _double(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_plain(value: str) -> bool:
    """Whether YAML reads the text back unchanged, without quotes, in a block or between brackets."""
    from .read import read  # only a fix needs it

    if not value or not value.isprintable() or any(char in value for char in "[]{},"):
        return False
    data = read(f"---\nx: {value}\ny: [{value}]\nz:\n- {value}\n---\n").data
    return data == {"x": value, "y": [value], "z": [value]}
