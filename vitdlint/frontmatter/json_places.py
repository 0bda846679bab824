"""Where every key and value of a JSON block is. The values themselves come from the standard library."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..core.lazy_re import lazy_re
from .block import Place, Pointer

_TOKEN = lazy_re(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],]|[^ \t\r\n{}\[\],:"]+', re.DOTALL)


@dataclass(slots=True)
class _Open:
    """An array or object that is not closed yet."""

    pointer: Pointer
    start: int
    key_start: int
    key_end: int
    index: int
    """Of the next item; -1 in an object."""


def scan(source: str) -> Iterator[tuple[Pointer, Place]]:
    """Every value of a valid JSON text, a container after its content; a repeated key comes each time."""
    stack: list[_Open] = []
    here: _Open | None = None
    pointer: Pointer = ()
    key_start = key_end = -1
    wants_key = False
    for found in _TOKEN.finditer(source):
        mark = found.group()
        start, end = found.span()
        if mark == ",":
            wants_key = here is not None and here.index < 0
        elif mark in {"}", "]"}:
            if here is None:
                return
            yield here.pointer, Place(here.start, end, here.key_start, here.key_end)
            stack.pop()
            here = stack[-1] if stack else None
            if here is None:
                return
            wants_key = False
        elif wants_key and here is not None and mark != "}":
            name = json.loads(mark, strict=False) if "\\" in mark else mark[1:-1]
            pointer = (*here.pointer, name)
            key_start, key_end = start, end
            wants_key = False
        else:
            if here is not None and here.index >= 0:
                pointer = (*here.pointer, here.index)
                key_start = key_end = -1
                here.index += 1
            if mark in {"{", "["}:
                here = _Open(pointer, start, key_start, key_end, 0 if mark == "[" else -1)
                stack.append(here)
                wants_key = mark == "{"
            else:
                yield pointer, Place(start, end, key_start, key_end)
