"""Where every key and value of a TOML block is. The values themselves come from `tomli`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from ..core.toml import parse_toml
from .block import Place, Pointer
from .lines import after_line_end

_SPACES = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"|'[^'\n]*+'""")
_SCALAR = re.compile(
    r'''"""(?:[^"\\]++|\\.|"{1,2}(?!"))*"{3,5}'''
    r"""|'''(?:[^']++|'{1,2}(?!'))*'{3,5}"""
    r"""|"(?!"")[^"\\\n]*+(?:\\.[^"\\\n]*+)*"|'(?!'')[^'\n]*+'"""
    r"""|[^\s,\[\]{}#"'][^\s,\[\]{}#]*(?: [0-9]{2}:[^\s,\[\]{}#]+)?""",
    re.DOTALL,
)


class _Stop(Exception):  # noqa: N818  # it ends the scan, and is not an error anybody sees
    """The text is not TOML from here on."""


def scan(source: str) -> Iterator[tuple[Pointer, Place]]:
    """Every value of a block; a repeated key comes each time. A table is where its header is.

    Tables that exist only as a part of a dotted name come last. Stops quietly where the block is not well-formed.
    """
    scanner = _Scanner(source)
    with suppress(_Stop, RecursionError):
        scanner.document(after_line_end(source, 3))
    yield from scanner.found
    defined = {pointer for pointer, _ in scanner.found}
    yield from (implied for implied in scanner.implied.items() if implied[0] not in defined)


class _Scanner:
    def __init__(self, source: str) -> None:
        self.source = source
        self.found: list[tuple[Pointer, Place]] = []
        self.implied: dict[Pointer, Place] = {}
        self.tables: dict[Pointer, int] = {}
        """How many tables each array of tables has so far."""

    def document(self, at: int) -> None:
        here: Pointer = ()
        self.emit((), at, len(self.source))
        while True:
            at = self.skip(_GAP, at)
            if at >= len(self.source) or self.source.startswith("+++", at):
                return
            if self.source[at] == "[":
                here, at = self.header(at)
            else:
                at = self.pair(at, here)

    def header(self, at: int) -> tuple[Pointer, int]:
        begin = at
        is_array = self.source.startswith("[[", at)
        steps, at = self.name(at + (2 if is_array else 1))
        at = self.skip(_SPACES, at)
        brackets = "]]" if is_array else "]"
        if not self.source.startswith(brackets, at):
            raise _Stop
        at += len(brackets)
        pointer: Pointer = ()
        for step, start, end in steps[:-1]:
            pointer = (*pointer, step)
            self.implied.setdefault(pointer, Place(begin, at, start, end))
            if pointer in self.tables:
                pointer = (*pointer, self.tables[pointer] - 1)
        step, start, end = steps[-1]
        pointer = (*pointer, step)
        if not is_array:
            self.emit(pointer, begin, at, start, end)
            return pointer, at
        index = self.tables.get(pointer, 0)
        self.tables[pointer] = index + 1
        if index == 0:
            self.emit(pointer, begin, at, start, end)
        pointer = (*pointer, index)
        self.emit(pointer, begin, at)
        return pointer, at

    def pair(self, at: int, here: Pointer) -> int:
        """One `key = value`; gives where it ends."""
        begin = at
        steps, at = self.name(at)
        at = self.skip(_SPACES, at)
        if not self.source.startswith("=", at):
            raise _Stop
        at = self.skip(_SPACES, at + 1)
        pointer = (*here, *(step for step, _, _ in steps))
        _, key_start, key_end = steps[-1]
        end = self.value(at, pointer, key_start, key_end)
        for count, (_, start, stop) in enumerate(steps[:-1], 1):
            prefix = pointer[: len(here) + count]
            self.implied.setdefault(prefix, Place(begin, end, start, stop))
        return end

    def name(self, at: int) -> tuple[list[tuple[str, int, int]], int]:
        """A dotted name: its parts with their places, and where it ends."""
        parts: list[tuple[str, int, int]] = []
        while True:
            at = self.skip(_SPACES, at)
            found = _KEY.match(self.source, at)
            if not found:
                raise _Stop
            parts.append((_text(found.group()), *found.span()))
            at = found.end()
            after = self.skip(_SPACES, at)
            if not self.source.startswith(".", after):
                return parts, at
            at = after + 1

    def value(self, at: int, pointer: Pointer, key_start: int = -1, key_end: int = -1) -> int:
        """One value of any kind; gives where it ends."""
        begin = at
        opener = self.source[at : at + 1]
        if opener not in {"[", "{"}:
            found = _SCALAR.match(self.source, at)
            if not found:
                raise _Stop
            self.emit(pointer, begin, found.end(), key_start, key_end)
            return found.end()
        closer = "]" if opener == "[" else "}"
        at = self.skip(_GAP, at + 1)
        index = 0
        while not self.source.startswith(closer, at):
            if at >= len(self.source) or self.source.startswith("+++", at):
                raise _Stop
            at = self.value(at, (*pointer, index)) if opener == "[" else self.pair(at, pointer)
            index += 1
            at = self.skip(_GAP, at)
            if self.source.startswith(",", at):
                at = self.skip(_GAP, at + 1)
            elif not self.source.startswith(closer, at):
                raise _Stop
        self.emit(pointer, begin, at + 1, key_start, key_end)
        return at + 1

    def emit(self, pointer: Pointer, *offsets: int) -> None:
        self.found.append((pointer, Place(*offsets)))

    def skip(self, pattern: re.Pattern[str], at: int) -> int:
        found = pattern.match(self.source, at)
        return found.end() if found else at


def _text(key: str) -> str:
    """The name that a key as written means."""
    if key[0] == "'":
        return key[1:-1]
    if key[0] == '"':
        return next(iter(parse_toml(f"{key} = 0"))) if "\\" in key else key[1:-1]
    return key
