"""Where something is wrong in a file that is not a page: the line and column, and the line itself with carets."""

from __future__ import annotations

from typing import NamedTuple

_SHOWN = 60
"""Characters of a long line that are shown before the place, of it, and after it."""


class Excerpt(NamedTuple):
    """A place in a text, and how to show it."""

    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    drawing: str
    """The line with carets under it, to print after a message; begins with a line end."""


def excerpt(text: str, start: int, end: int) -> Excerpt:
    """The place of `text[start:end]`; where that is more than one line, the first is shown."""
    number = text.count("\n", 0, start) + 1
    begin = text.rfind("\n", 0, start) + 1
    line = text[begin:].partition("\n")[0].removesuffix("\r")
    at, stop = start - begin, max(end - begin, start - begin)
    before, marked, after = line[:at], line[at:stop], line[stop:]
    if len(before) > _SHOWN:
        before = f"…{before[-_SHOWN:]}"
    if len(marked) > _SHOWN:
        marked, after = marked[:_SHOWN], "…"
    elif len(after) > _SHOWN:
        after = f"{after[:_SHOWN]}…"
    before, marked, after = _printable(before), _printable(marked), _printable(after)
    shown = (before + marked + after).rstrip()
    carets = " " * len(before) + "^" * max(1, len(marked))
    space = " " * max(2, len(str(number)))
    return Excerpt(number, at + 1, f"\n{space}|\n{number:>2}| {shown}\n{space}| {carets}")


def _printable(text: str) -> str:
    text = text.replace("\t", "    ")
    return text if text.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in text)
