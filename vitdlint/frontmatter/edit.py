"""Change one thing in a page's front matter and leave the rest as it is written, layout and all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from .block import FrontMatter, Pointer
from .places import place_of, places
from .read import read

_BARE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_NUMBER = re.compile(r"[0-9-]+(?:e[0-9]+)?\Z")


class NoEditError(ValueError):
    """The front matter is written in a way that cannot be edited so that it says just that."""


def with_item(text: str, key: str, item: str) -> str:
    """The page with one more text in the list `key` (lower case); the key is added if it is not there."""
    front = read(text)
    have = front.get(key)
    if isinstance(have, list) and item in have:
        return text
    if have is None or have == []:
        new = _with_list(text, front, key, item)
        wanted: Any = [item]
    elif isinstance(have, str):
        new = _replaced(text, front, key, f"[{_quoted(have)}, {_quoted(item)}]")
        wanted = [have, item]
    elif isinstance(have, list):
        new = _appended(text, front, key, len(have), item)
        wanted = [*have, item]
    else:
        raise NoEditError(f'"{key}" is not a list')
    return _proved(front, new, key, wanted)


def with_text(text: str, key: str, value: str) -> str:
    """The page with another text under `key` (lower case), which must be there."""
    front = read(text)
    place = place_of(front, (key,))
    if place is None:
        raise NoEditError(f'there is no "{key}"')
    bare = (
        text[place.start : place.start + 1] not in "\"'" and _BARE.match(value) and not _NUMBER.match(value)
    )
    return _proved(front, _replaced(text, front, key, value if bare else _quoted(value)), key, value)


def with_value(text: str, parse: Callable[[str], FrontMatter], pointer: Pointer, value: str) -> str:
    """A document with another text at a pointer (keys as written), quoted as the old one is, and nothing else changed.

    `parse` reads the document, a page or a whole configuration file, with places in its text.
    """
    front = parse(text)
    place = places(front).get(pointer)
    if place is None:
        raise NoEditError("the value has no place of its own")
    old = text[place.start : place.end]
    quote = old[:1] if old[:1] in ("'", '"') else ""
    if old.startswith("*"):
        raise NoEditError("the value is an alias of another")
    wanted = deepcopy(dict(front.data))
    holder: Any = wanted
    for step in pointer[:-1]:
        holder = holder[step]
    holder[pointer[-1]] = value
    for new in (_quoted(value) if quote == '"' else f"{quote}{value}{quote}", _quoted(value)):
        changed = text[: place.start] + new + text[place.end :]
        after = parse(changed)
        if not after.problems and after.data == wanted:
            return changed
    raise NoEditError("the value cannot be changed in the way it is written")


def _with_list(text: str, front: FrontMatter, key: str, item: str) -> str:
    """The page with a new key, or with something in an empty list."""
    array = f"[{_quoted(item)}]"
    if front.key(key) is not None:
        return _replaced(text, front, key, array)
    if not front.kind:
        return f"---\n{key}: {array}\n---\n{text}"
    if front.kind == "json":
        at = text.index("{", front.start) + 1
        spaces = re.compile(r"\s*").match(text, at)
        gap = spaces[0] if spaces else ""
        comma = "," if front.data else ""
        return f"{text[:at]}{gap}{json.dumps(key)}: {array}{comma}{text[at:]}"
    line = text.find("\n", front.start) + 1
    if not line or front.kind not in ("yaml", "toml"):
        raise NoEditError(f"{front.kind} front matter cannot be edited")
    end = "\r\n" if text[line - 2 : line] == "\r\n" else "\n"
    sign = ":" if front.kind == "yaml" else " ="
    return f"{text[:line]}{key}{sign} {array}{end}{text[line:]}"


def _appended(text: str, front: FrontMatter, key: str, count: int, item: str) -> str:
    """The page with an item after the last one, in the same layout: on the same line, or on one of its own."""
    last = place_of(front, (key, count - 1))
    if last is None:
        raise NoEditError(f'the last item of "{key}" cannot be found')
    line = text.rfind("\n", 0, last.start) + 1
    lead = text[line : last.start]
    end = "\r\n" if text[line - 2 : line] == "\r\n" else "\n"
    if re.fullmatch(r"[ \t]*-[ \t]+", lead):
        after = text.find("\n", last.end)
        after = len(text) if after < 0 else after
        after -= text[after - 1] == "\r"
        return f"{text[:after]}{end}{lead}{_quoted(item)}{text[after:]}"
    gap = f"{end}{lead}" if not lead.strip() else " "
    return f"{text[: last.end]},{gap}{_quoted(item)}{text[last.end :]}"


def _replaced(text: str, front: FrontMatter, key: str, new: str) -> str:
    place = place_of(front, (key,))
    if place is None:
        raise NoEditError(f'"{key}" cannot be found')
    return text[: place.start] + new + text[place.end :]


def _quoted(value: str) -> str:
    """A text as JSON, YAML and TOML all write it."""
    return json.dumps(value, ensure_ascii=False)


def _proved(front: FrontMatter, new: str, key: str, wanted: Any) -> str:
    """The new page, if its front matter says what is wanted and otherwise what it said."""
    after = read(new)
    if after.problems or after.data != {**front.data, front.key(key) or key: wanted}:
        raise NoEditError(f'"{key}" cannot be changed in the way this front matter is written')
    return new
