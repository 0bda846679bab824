"""A table row follows a blank line, so it is no longer part of the table.

A blank line ends a table. What follows is shown as plain text with its bars: `| May | 800 |`. If text was pasted row
by row with blank lines between, this happens on the whole page, so it is reported once a page.

Delete the blank lines between the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.markdown.body import Table
from ..page.markdown.cells import DELIMITER_ROW, cells, trimmed
from ..page.page import Page
from .support.wording import and_more

_GAP = lazy_re(r"(?:[ \t]*\r?\n){2,}(?=[ ]{0,3}\|)")
"""From the end of a row to the line of the next one: blank lines, and nothing else."""
_BARS = lazy_re(r"[ ]{0,3}\|(?:[^\n|]*\|)+[ \t]*\r?$", re.MULTILINE)
"""A line between bars."""
_ROW = lazy_re(rf"(?=[^\n]*[^\s|\-:]){_BARS.pattern}", re.MULTILINE)
"""One with words in it."""
_PARAGRAPH = lazy_re(r"(?:[ \t]*[^\s][^\n]*(?:\n|\Z))+")
_LINE = lazy_re(r"[^\n]+")


class _Orphans(NamedTuple):
    """The rows that blank lines cut off from one table."""

    rows: list[tuple[int, int]]
    edits: list[Edit]
    fit: bool
    """Whether the table has room for all of them."""


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """The first row that is separated from its table, and how many more there are."""
    tables = page.body.tables
    if not tables or "|" not in page.body.prose:
        return
    found = [orphans for table in tables if (orphans := _orphans(page, table)).rows]
    if not found:
        return
    more = and_more(sum(len(orphans.rows) for orphans in found))
    edits = tuple(edit for orphans in found if orphans.fit for edit in orphans.edits)
    yield Finding(
        page.span(*found[0].rows[0]),
        f"this table row is shown as plain text, because a blank line cuts it off from its table{more}",
        help="delete the blank lines between the rows"
        if found[0].fit
        else "give the table's header enough columns for all rows, and delete the blank lines between them",
        fix=Fix("Delete the blank lines between the rows", edits, safe=False) if edits else None,
    )


def _orphans(page: Page, table: Table) -> _Orphans:
    """What follows a table and was a part of it: paragraphs that begin with a row."""
    text, prose = page.text, page.body.prose
    rows: list[tuple[int, int]] = []
    edits: list[Edit] = []
    fit = True
    end = trimmed(text, table.start, table.end)[1]
    while gap := _GAP.match(text, end):
        paragraph = _PARAGRAPH.match(text, gap.end())
        bars = _BARS.match(text, gap.end())
        if paragraph is None or bars is None:
            break
        first, last = trimmed(text, *bars.span())
        if prose[first] != "|" or prose[last - 1] != "|":
            break  # the next table, code, HTML
        lines = [match.span() for match in _LINE.finditer(text, *paragraph.span())]
        rows += [trimmed(text, *line) for line in lines if _ROW.match(text, line[0])]
        fit = fit and all(_fits(text, *line, table.rows[0].cells) for line in lines)
        # What is left of the gap is the end of the row's own line, as the file ends its lines.
        edits.append(Edit(page.span(text.index("\n", end) + 1, gap.end()), ""))
        end = trimmed(text, *paragraph.span())[1]
    return _Orphans(rows, edits, fit)


def _fits(text: str, start: int, end: int, columns: int) -> bool:
    """Whether a line can be a row of a table with so many columns."""
    return (
        text[start:end].lstrip(" ").startswith("|")
        and len(cells(text, start, end)) <= columns
        and DELIMITER_ROW.fullmatch(text, start, end) is None
    )


RULE = Rule(
    "VD203",
    "orphan-table-row",
    on=Page,
    check=check,
    of_page=True,
    examples=(
        Good("| Month | Dose |\n| --- | --- |\n| May | 800 |\n\n|x| is an absolute value.\n\n`| a | b |`\n"),
        Good(
            "| Month | Dose |\n| --- | --- |\n| May | 800 |\n\n| Dose | Month |\n| --- | --- |\n| 800 | May |\n"
        ),
        Bad(
            "| Month | Dose |\n| --- | --- |\n| May | 800 |\n\n| June | 400 |\n\n| July | 200 |\n\nText\n",
            at=["5:1-5:15"],
            fixed="| Month | Dose |\n| --- | --- |\n| May | 800 |\n| June | 400 |\n| July | 200 |\n\nText\n",
            unsafe=True,
        ),
        Bad(
            "| Month | Dose |\r\n| --- | --- |\r\n| May | 800 |\r\n\r\n| | |\r\n\r\n| July | 200 |\r\n",
            at=["7:1-7:15"],
            fixed="| Month | Dose |\r\n| --- | --- |\r\n| May | 800 |\r\n| | |\r\n| July | 200 |\r\n",
            unsafe=True,
        ),
        Bad("| Month |\n| --- |\n| May |\n\n| June | 400 |\n\n| July | 200 |\n", at=["5:1-5:15"]),
    ),
)
