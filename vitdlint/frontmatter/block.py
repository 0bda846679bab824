"""The nouns of front matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

Pointer = tuple[str | int, ...]
"""The way to a value: keys and indices, outermost first. The empty pointer is the whole block."""


class Problem(NamedTuple):
    """Something wrong with the block itself, at a place in the page's text."""

    kind: str
    """syntax (Hugo's build fails or the block is not read), duplicate-key (Hugo may take either, silently), or misread
    (Hugo silently reads something else than people do)."""
    start: int
    end: int
    message: str
    """What is wrong, in one sentence for a person who is not a programmer."""
    help: str = ""
    """What to type instead, if anybody can say."""
    first_start: int = -1
    """For a duplicate key: where the same key appeared first."""
    first_end: int = -1
    pointer: Pointer = ()
    """For a duplicate key: its way."""

    @property
    def words(self) -> str:
        """Message and help on one line, for reports that have no place for help."""
        return f"{self.message}: {self.help}" if self.help else self.message


class Place(NamedTuple):
    """Where a value and its key are in the text; the key's offsets are -1 for an item of an array."""

    start: int
    end: int
    key_start: int = -1
    key_end: int = -1

    def span(self, *, key: bool) -> tuple[int, int]:
        """From where to where, of the value or, if it has one and that is wanted, of its key."""
        return (self.key_start, self.key_end) if key and self.key_start >= 0 else (self.start, self.end)


class FrontMatter(NamedTuple):
    """A page's front matter.

    `data` holds plain values (str, int, float, bool, None, list, dict); dates are strings as written, except that
    nothing is ever a `datetime`. Keys are as written (Hugo compares them without case: use `get`). For no or
    unreadable front matter `data` is empty.
    """

    kind: str
    """json, yaml, toml, org, or '' for none."""
    start: int
    """Where the block begins in the page's text, delimiter included."""
    end: int
    """Where the body begins."""
    source: str
    """The block's text, `text[start:end]`; places are found in it on demand."""
    data: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()

    @classmethod
    def broken(cls, kind: str, start: int, source: str, at: int, end: int, message: str) -> FrontMatter:
        """A block at `start` that cannot be read, with what is wrong from `at` to `end`."""
        return cls(kind, start, start + len(source), source, {}, (Problem("syntax", at, end, message),))

    def key(self, name: str) -> str | None:
        """The key as written that Hugo takes for the lower-case `name`.

        A spelling with capitals beats the lower-case one (Hugo 0.168, which chooses at random among several
        capitalised ones; here the last one counts).
        """
        data = self.data
        if name in data and (self.kind == "json" or len(data) == 1) and not self.problems:
            return name  # another spelling of a key in JSON is a problem; in YAML it may come with `<<`, which is none
        found = name if name in data else None
        size = len(name)
        for key in data:
            if len(key) == size and key != name and key.lower() == name:
                found = key
        return found

    def get(self, name: str) -> Any:
        """The value of the lower-case `name`, or None."""
        key = self.key(name)
        return None if key is None else self.data[key]
