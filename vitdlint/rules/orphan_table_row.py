"""A table row stands after a blank line, so it is no longer part of the table.

A blank line ends a table. What follows is shown as plain text with its bars: `| May | 800 |`. Text that was pasted
row by row with blank lines between ends up like this for a whole page, so this is told once a page.

Delete the blank lines between the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..markdown.cells import cells, trimmed
from ..model import Edit, Finding, Fix
from ..page import Page
from ..rule import Bad, Good, NoOptions, Rule

_ROW = re.compile(r"(?m)^[ ]{0,3}\|(?=[^\n]*[^\s|\-:])[^\n|]*\|(?:[^\n|]*\|)*[ \t]*\r?$")
_ENDS = re.compile(r"[ \t]*\r?(?:\n[ \t]*(?:\r?\n|\||\Z)|\Z)")
"""After a row: nothing that would become a row as well."""


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """The first row that is separated from its table, and how many more there are."""
    tables = page.body.tables
    if not tables or "|" not in page.body.prose:
        return
    text, prose = page.text, page.body.prose
    rows: list[tuple[int, int]] = []
    edits: list[Edit] = []
    following = 0  # the table after the match
    end, columns = -1, 0  # where the table and its orphans so far end; how many cells fit
    fit = True
    for match in _ROW.finditer(text, tables[0].end):
        start, stop = trimmed(text, *match.span())
        while following < len(tables) and tables[following].end <= start:
            end, columns = tables[following].end, tables[following].rows[0].cells
            following += 1
        if prose[start] != "|" or prose[stop - 1] != "|" or start < end or text[end:start].strip():
            continue
        rows.append((start, stop))
        fit = fit and len(cells(text, start, stop)) <= columns and _ENDS.match(text, stop) is not None
        if text.count("\n", end, start) > 1:
            edits.append(Edit(page.span(end, start), "\n"))
        end = stop
    if not rows:
        return
    more = f" (and {len(rows) - 1} more on this page)" if len(rows) > 1 else ""
    yield Finding(
        page.span(*rows[0]),
        f"this table row is shown as plain text, because a blank line cuts it off from its table{more}",
        help="delete the blank lines between the rows"
        if fit
        else "give the table's header enough columns for all rows, and delete the blank lines between them",
        fix=Fix("Delete the blank lines between the rows", tuple(edits), safe=False) if fit else None,
    )


RULE = Rule(
    "VD203",
    "orphan-table-row",
    on=Page,
    check=check,
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
        Bad("| Month |\n| --- |\n| May |\n\n| June | 400 |\n\n| July | 200 |\n", at=["5:1-5:15"]),
    ),
)
