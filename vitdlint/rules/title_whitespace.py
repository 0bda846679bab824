"""A title has a leading or trailing space, or two spaces in a row.

A browser shows one space, but the title is also used in feeds, search results and link texts, and pages with and
without the second space sort and compare as two.

The fix keeps one space between words and none at the beginning and the end; the page's URL does not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..frontmatter.strings import inside
from ..frontmatter.write import quote
from ..page.page import Page

_SPACES = lazy_re(r"^[\s\u200b]+|[\s\u200b]+$|\s{2,}|[\t\n\r]")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Titles with a leading or trailing space, or several in a row."""
    title = page.front.get("title")
    if not isinstance(title, str):
        return
    found = _SPACES.search(title)
    if not found or not title.strip():
        return
    span = page.facts.span("title")
    literal = page.text[span.start : span.end]
    if literal[:1] in {"|", ">"} and found.group() == "\n":
        return  # a YAML block's own line end: how it is written, and nobody sees it
    at = inside(page.front, ("title",), *found.span())
    where = "begins with" if found.start() == 0 else "ends with" if found.end() == len(title) else "contains"
    better = quote(page.front.kind, re.sub(r"\s+", " ", title.strip(" \t\r\n\xa0\u200b")), literal)
    yield Finding(
        page.span(*at) if at else span,
        f"the title {where} {_name(found.group())}",
        help=f"write {better}",
        fix=Fix("Keep one space between words", (Edit(span, better),)),
    )


def _name(spaces: str) -> str:
    if "\n" in spaces or "\r" in spaces:
        return "a line break"
    if "\t" in spaces:
        return "a tab"
    if not spaces.strip("\u200b").isspace():
        return "a zero-width space (U+200B)"
    return "a space" if len(spaces) == 1 else "several spaces in a row"


RULE = Rule(
    "VD113",
    "title-whitespace",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good('{"title": "Sun\u00a0and 5\u2009ng", "linkTitle": " x "}\nText\n'),
        Good("---\ntitle: >\n  Sun and\n  skin\n---\nText\n"),
        Good("---\ntitle: |\n  Sun and\n  skin\n---\nText\n"),
        Bad(
            '{"title": "Sun  and skin "}\nText\n',
            at=["1:15-1:17"],
            fixed='{"title": "Sun and skin"}\nText\n',
        ),
        Bad("---\ntitle: ' Sun'\n---\nText\n", at=["2:9-2:10"], fixed="---\ntitle: 'Sun'\n---\nText\n"),
    ),
)
