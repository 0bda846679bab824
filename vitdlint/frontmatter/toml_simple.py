"""The TOML that most pages have, read line by line: texts, lists of them, dates, and nothing that needs a parser.

`tomli` looks at every character by itself: a page with many tags takes it three times as long. Tests prove that it
makes the same of what is taken here, dates as they are written; everything else is left to it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

_LINE = re.compile(
    r"""([A-Za-z_][A-Za-z0-9_-]*)\ *=\ *
    (?:"(?P<text>[^"\\]*)"|'(?P<literal>[^']*)'|\["(?P<list>.*)"\]|(?P<empty>\[\])|(?P<flag>true|false)
    |(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}
        (?:[Tt\ ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[Zz]|[-+](?:0[0-9]|1[0-2]):00)?)?)
    |(?P<number>0|[1-9][0-9]{0,15}))\ *""",
    re.VERBOSE,
)
_TABLE = re.compile(r"\[([A-Za-z_][A-Za-z0-9_-]*)\]")


def read_simple(content: str) -> dict[str, Any] | None:
    """The values of a block's content, or None where it is not as simple as that."""
    data: dict[str, Any] = {}
    table = data
    for line in content.split("\n"):
        found = _LINE.fullmatch(line) if line.isprintable() else None
        if found:
            key, kind = found[1], found.lastgroup
            value: Any = found[kind or 0]
            if key in table or (kind == "date" and not _is_day(value[:10])):
                return None
            if kind == "list":
                items = value.split('", "')
                if "\\" in value or value.count('"') != 2 * len(items) - 2:
                    return None
                value = items
            elif kind == "empty":
                value = []
            elif kind == "flag":
                value = value == "true"
            elif kind == "number":
                value = int(value)
            table[key] = value
        elif line:
            header = _TABLE.fullmatch(line)
            if not header or header[1] in data:
                return None
            table = data[header[1]] = {}
    return data


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
