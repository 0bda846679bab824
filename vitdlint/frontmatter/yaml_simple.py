"""The YAML that most pages have, read line by line: `key: value`, lists, and nothing that needs a parser.

What is taken here is proven by tests to be what the parser makes of it; everything else is left to the parser.
"""

from __future__ import annotations

import re
from typing import Any, Final

from .yaml_scalar import WORDS, resolve

_ENTRY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*):(?: +([^\n]*))?((?:\n *- [^\n]*)*)(?:\n+|\Z)")
_ITEMS = re.compile(r"((\n *- )[A-Za-z(/_][^\n:#]*)(?:\2[A-Za-z(/_][^\n:#]*)*")
_FLOW = re.compile(r"\[ *(?:(?:\"[^\"\\]*\"|'[^']*'|[A-Za-z0-9][\w .+/()-]*)(?:, *| *(?=\])))*\]", re.ASCII)
_FLOW_ITEM = re.compile(r"\"([^\"\\]*)\"|'([^']*)'|([A-Za-z0-9][\w .+/()-]*)", re.ASCII)
_FIRST: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_/(.+$;")
_NOTHING: Final = object()


def read_simple(content: str) -> dict[str, Any] | None:
    """The mapping of a block's content, or None where it is not as simple as that."""
    if "\r" in content or "\t" in content:
        return None
    data: dict[str, Any] = {}
    at = len(content) - len(content.lstrip("\n"))
    while at < len(content):
        found = _ENTRY.match(content, at)
        if not found:
            return None
        name, rest, lines = found.groups()
        rest = (rest or "").rstrip(" ")
        if name in data or (rest and lines):
            return None
        if lines:
            value = _items(lines)
        elif not rest:
            value = None
        else:
            value = _flow(rest) if rest[0] == "[" else _value(rest)
        if value is _NOTHING:
            return None
        data[name] = value
        at = found.end()
    return data


def _items(lines: str) -> Any:
    """The items of a list with a line for each, or _NOTHING; `lines` begins with a line feed."""
    plain = _ITEMS.fullmatch(lines)
    lead = plain[2] if plain else lines[: lines.index("-")] + "- "
    items: list[Any] = lines[len(lead) :].split(lead)
    if plain and " \n" not in lines and lines[-1] != " " and WORDS.keys().isdisjoint(items):
        return items if "".join(items).isprintable() else _NOTHING
    values = [_value(item.strip(" ")) if "\n" not in item else _NOTHING for item in items]
    return _NOTHING if _NOTHING in values else values


def _value(text: str) -> Any:
    """A plain or quoted scalar on one line, or _NOTHING."""
    if not text or not text.isprintable():
        return _NOTHING
    first = text[0]
    if first in _FIRST:
        if ": " in text or " #" in text or text[-1] == ":":
            return _NOTHING
        return resolve(text)
    if (
        first in {'"', "'"}
        and len(text) > 1
        and text.find(first, 1) == len(text) - 1
        and (first == "'" or "\\" not in text)
    ):
        return text[1:-1]
    return _NOTHING


def _flow(text: str) -> Any:
    """A list in brackets, of words and quoted texts, or _NOTHING."""
    if not text.isprintable() or not _FLOW.fullmatch(text):
        return _NOTHING
    return [
        resolve(found[3].rstrip(" "))
        if found[3] is not None
        else found[1]
        if found[1] is not None
        else found[2]
        for found in _FLOW_ITEM.finditer(text, 1)
    ]
