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
        right = tomlkit.dumps(tomlkit.parse(new)) == new  # it moves the parts of an array of tables together
        for way, value in settings.items():
            _set(wanted, way, value)
            new = _changed(new, way, value)
        right = right and parse_toml(new) == wanted
    except (TOMLKitError, TomlError, AttributeError, TypeError):
        right = False
    if not right:
        raise ValueError("the file is written in a way that cannot be added to")
    return bom + (new.replace("\n", "\r\n") if crlf else new)


def _set(holder: dict[str, Any], way: Way, value: str | Sequence[str]) -> None:
    """What the change has to mean. Raises TypeError where it would replace a list or a table."""
    for key in way[:-1]:
        holder = holder.setdefault(key, {})
    have = holder.get(way[-1], type(value)())
    if isinstance(have, dict) or isinstance(have, list | tuple) == isinstance(value, str):
        raise TypeError(have)
    holder[way[-1]] = value if isinstance(value, str) else [*have, *(v for v in value if v not in have)]


def _changed(text: str, way: Way, value: str | Sequence[str]) -> str:
    """The text with one setting changed or added: to its table if there is one, else in a new table at the end."""
    document = tomlkit.parse(text)
    holder: Any = document
    *above, name = way
    for key in above:
        if key not in holder:
            table: Any = value
            for step in reversed(way):
                table = {step: table}
            return (f"{text.rstrip()}\n\n" if text.strip() else "") + tomlkit.dumps(table)
        holder = holder[key]
    if name in holder and not isinstance(value, str):
        holder[name].extend(v for v in value if v not in holder[name])
    elif name not in holder and isinstance(holder, InlineTable):
        holder.append(name, value)
    elif name not in holder and not above:
        _insert(document.body, name, value, is_last=True)
    elif name not in holder and isinstance(holder, Table):
        _insert(holder.value.body, name, value, is_last=False)
    else:
        holder[name] = value
    return tomlkit.dumps(document)


def _insert(
    body: list[tuple[Key | None, Item]], name: str, value: str | Sequence[str], *, is_last: bool
) -> None:
    """Add a line after the last one of a table itself, before the tables in it and after it.

    Comments that touch the next table are about that. `is_last` says that none comes after the body.
    """
    tables = (i for i, (key, item) in enumerate(body) if isinstance(item, Table | AoT))
    at = end = next((i for i in tables if not body[i][0].is_dotted()), len(body))  # type: ignore[union-attr]  # has a key
    while at and isinstance(body[at - 1][1], Comment) and not (is_last and end == len(body)):
        at -= 1
    while at and isinstance(body[at - 1][1], Whitespace):
        at -= 1
    item = tomlkit.item(value)
    item.trivia.indent = body[at - 1][1].trivia.indent if at else ""
    item.trivia.trail = "\n" if at or at == len(body) or isinstance(body[at][1], Whitespace) else "\n\n"
    body.insert(at, (tomlkit.key(name), item))
