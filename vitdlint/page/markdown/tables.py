"""goldmark's tables: a paragraph with a delimiter row in it turns into one."""

from __future__ import annotations

from typing import NamedTuple

from ...core.lazy_re import lazy_re
from .parts import Span

_DELIMITER_ROW = lazy_re(r"[ \t]{0,3}[-|: \t]*\n?\Z")
_DELIMITER_CELL = lazy_re(r"[ \t]*:?-+:?[ \t]*\Z")
_PIPE = lazy_re(r"(?<!\\)\|")


class Rows(NamedTuple):
    """A table found among the lines of a paragraph."""

    before: int
    """How many lines are before the header and stay a paragraph."""
    rows: list[Span]
    cells: list[Span]
    """What is published: cells beyond the header's are dropped."""


def cell_spans(source: str, start: int, end: int) -> list[Span]:
    """Where the cells of the row are: it is cut at each `|` without a backslash before it, even within code."""
    while start < end and source[start] in " \t\n\r\f\v":
        start += 1
    while end > start and source[end - 1] in " \t\n\r\f\v":
        end -= 1
    position = start + 1 if source.startswith("|", start, end) else start
    limit = end - 1 if end > start and source[end - 1] == "|" else end
    cells: list[Span] = []
    while position < limit:
        pipe = _PIPE.search(source, position, limit)
        stop = limit if pipe is None else pipe.start()
        cells.append((position, stop))
        position = stop + 1
    return cells


def find(source: str, lines: list[Span]) -> Rows | None:
    """The table in the paragraph of these lines, or None."""
    for index in range(1, len(lines)):
        start, end = lines[index]
        columns = delimiter_columns(source[start : end + 1])
        if not columns:
            continue
        header = cell_spans(source, *lines[index - 1])
        if len(header) > columns:
            return None
        rows = [lines[index - 1], *lines[index + 1 :]]
        cells = [cell for row in rows for cell in cell_spans(source, *row)[:columns]]
        return Rows(index - 1, rows, [_stripped(source, *cell) for cell in cells])
    return None


def delimiter_columns(line: str) -> int:
    """How many columns the delimiter row has; 0 if it is none.

    Hyphens alone are one only with the line feed after them, which goldmark takes for a separator.
    """
    if _DELIMITER_ROW.match(line) is None or not line.strip("-"):
        return 0
    cells = line.rstrip("\n").split("|")
    if not cells[0].strip():
        del cells[0]
    if cells and not cells[-1].strip():
        del cells[-1]
    return len(cells) if all(map(_DELIMITER_CELL.match, cells)) else 0


def _stripped(source: str, start: int, end: int) -> Span:
    while start < end and source[start] in " \t\n\r\f\v":
        start += 1
    while end > start and source[end - 1] in " \t\n\r\f\v":
        end -= 1
    return start, end
