"""Org keywords (`#+TITLE: …`) at the top of a page."""

from __future__ import annotations

from collections.abc import Iterator

from .block import FrontMatter, Place, Pointer


def read_org(text: str, start: int) -> FrontMatter:
    """The run of lines that begin with `#+`; keys in lower case, values as strings.

    Hugo 0.168: `#+KEY[]: a b` is a list split on spaces, and `#+tags:`, `#+aliases:` and the like stay strings.
    """
    end = start
    data: dict[str, object] = {}
    while text.startswith("#+", end):
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop + 1
        key, colon, value = text[end + 2 : stop].partition(":")
        name = key.strip().lower()
        if colon and name.endswith("[]"):
            data[name[:-2]] = value.split()
        elif colon:
            data[name] = value.strip()
        end = stop
    return FrontMatter("org", start, end, text[start:end], data)


def scan(source: str) -> Iterator[tuple[Pointer, Place]]:
    """Each keyword with its value."""
    at = 0
    for line in source.splitlines(keepends=True):
        key, colon, value = line[2:].partition(":")
        name = key.strip().lower().removesuffix("[]")
        start = at + 3 + len(key) + len(value) - len(value.lstrip())
        if colon:
            yield (name,), Place(start, start + len(value.strip()), at + 2, at + 2 + len(key))
        at += len(line)
