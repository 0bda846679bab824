"""How a place and a value are named to a person."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from ..frontmatter.block import Pointer

_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}


class Checked(NamedTuple):
    """What a schema checks, as its messages call that."""

    whole: str
    key: str
    """What has a name in it."""
    owner: str
    any_case: bool
    """Names at the top are compared without regard to case."""

    def subject(self, pointer: Pointer) -> str:
        """`title`, `item 2 of tags`, `name of item 1 of authors`, `parameter 1`; the whole for no pointer."""
        if len(pointer) == 1 and self._is_position(pointer[0]):
            return self.named(pointer[0])
        return _subject(pointer) if pointer else self.whole

    def named(self, name: str | int) -> str:
        """`the key "title"`, `parameter 1`."""
        return f"{self.key} {int(name) + 1}" if self._is_position(name) else f'the {self.key} "{name}"'

    def _is_position(self, name: str | int) -> bool:
        """Whether a parameter of a shortcode has no name: they are numbered from 0."""
        return self.key == "parameter" and str(name).isdecimal()


FRONT_MATTER = Checked("the front matter", "key", "a page", any_case=True)
CALL = Checked("the call", "parameter", "a call", any_case=False)


def _subject(pointer: Pointer) -> str:
    words: list[str] = []
    keys: list[str] = []
    for step in pointer:
        if isinstance(step, int):
            if keys:
                words.insert(0, ".".join(keys))
                keys = []
            words.insert(0, f"item {step + 1}")
        else:
            keys.append(_name(step))
    if keys:
        words.insert(0, ".".join(keys))
    return " of ".join(words)


def shown(value: Any) -> str:
    """A value in short, as JSON: text in quotes, at most 60 characters, never a control character."""
    if isinstance(value, dict | list) and len(value) > 5:
        return f"{kind_of(value)} of {len(value)}"
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=True)
    except ValueError:
        text = str(type(value).__name__)
    text = "".join(
        c if c.isprintable() else f"\\u{ord(c):04x}" if ord(c) < 0x10000 else "\ufffd" for c in text
    )
    return text if len(text) <= 60 else text[:58] + ('…"' if text.endswith('"') else "…")


def kind_of(value: Any) -> str:
    """What sort of thing a value is, in words."""
    if isinstance(value, bool):
        return "true or false"
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return "text"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "a mapping"


def kinds(types: Any) -> str:
    """The types of a schema in words: "text or a list"."""
    names = [types] if isinstance(types, str) else list(types)
    names = [name for name in names if name != "null"] or names  # leaving a value out goes without saying
    if {"string", "number", "boolean"} <= set(names):
        names = [
            name for name in names if name not in {"number", "boolean"}
        ]  # these are taken for their text
    return either(_KINDS.get(name, name) for name in names)


def either(parts: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    words = list(dict.fromkeys(parts))
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]


def _name(key: str) -> str:
    plain = key.isprintable() and key and not any(c in " \"'.[]" for c in key)
    return key if plain else shown(key)
