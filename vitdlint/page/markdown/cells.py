"""Rows of tables: where each cell is."""

from __future__ import annotations

from ...core.lazy_re import lazy_re

DELIMITER_ROW = lazy_re(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?\s*")
"""A whole line that is the second line of a table and has at least one `|` (GitHub Flavored Markdown, 4.10)."""

_PIPE = lazy_re(r"\\.|\|")


def cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of the row `start:end`, each without the spaces around it.

    A `|` splits wherever it is, code spans included, unless a backslash is before it.
    """
    start, end = trimmed(text, start, end)
    if start < end and text[start] == "|":
        start += 1
    found: list[tuple[int, int]] = []
    at = start
    for match in _PIPE.finditer(text, start, end):
        if match[0] == "|":
            found.append(trimmed(text, at, match.start()))
            at = match.end()
    if at < end or not found:
        found.append(trimmed(text, at, end))
    return found


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without leading or trailing white space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
