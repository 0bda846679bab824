"""Which entries the menus of a configuration file or of a page's front matter have, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import basename
from typing import Any, NamedTuple

from ..frontmatter.block import Pointer
from .cast import to_map

MENUS = frozenset({"menu", "menus"})


class MenuEntry(NamedTuple):
    """One entry of one menu."""

    language: str
    """The one that it is for; '' for all."""
    menu: str
    pointer: Pointer
    values: Mapping[str, Any]
    """Keys as written."""


def configured_entries(path: str, data: Mapping[str, Any]) -> Iterator[MenuEntry]:
    """The entries of all menus in a configuration file."""
    stem, _, language = basename(path).lower().rpartition(".")[0].partition(".")
    keys = {key.lower() for key in data}
    if "config" in path.split("/")[:-1] and stem in MENUS and not keys & MENUS:
        yield from menu_entries(data, (), language)
    elif stem == "languages" and "languages" not in keys:
        yield from _of_languages(data, ())
    else:
        for key, value in data.items():
            if key.lower() in MENUS:
                yield from menu_entries(value, (key,), language)
            elif key.lower() == "languages":
                yield from _of_languages(to_map(value), (key,))


def menu_entries(menus: Any, way: Pointer, language: str = "") -> Iterator[MenuEntry]:
    """The entries of these menus, which are at the end of that way."""
    for name, entries in to_map(menus).items():
        if isinstance(entries, dict):
            yield MenuEntry(language, name, (*way, name), entries)
        for i, entry in enumerate(entries) if isinstance(entries, list) else ():
            if isinstance(entry, dict):
                yield MenuEntry(language, name, (*way, name, i), entry)


def _of_languages(languages: Mapping[str, Any], way: Pointer) -> Iterator[MenuEntry]:
    for language, table in languages.items():
        for key, value in to_map(table).items():
            if key.lower() in MENUS:
                yield from menu_entries(value, (*way, language, key), language.lower())
