"""Where every key and value of front matter is in the page's text, found only when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from .block import FrontMatter, Place, Pointer


def places(front: FrontMatter) -> Mapping[Pointer, Place]:
    """Every value's place, keys as written; the empty pointer is the whole mapping. Empty if it was not read."""
    if _is_unread(front):
        return {}
    return _places(front.kind, front.start, front.source)


def all_places(front: FrontMatter) -> Iterator[tuple[Pointer, Place]]:
    """Every value's place; a repeated key comes each time."""
    if not _is_unread(front):
        yield from _all_places(front.kind, front.start, front.source)


def _is_unread(front: FrontMatter) -> bool:
    """Whether a syntax problem, which comes first, has kept the block from being read."""
    return bool(front.problems) and front.problems[0].kind == "syntax"


@lru_cache(maxsize=4)  # a page's findings ask one after the other
def _places(kind: str, at: int, source: str) -> Mapping[Pointer, Place]:
    return MappingProxyType(dict(_all_places(kind, at, source)))


def _all_places(kind: str, at: int, source: str) -> Iterator[tuple[Pointer, Place]]:
    for pointer, place in scan(kind, source):
        yield pointer, Place(*(at + offset if offset >= 0 else -1 for offset in place)) if at else place


def find(front: FrontMatter, pointer: Pointer, *, key: bool = False) -> tuple[int, int]:
    """Offsets of a value as written (quotes included), or of its key; the block's first character if it is not there.

    The first element is a lower-case name as Hugo reads it, or a key as written; the rest is taken as written.
    """
    if len(pointer) == 1 and not front.problems:  # it is there once: no look at what comes after it
        wanted = written(front, pointer)
        place = next((place for found, place in all_places(front) if found == wanted), None)
    else:
        place = place_of(front, pointer) if pointer else None
    if place is not None and (not key or place.key_start >= 0):
        return place.span(key=key)
    return front.start, min(front.start + 1, front.end)


def place_of(front: FrontMatter, pointer: Pointer) -> Place | None:
    """The place of a value, or None if it is not there; the pointer as for `find`."""
    return places(front).get(written(front, pointer))


def value_at(front: FrontMatter, pointer: Pointer) -> Any:
    """The value at a pointer (as for `find`), or None if it is not there."""
    value: Any = front.data
    for step in written(front, pointer):
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def written(front: FrontMatter, pointer: Pointer) -> Pointer:
    """The pointer with its first name as it is written in the page."""
    if not pointer or not isinstance(pointer[0], str) or pointer[0] != pointer[0].lower():
        return pointer
    key = front.key(pointer[0])
    return pointer if key is None else (key, *pointer[1:])


def scan(kind: str, source: str) -> Iterator[tuple[Pointer, Place]]:
    """Every value of a block of that format, with offsets in its own text; a repeated key comes each time."""
    if kind == "json":
        from .json_places import scan as spots  # a site uses one format; the others are not loaded
    elif kind == "yaml":
        from .yaml_places import scan as spots
    elif kind == "toml":
        from .toml_places import scan as spots
    elif kind == "org":
        from .org_block import scan as spots
    else:
        return iter(())
    return spots(source)
