"""Stretches of a page as a terminal can show them: cut around the place, escaped, measured in cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len

from ..core.model import Place
from ..core.visible import visible

TAB = "    "
MORE = "…"


class Line(NamedTuple):
    """One line of a file, ready to print, and what to mark on it."""

    number: int
    """0 marks lines left out."""
    text: str
    indent: int
    """Cells before the marked stretch."""
    width: int
    """Cells of the marked stretch; at least one."""


def printable(text: str) -> str:
    """The text as one line: tabs as four spaces, everything that could steer a terminal as an escape."""
    return visible(text.replace("\t", TAB) if "\t" in text else text)


def cut(text: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """A line cut to `width` cells so that the stretch from `start` to `end` is in view.

    Returns what to print, and the stretch's indent and width in cells. Looks at no more of the line than is shown.
    """
    left, marked, right = (
        text[max(0, start - width) : start],
        text[start : min(end, start + width)],
        text[end : end + width],
    )
    before, middle, after = printable(left), printable(marked), printable(right)
    cells = cell_len(before), cell_len(middle), cell_len(after)
    whole = start <= width and end - start <= width and len(text) - end <= width
    if whole and sum(cells) <= width:
        return before + middle + after, cells[0], max(1, cells[1])
    room = max(0, width - cells[1])
    want = min(cells[0], room // 3 if cells[2] > room // 2 else room - cells[2] - 1)
    if start > width or want < cells[0]:
        before = MORE + _head(reversed(left), max(0, want - 1), backwards=True)
    space = width - cell_len(before)
    if cells[1] > space - 1:
        middle, after = _head(marked, space - 1), MORE
    elif len(text) - end > width or cells[1] + cells[2] > space:
        after = _head(right, space - cells[1] - 1) + MORE
    return before + middle + after, cell_len(before), max(1, cell_len(middle))


def _head(characters: Iterable[str], width: int, *, backwards: bool = False) -> str:
    """As many of the characters, made printable, as fit into `width` cells; never half an escape."""
    taken: list[str] = []
    for character in characters:
        piece = printable(character)
        width -= cell_len(piece)
        if width < 0:
            break
        taken.append(piece)
    return "".join(reversed(taken) if backwards else taken)


def bounds(text: str, offset: int) -> tuple[int, int]:
    """Where the line around an offset begins and ends, without its line end."""
    offset = min(offset, len(text))
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    if end > start and text[end - 1] == "\r":
        end -= 1
    return start, end


def excerpt(text: str, place: Place, width: int) -> Iterator[Line]:
    """The lines that a place covers: all of up to four, else the first two and the last."""
    last = max(place.line, place.end_line)
    if last > place.line and place.end_column == 1:
        last -= 1  # the stretch ends with a line end: nothing of the next line is meant
    offset = min(place.start, len(text))
    end = max(offset, min(place.end, len(text)))
    for number in range(place.line, min(last, place.line + (3 if last - place.line < 4 else 1)) + 1):
        start, stop = bounds(text, offset)
        yield Line(
            number, *cut(text[start:stop], max(0, offset - start), max(0, min(end, stop) - start), width)
        )
        offset = text.find("\n", offset) + 1
        if offset == 0 or offset > end:
            return
    if last - place.line >= 4:
        start, stop = bounds(text, end)
        if end == start > 0:
            start, stop = bounds(text, end - 1)
        yield Line(0, MORE, 0, 0)
        yield Line(last, *cut(text[start:stop], 0, max(0, min(end, stop) - start), width))
