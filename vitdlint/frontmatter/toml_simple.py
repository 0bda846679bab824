"""The TOML that most pages have, read line by line: `key = value`, one-line lists, `[table]`, and nothing more.

What is taken here is proven by tests to be what `tomllib` makes of it, dates as they are written; everything else is
left to `tomllib`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*) *= *(.*)")
_TABLE = re.compile(r"\[([A-Za-z_][A-Za-z0-9_-]*)\]")
_DATE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[Zz]|[-+](?:0[0-9]|1[0-2]):00)?)?"
)
_INTEGER = re.compile("0|[1-9][0-9]{0,15}")
_LIST = re.compile(r"\[ *(?:(?:\"[^\"\\]*\"|'[^']*')(?: *, *| *(?=\])))*\]")
_LIST_ITEM = re.compile(r"\"([^\"\\]*)\"|'([^']*)'")
_WORDS: Final = {"true": True, "false": False}
_NOTHING: Final = object()


def read_simple(content: str) -> dict[str, Any] | None:
    """The values of a block's content, or None where it is not as simple as that."""
    if "\r" in content or "\t" in content:
        return None
    data: dict[str, Any] = {}
    table = data
    for line in content.split("\n"):
        if not line:
            continue
        found = _KEY.fullmatch(line)
        if found:
            value = _value(found[2].rstrip(" "))
            if value is _NOTHING or found[1] in table:
                return None
            table[found[1]] = value
            continue
        header = _TABLE.fullmatch(line)
        if not header or header[1] in data:
            return None
        table = data[header[1]] = {}
    return data


def _value(text: str) -> Any:
    """A value on one line, or _NOTHING."""
    if not text or not text.isprintable():
        return _NOTHING
    first = text[0]
    if first in {'"', "'"}:
        closed = len(text) > 1 and text.find(first, 1) == len(text) - 1
        return text[1:-1] if closed and (first == "'" or "\\" not in text) else _NOTHING
    if first == "[":
        items = text[2:-2].split('", "')
        if (
            text.startswith('["')
            and text.endswith('"]')
            and len(text) > 3
            and text.count('"') == 2 * len(items)
        ):
            return items if "\\" not in text else _NOTHING
        if not _LIST.fullmatch(text):
            return _NOTHING
        return [a if b is None else b for a, b in (m.groups() for m in _LIST_ITEM.finditer(text))]
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    day = _DATE.fullmatch(text)
    if not day:
        return _NOTHING
    try:
        date.fromisoformat(day[1])
    except ValueError:
        return _NOTHING
    return text
