"""A table row stands after a blank line, so it is no longer part of the table.

A blank line ends a table. What follows is shown as plain text with its bars: `| May | 800 |`. Text that was pasted
row by row with blank lines between ends up like this for a whole page, so this is told once a page.

Delete the blank lines between the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Edit, Finding, Fix
from ..page import Page
from ..rule import Bad, Good, NoOptions, Rule

_ROW = re.compile(r"(?m)^[ ]{0,3}\|(?=[^\n]*[^\s|\-:])[^\n|]*\|(?:[^\n|]*\|)*[ \t]*\r?$")
_BLANKS = re.compile(r"(?:[ \t\r]*\n)+[ \t]*")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """The first row that is separated from its table, and how many more there are."""
    tables = page.body.tables
    if not tables or "|" not in page.body.prose:
        return
    text, prose = page.text, page.body.prose
    ends = [table.end for table in tables]
    rows: list[tuple[int, int]] = []
    gaps: list[tuple[int, int]] = []
    for match in _ROW.finditer(text, ends[0]):
        start = match.start() + len(match[0]) - len(match[0].lstrip(" "))
        if prose[start] != "|" or prose[match.end() - len(match[0]) + len(match[0].rstrip()) - 1] != "|":
            continue
        end = match.start() + len(match[0].rstrip())
        before = max((e for e in (*ends, *(e for _, e in rows[-1:])) if e <= start), default=-1)
        if before < 0:
            continue
        gap = text[before:start]
        if gap.strip() or "\n" not in gap:
            continue
        rows.append((start, end))
        if gap.count("\n") > 1:
            gaps.append((before, start))
    if not rows:
        return
    more = f" (and {len(rows) - 1} more on this page)" if len(rows) > 1 else ""
    yield Finding(
        page.span(*rows[0]),
        f"this table row is shown as plain text, because a blank line cuts it off from its table{more}",
        help="delete the blank lines between the rows",
        fix=Fix(
            "Delete the blank lines between the rows",
            tuple(Edit(page.span(start, end), "\n") for start, end in gaps),
            safe=False,
        ),
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
    ),
)
