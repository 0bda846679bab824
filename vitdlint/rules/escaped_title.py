r"""A title shows backslashes.

A quotation mark that was escaped twice is in the title as `\"`. That is what readers see in the heading, in every list
and in search results.

Remove the backslash. In JSON a quotation mark in a title is written `\"`, not `\\\"`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..frontmatter.write import quote
from ..page.page import Page

_ESCAPED = lazy_re(r"\\([\"'])")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Titles with a backslash before a quotation mark."""
    for name in ("title", "linktitle"):
        value = page.front.get(name)
        if not isinstance(value, str) or "\\" not in value or not _ESCAPED.search(value):
            continue
        span = page.facts.span(name)
        better = _ESCAPED.sub(r"\1", value)
        literal = quote(page.front.kind, better, page.text[span.start : span.end])
        yield Finding(
            span,
            f"readers see the backslash in this title: {value}",
            help=f"write {literal}",
            fix=Fix("Remove the backslashes", (Edit(span, literal),)),
        )


RULE = Rule(
    "VD112",
    "escaped-title",
    on=Page,
    check=check,
    examples=(
        Good('{"title": "An \\"apple\\" a day", "summary": "\\\\\\"x\\\\\\""}\nText\n'),
        Good("---\ntitle: 'C:\\dir'\n---\nText\n"),
        Bad(
            '{"title": "\\\\\\"An apple\\\\\\" a day"}\nText\n',
            at=["1:11-1:35"],
            fixed='{"title": "\\"An apple\\" a day"}\nText\n',
        ),
        Bad(
            "---\ntitle: 'It\\''s sun'\n---\nText\n",
            at=["2:8-2:20"],
            fixed="---\ntitle: 'It''s sun'\n---\nText\n",
        ),
    ),
)
