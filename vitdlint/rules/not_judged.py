"""A page is too large or too deeply nested to be checked.

A body over `max-page-size` (5 MB) or nested over 100 levels deep would cost minutes and gigabytes, and is hardly ever
meant. Its front matter is checked, its body is not: vitdlint knows no link, heading or tag of it.

Pages that are neither Markdown nor HTML, and those that Hugo refuses (refused-content), are counted at the end instead.

Split the page, or raise `max-page-size`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import FOREIGN, REFUSED, Page


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Report it once a page."""
    if page.facts.not_checked not in {None, FOREIGN, REFUSED} and not page.facts.unreadable:
        yield Finding(
            page.span(page.body.start, page.body.start),
            f"the body was not checked: it {page.facts.not_checked}",
        )


RULE = Rule(
    "VD002",
    "not-judged",
    on=Page,
    of_page=True,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good("> quoted\n"),
        Bad(">" * 150 + " deep\n", at=["1:1"]),
        Bad("word " * 300, settings={"max-page-size": "1kB"}, at=["1:1"]),
    ),
)
