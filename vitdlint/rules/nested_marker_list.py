"""A line of hyphens and a text has become many lists inside each other.

`- - - - the publisher writes - - - -` looks like a horizontal line with words in it, but each leading hyphen opens one
more list. Readers see the text far to the right, after a row of bullets.

Write the text between two dashes, or put a horizontal line (`---`) on a line of its own above it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page

_HYPHENS = lazy_re(r"- - - -")
_STARS = lazy_re(r"\* \* \* \*")
_LINE = lazy_re(r"(?m)^[ ]{0,3}((?:[-*][ \t]++){4,}-*)(?=[^\s*-])([^\n]+)$")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Lines with at least four markers before their text."""
    text, prose = page.text, page.body.prose
    if _HYPHENS.search(text) is None and ("*" not in text or _STARS.search(text) is None):
        return
    for match in _LINE.finditer(text, page.body.start):
        if prose[match.start(2)] == "\0" or prose[match.start(1)] != "\0":
            continue
        line = match[2].rstrip()
        words = line.rstrip("-* \t")
        end = match.start(2) + len(line)
        edits = [Edit(page.span(match.start(1), match.start(2)), "--- ")]
        if len(line) - len(words) > 4:
            end = match.start(2) + len(words)
            edits.append(Edit(page.span(end, match.start(2) + len(line)), " ---"))
        count = match[1].rstrip("-").count("-") + match[1].count("*")
        yield Finding(
            page.span(match.start(1), end),
            f"this line is shown as {count} lists inside each other",
            help="write the text between dashes, or put a horizontal line (---) above it",
            fix=Fix("Write the text between dashes", tuple(edits)),
        )


RULE = Rule(
    "VD209",
    "nested-marker-list",
    on=Page,
    check=check,
    examples=(
        Good("- - - -\n\n- - - one list in two others\n\n    - - - - code\n"),
        Bad(
            "Text\n\n- - - - -the publisher writes - - - - - -\n",
            at=["3:1-3:30"],
            fixed="Text\n\n--- the publisher writes ---\n",
        ),
    ),
)
