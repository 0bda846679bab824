"""Change single settings in a person's TOML file; comments, order, layout and line ends stay. The only use of `tomlkit`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Comment, InlineTable, Item, Key, Table, Whitespace

from ..core.toml import TomlError, parse_toml

Way = tuple[str, ...]
"""The names that lead to a setting, outermost first."""


def with_settings(text: str, settings: Mapping[Way, str | Sequence[str]]) -> str:
    """A TOML file's text with these settings: a string replaces what is there, strings are added to the list there.

    Raises ValueError where the text cannot be changed so that it says just that.
    """
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    crlf = 0 < text.count("\n") == text.count("\r\n")
    new = text.removeprefix(bom).replace("\r\n", "\n") if crlf else text.removeprefix(bom)
    new = f"{new}\n" if new and not new.endswith("\n") else new
    try:
        wanted = parse_toml(new)
        for way, value in settings.items():
            _set(wanted, way, value)
            new = _changed(new, way, value)
        right = parse_toml(new) == wanted
    except (
        TOMLKitError,
        TomlError,
        AttributeError,
        TypeError,
    ):
        right = False
    if not right:
        raise ValueError("the file is written in a way that cannot be added to")
    return bom + (new.replace("\n", "\r\n") if crlf else new)


def _set(holder: dict[str, Any], way: Way, value: str | Sequence[str]) -> None:
    """What the change has to mean. Raises TypeError where it would replace a list or a table."""
    for key in way[:-1]:
        holder = holder.setdefault(key, {})
    have = holder.get(way[-1], "" if isinstance(value, str) else [])
    if isinstance(have, dict) or isinstance(have, list) == isinstance(value, str):
        raise TypeError(have)
    holder[way[-1]] = value if isinstance(value, str) else [*have, *_missing(have, value)]


def _missing(have: Sequence[Any], value: Sequence[str]) -> list[str]:
    return [item for item in value if item not in have]


def _changed(text: str, way: Way, value: str | Sequence[str]) -> str:
    """The text with one setting changed or added: to its table if there is one, else in a new table at the end."""
    document = tomlkit.parse(text)
    if tomlkit.dumps(document) != text:
        raise TypeError(text)  # it moves parts of an array of tables together
    holder: Any = document
    for key in way[:-1]:
        if key not in holder:
            return _with_table(text, way, value)
        holder = holder[key]
    name = way[-1]
    if name in holder and not isinstance(value, str):
        holder[name].extend(_missing(holder[name], value))
    elif name not in holder and isinstance(holder, InlineTable):
        holder.append(name, value)
    elif name not in holder and isinstance(holder, Table):
        _insert(holder.value.body, name, value, is_last=False)
    elif name not in holder and holder is document:
        _insert(document.body, name, value, is_last=True)
    else:
        holder[name] = value
    return tomlkit.dumps(document)


def _with_table(text: str, way: Way, value: str | Sequence[str]) -> str:
    table: Any = value
    for key in reversed(way):
        table = {key: table}
    return (f"{text.rstrip()}\n\n" if text.strip() else "") + tomlkit.dumps(table)


def _insert(
    body: list[tuple[Key | None, Item]], name: str, value: str | Sequence[str], *, is_last: bool
) -> None:
    """Add a line after the last one of a table itself, before the tables in it and after it.

    Comments that touch the next table are about that. `is_last` says that none comes after the body.
    """
    tables = (
        i for i, (key, item) in enumerate(body) if isinstance(item, Table | AoT) and not _is_dotted(key)
    )
    at = end = next(tables, len(body))
    while at and isinstance(body[at - 1][1], Comment) and not (is_last and end == len(body)):
        at -= 1
    while at and isinstance(body[at - 1][1], Whitespace):
        at -= 1
    item = tomlkit.item(value)
    item.trivia.indent = body[at - 1][1].trivia.indent if at else ""
    item.trivia.trail = "\n" if at or at == len(body) or isinstance(body[at][1], Whitespace) else "\n\n"
    body.insert(at, (tomlkit.key(name), item))


def _is_dotted(key: Key | None) -> bool:
    return key is not None and key.is_dotted()
