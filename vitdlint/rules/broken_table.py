"""A table is not recognised, so readers see its bars and dashes as text.

Markdown takes lines for a table only if the line of dashes has exactly as many columns as the header above it. Three
causes are common: a `**` before the first bar, which counts as a column (bold cannot span a table); a line of dashes
with a column too few or too many; and a blank line between the header and the dashes. Lines between bars without any line
of dashes are no table either.

Remove the `**`, give the line of dashes as many columns as the header, and put it directly below the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.markdown.cells import DELIMITER_ROW, cells, trimmed
from ..page.markdown.parts import holding
from ..page.page import Page

_BOLD = lazy_re(r"[ \t]*(\*\*|__)[ \t]*(?=\|)")
_ROW = lazy_re(r"[ \t]*\|(?:[^\n|]*\|){2,}[ \t\r]*")
_HEADING = lazy_re(r" {0,3}#{1,6}[ \t]")
_FAR = 10_000
"""Characters between a table and what may be rows of it."""
_BOLD_END = lazy_re(r"\|[ \t]*(\*\*|__)[ \t]*\r?$", re.MULTILINE)


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Lines of dashes that are visible as text below something like a header."""
    prose, text = page.body.prose, page.text
    done = page.body.start
    while (bar := prose.find("|", done)) >= 0:
        line = max(text.rfind("\n", 0, bar) + 1, page.body.start)
        stop = text.find("\n", bar)
        done = stop if stop >= 0 else len(text)
        if DELIMITER_ROW.fullmatch(text, line, done) is None:
            rows = _rows(page, line)
            if rows:
                yield _without_dashes(page, rows)
                done = rows[-1][1]
            continue
        dashes = trimmed(text, line, done)
        columns = len(cells(text, *dashes))
        above = _line_before(text, line, page.body.start)
        header = text[above[0] : above[1]]
        if "|" in header:
            yield from _mismatch(page, above, dashes, columns)
        elif not header.strip() and columns > 1:
            yield from _detached(page, above, dashes, columns)


def _rows(page: Page, start: int) -> list[tuple[int, int]]:
    """The lines of a paragraph of nothing but rows, two at least and all with the same cells, that begins there."""
    text, prose, floor = page.text, page.body.prose, page.body.start
    above = _line_before(text, start, floor)
    before = text[above[0] : above[1]]
    if (before.strip() and not _HEADING.match(before)) or holding(page.body.html_blocks, start) is not None:
        return []
    found: list[tuple[int, int]] = []
    line = start
    while 0 <= line < len(text):
        end = text.find("\n", line)
        end = end if end >= 0 else len(text)
        if not text[line:end].strip():
            break
        row = trimmed(text, line, end)
        if _ROW.fullmatch(text, line, end) is None or prose[row[0]] != "|" or prose[row[1] - 1] != "|":
            return []
        found.append(row)
        line = end + 1
    columns = {len(cells(text, *row)) for row in found}
    alone = len(found) < 2 or len(columns) > 1 or columns == {1}
    return [] if alone or _follows_table(page, start) else found


def _follows_table(page: Page, start: int) -> bool:
    """Whether nothing but blank lines and rows is between a table and a place: orphan-table-row comes first."""
    last = next((table for table in reversed(page.body.tables) if table.end <= start), None)
    if last is None or start - last.end > _FAR:
        return False
    between = page.text[last.end : start].split("\n")
    return all(not line.strip() or _ROW.fullmatch(line) for line in between)


def _without_dashes(page: Page, rows: list[tuple[int, int]]) -> Finding:
    text = page.text
    columns = len(cells(text, *rows[0]))
    end = text.find("\n", rows[0][1])
    indent = text[text.rfind("\n", 0, rows[0][0]) + 1 : rows[0][0]]
    dashes = f"{indent}| {' | '.join(['---'] * columns)} |"
    newline = "\r\n" if text[end - 1] == "\r" else "\n"
    return Finding(
        page.span(*rows[0]),
        "this is not shown as a table, because no line of dashes follows its first line",
        help=f"write {dashes.strip()} below it",
        fix=Fix(
            "Write the line of dashes",
            (Edit(page.span(end + 1, end + 1), dashes + newline),),
            safe=False,
            reshapes=True,
        ),
    )


def _mismatch(
    page: Page, header: tuple[int, int], dashes: tuple[int, int], columns: int
) -> Iterator[Finding]:
    text, prose = page.text, page.body.prose
    if "|" not in prose[slice(*header)]:
        return
    bold = _BOLD.match(text, *header)
    if bold is not None:
        start = bold.start(1)
        edits = [Edit(page.span(*bold.span(1)), "")]
        paragraph = text.find("\n\n", dashes[1])
        ending = _BOLD_END.search(text, dashes[1], paragraph if paragraph >= 0 else len(text))
        if ending is not None and ending[1] == bold[1]:
            edits.append(Edit(page.span(*ending.span(1)), ""))
        if len(cells(text, bold.end(), header[1])) == columns:
            yield Finding(
                page.span(start, header[0] + len(text[slice(*header)].rstrip())),
                f'this is not shown as a table, because the "{bold[1]}" before its first bar counts as a column',
                help="remove it; bold cannot span a table",
                fix=Fix(f'Remove "{bold[1]}"', tuple(edits), reshapes=True),
            )
        return
    wanted = len(cells(text, *header))
    if wanted == columns or wanted < 2 or not text[header[0] : header[1]].strip().startswith("|"):
        return
    yield Finding(
        page.span(*dashes),
        f"this is not shown as a table: its header has {wanted} columns, and this line has {columns}",
        help="give the line of dashes as many columns as the header",
        fix=_with_columns(page, dashes, wanted),
    )


def _with_columns(page: Page, dashes: tuple[int, int], wanted: int) -> Fix | None:
    """A line of dashes as long as the header, if the rows below have that many cells too."""
    text = page.text
    at = text.find("\n", dashes[1])
    while 0 <= at < len(text) - 1:
        end = text.find("\n", at + 1)
        end = len(text) if end < 0 else end
        row = text[at + 1 : end]
        if "|" not in row:
            break
        if len(cells(text, at + 1, end)) != wanted:
            return None
        at = end
    old = [text[s:e] for s, e in cells(text, *dashes)]
    new = (old + ["---"] * wanted)[:wanted]
    return Fix(
        f"Write {wanted} columns", (Edit(page.span(*dashes), f"| {' | '.join(new)} |"),), reshapes=True
    )


def _detached(
    page: Page, blank_line: tuple[int, int], dashes: tuple[int, int], columns: int
) -> Iterator[Finding]:
    text, prose = page.text, page.body.prose
    end = blank_line[1]
    while end > page.body.start and text[end - 1].isspace():
        end -= 1
    start = max(text.rfind("\n", 0, end) + 1, page.body.start)
    header = text[start:end]
    first = start + len(header) - len(header.lstrip())
    if not header.lstrip().startswith("|") or prose[first] != "|" or len(cells(text, start, end)) != columns:
        return
    yield Finding(
        page.span(*dashes),
        "this is not shown as a table, because a blank line is between its header and this line",
        help="delete the blank line",
        fix=Fix("Delete the blank line", (Edit(page.span(end, dashes[0]), "\n"),), reshapes=True),
    )


def _line_before(text: str, at: int, floor: int) -> tuple[int, int]:
    """The line before the one that begins at `at`, without its end; empty at the start of the body."""
    end = at - 1
    if end < floor:
        return floor, floor
    return max(text.rfind("\n", 0, end) + 1, floor), end


RULE = Rule(
    "VD204",
    "broken-table",
    on=Page,
    check=check,
    examples=(
        Good("| Month | Dose |\n| --- | --- |\n| May | 800 |\n\n```\n| a | b |\n| --- |\n```\n"),
        Good("a | b\n\n---\n\n| not | a table |\n"),
        Good(
            "| a | b |\n\n|x| and |y|\n\n| only | one |\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |\n| 5 | 6 |\n"
        ),
        Bad("## Doses\n| Month | Dose |\n| May | 12 |\n", at=["2:1"]),
        Bad(
            "Set:\n\n| Field | Use |\n| Name | Yes |\n| Age | No |\n",
            at=["3:1-3:16"],
            fixed="Set:\n\n| Field | Use |\n| --- | --- |\n| Name | Yes |\n| Age | No |\n",
            unsafe=True,
        ),
        Bad(
            " **| | |\n| --- | --- |\n| May | 800 |\n| June | 400 |**\n\nText\n",
            at=["1:2-1:9"],
            fixed=" | | |\n| --- | --- |\n| May | 800 |\n| June | 400 |\n\nText\n",
        ),
        Bad(
            "| Month | Dose | Sun |\n|:--|--|\n| May | 800 | much |\n",
            at=["2:1-2:9"],
            fixed="| Month | Dose | Sun |\n| :-- | -- | --- |\n| May | 800 | much |\n",
        ),
        Bad(
            "| Month | Dose |\n\n| --- | --- |\n| May | 800 |\n",
            at=["3:1-3:14"],
            fixed="| Month | Dose |\n| --- | --- |\n| May | 800 |\n",
        ),
    ),
)
