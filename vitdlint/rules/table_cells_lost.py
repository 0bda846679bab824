r"""A table row has more cells than the header, and the extra ones are not shown.

The header decides how many columns a table has. Hugo drops every further cell of a row without a warning, so readers
do not see text or numbers that are in the source. Often the header lacks a column, or a cell holds a `|` of its own.

Add the missing columns to the header and to the line of dashes below it, or write `\|` for a `|` that belongs to the
text. Extra cells that are empty are no loss, and are not reported; neither are rows that are too short.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.markdown.cells import cells
from ..page.page import Page
from .support.wording import cut


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Rows with text beyond the last column."""
    for table in page.body.tables:
        columns = table.rows[0].cells if table.rows else 0
        for row in table.rows[1:]:
            if row.cells <= columns:
                continue
            lost = [(s, e) for s, e in cells(page.text, row.start, row.end)[columns:] if e > s]
            if not lost:
                continue
            start, end = lost[0][0], lost[-1][1]
            shown = cut(page.text[start:end], 60)
            yield Finding(
                page.span(start, end),
                f'readers do not see "{shown}": the table has {_count(columns)}, and this row has {row.cells} cells',
                help="give the header and the line of dashes as many columns as the rows, or write \\| for a | in the text",
                cause=f"{page.path}, table at {table.start}",
            )


def _count(columns: int) -> str:
    return "one column" if columns == 1 else f"{columns} columns"


RULE = Rule(
    "VD202",
    "table-cells-lost",
    on=Page,
    check=check,
    examples=(
        Good("| Month | Dose |\n| --- | --- |\n| May | 800 | |\n| June |\n| July | 400 \\| 800 |\n"),
        Bad(
            "| Month | Dose |\n| --- | --- |\n| May | 800 |\n| June | 400 | cloudy | 12 |\n",
            at=["4:16-4:27"],
        ),
        Bad("Text\n\na | b\n-|-\n1 | 2 | 3\n", at=["5:9-5:10"]),
    ),
)
