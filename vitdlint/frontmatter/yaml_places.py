"""Where every key and value of a YAML block is, by the parser's own marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import yaml

from .block import Place, Pointer
from .yaml_events import events, tolerant, without_placeholders
from .yaml_text import content_of

_PROPERTIES = re.compile(r"(?:[&!][^ \t\r\n,\[\]{}]*[ \t\r\n]*)+")


class _Open:
    """A list or mapping that is not closed yet."""

    __slots__ = ("index", "key", "key_end", "key_start", "pointer", "start", "value_key")

    def __init__(self, pointer: Pointer, start: int, index: int, value_key: tuple[int, int]) -> None:
        self.pointer = pointer
        self.start = start
        self.index = index
        self.value_key = value_key
        self.key: str | None = None
        self.key_start = self.key_end = -1


def scan(source: str) -> Iterator[tuple[Pointer, Place]]:
    """Every value of a block, a container after its content; a repeated key comes each time.

    An alias is where it is written, with nothing below it; the values that `<<` merges in have no place.
    Stops quietly where the block is not well-formed.
    """
    first, last = content_of(source)
    content = source[first:last]
    count = 0
    try:
        for spot in _spots(content, first):
            count += 1
            yield spot
    except (yaml.YAMLError, RecursionError):
        with suppress(yaml.YAMLError, RecursionError):
            yield from islice(_spots(tolerant(content), first), count, None)


def _spots(content: str, offset: int) -> Iterator[tuple[Pointer, Place]]:
    stack: list[_Open] = []
    for event in events(content):
        kind = event.__class__
        if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            done = stack.pop()
            end = _trimmed(content, done.start, event.end_mark.index)
            yield done.pointer, Place(offset + done.start, offset + end, *done.value_key)
            continue
        is_list, is_map = kind is yaml.SequenceStartEvent, kind is yaml.MappingStartEvent
        if not (is_list or is_map or kind is yaml.ScalarEvent or kind is yaml.AliasEvent):
            continue
        here = stack[-1] if stack else None
        start, end = event.start_mark.index, event.end_mark.index
        if here is not None and here.index < 0 and here.key is None:
            if is_list or is_map:
                return  # not front matter: reading it has already failed
            here.key = _name(event, content) if kind is yaml.ScalarEvent else event.anchor
            here.key_start, here.key_end = _value(content, start, end, event)
            continue
        pointer, key = _enter(here, offset)
        start, end = _value(content, start, end, event)
        if is_list or is_map:
            stack.append(_Open(pointer, start, 0 if is_list else -1, key))
        else:
            yield pointer, Place(offset + start, offset + end, *key)


def _name(event: Any, content: str) -> str:
    """A key as it is read."""
    return without_placeholders(event.value if event.style else event.value.replace("\t", ""), content)


def _enter(here: _Open | None, offset: int) -> tuple[Pointer, tuple[int, int]]:
    """The pointer and the key's place of the value that comes next."""
    if here is None:
        return (), (-1, -1)
    if here.index >= 0:
        here.index += 1
        return (*here.pointer, here.index - 1), (-1, -1)
    key, here.key = here.key, None
    return (*here.pointer, key or ""), (offset + here.key_start, offset + here.key_end)


def _value(content: str, start: int, end: int, event: Any) -> tuple[int, int]:
    """A value's place without its anchor and tag."""
    found = _PROPERTIES.match(content, start, end) if event.__class__ is not yaml.AliasEvent else None
    if found and (getattr(event, "anchor", None) or getattr(event, "tag", None)):
        start = found.end()
    return start, _trimmed(content, start, end) if event.__class__ is yaml.ScalarEvent else end


def _trimmed(content: str, start: int, end: int) -> int:
    """The end without the spaces and line ends that a block's mark takes in."""
    while end > start and content[end - 1] in " \t\r\n":
        end -= 1
    return end
