"""Org keywords (`#+TITLE: …`) at the top of a page."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from .block import FrontMatter, Place, Pointer

_DATES = frozenset(("date", "lastmod", "publishdate", "expirydate"))
_TIMESTAMP = lazy_re(r"[<\[](\d{4}-\d{2}-\d{2}) .*[>\]]")


def read_org(text: str, start: int) -> FrontMatter:
    """The run of lines that begin with `#+`; keys in lower case.

    Hugo 0.168: `#+KEY[]: a b` is a list split on spaces, several lines of one key are a list of their values, and so is
    `#+FILETAGS: :a:b:`. Of the timestamp of a date, `<2026-01-31 Sat>`, it takes the day. All others, `#+tags:` too, are strings.
    """
    end = start
    written: dict[str, str] = {}
    while text.startswith("#+", end):
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop + 1
        key, colon, value = text[end + 2 : stop].partition(":")
        name = key.strip().lower()
        if colon and not value[:1].strip():  # after the colon is a space or nothing
            written[name] = f"{written[name]}\n{value.strip()}" if name in written else value.strip()
        end = stop
    data = {name.removesuffix("[]"): _value(name, value) for name, value in written.items()}
    return FrontMatter("org", start, end, text[start:end], data)


def _value(name: str, value: str) -> object:
    if name.endswith("[]"):
        return value.split()
    if "\n" in value:
        return value.split("\n")
    if name == "filetags":
        return value.removeprefix(":").removesuffix(":").split(":")
    timestamp = _TIMESTAMP.search(value) if name in _DATES else None
    return value if timestamp is None else timestamp[1]


def scan(source: str) -> Iterator[tuple[Pointer, Place]]:
    """Each keyword with its value."""
    at = 0
    for line in source.splitlines(keepends=True):
        key, colon, value = line[2:].partition(":")
        name = key.strip().lower().removesuffix("[]")
        start = at + 3 + len(key) + len(value) - len(value.lstrip())
        if colon and not value[:1].strip():
            yield (name,), Place(start, start + len(value.strip()), at + 2, at + 2 + len(key))
        at += len(line)
