"""Stretches of pages for the report: the place of a finding in its line, and the lines of a fix before and after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ...core.model import Place, PlacedEdit, PlacedFix
from ...core.visible import visible
from ...external.urls import covered
from ..excerpt import MORE, bounds

_AROUND = 90
"""Characters that are shown before a place, and after it."""
_MARKED = 400
"""Characters of the place itself."""
_LINES = 6
_EDITS = 5


class Excerpt(NamedTuple):
    """A place with what is around it on its lines."""

    before: str
    marked: str
    after: str


NONE = Excerpt("", "", "")


def published(text: str) -> str:
    """A text as the report may show it: without secrets of URLs, and with nothing that hides itself or others."""
    return visible(covered(text))


def excerpt(text: str, place: Place) -> Excerpt:
    """The place in its line, cut to a readable length."""
    return _excerpt(text, place.start, place.end)


def fix(found: PlacedFix, text_of: Callable[[str], str | None], shown: Callable[[str], str]) -> list[Any]:
    """Title, safe (1 or 0), edits (path, line, before, old, new, after), and how many edits are not shown."""
    edits = [_edit(edit, text_of, shown) for edit in found.edits[:_EDITS]]
    return [published(found.title), int(found.safe), edits, max(0, len(found.edits) - _EDITS)]


def _edit(
    edit: PlacedEdit, text_of: Callable[[str], str | None], shown: Callable[[str], str]
) -> tuple[str, int, str, str, str, str]:
    text = text_of(edit.place.path)
    around = NONE if text is None else excerpt(text, edit.place)
    new = _lines(covered(edit.text[:_MARKED])) + (MORE if len(edit.text) > _MARKED else "")
    path = visible(shown(edit.place.path))
    return path, edit.place.line, around.before, around.marked, new, around.after


def _excerpt(text: str, start: int, end: int) -> Excerpt:
    start, end = min(start, len(text)), min(max(start, end), len(text))
    first, last_of_first = bounds(text, start)
    # A stretch that ends with a line end means nothing of the next line.
    inner = end - 1 if end > start and text[end - 1] == "\n" else end
    last = last_of_first if inner <= last_of_first else bounds(text, inner)[1]
    before = text[max(first, start - _AROUND) : start]
    if start - _AROUND > first:
        before = MORE + before
    marked, after = text[start:inner], text[inner : min(last, inner + _AROUND)]
    if len(marked) > _MARKED:
        marked, after = marked[:_MARKED], MORE
    elif inner + _AROUND < last:
        after += MORE
    return Excerpt(_lines(before), _lines(marked), _lines(after))


def _lines(text: str) -> str:
    """The text with every character that could hide itself or others as an escape; line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\t", "    ").split("\n")
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], MORE]
    return "\n".join(map(visible, lines))
