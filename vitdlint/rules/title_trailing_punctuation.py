"""A title ends in a comma, a colon, a semicolon or a dash.

Something was cut off there: mostly a date ("Vitamin D and the flu, June 2019") that an import moved elsewhere. Readers
see a torso in every list.

What only looks like such a mark is none: the end of a character reference (`&#63;`), of an emoji code (`:tada:`), of a
web address or of code (`std::`), and the question mark of Greek.

The fix takes the mark away. It is offered only where the page's URL does not change.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..frontmatter.strings import inside
from ..frontmatter.write import quote
from ..hugo.names import sanitize
from ..page.page import Page

_MARK = lazy_re(r"(?<=[^\W_])[\"'”’)\]]?(\s*[,;:]|\s+[-–—])+\s*$")
_MARKS = frozenset(",;:-–— ")
_MEANT = lazy_re(
    r"(?:&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});|(?<!\w):(?:[a-zA-Z_]|[+-]1)[\w+-]*:|\S*(?:://|\bwww\.)\S*"
    r"|::|(?<!\w)[A-Za-z]:|[\u0370-\u03ff\u1f00-\u1fff]+[^\w\s]?;)[\"'”’)\]]?\s*\Z"
)
"""The end of a title that is as it should be."""


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Titles whose last character announces more."""
    title = page.front.get("title")
    if not isinstance(title, str) or title[-1:] not in _MARKS:
        return
    found = _MARK.search(title)
    if not found or _MEANT.search(title):
        return
    span = page.facts.span("title")
    at = inside(page.front, ("title",), found.start(), len(title))
    better = title[: found.start()] + found.group().rstrip(",;:-–— ")
    literal = quote(page.front.kind, better, page.text[span.start : span.end])
    same_url = page.front.get("slug") or page.front.get("url") or sanitize(better) == sanitize(title)
    yield Finding(
        page.span(*at) if at else span,
        f'the title ends in "{title.rstrip()[-1]}"; something may be missing',
        help=f"write {literal}, or add what is missing",
        fix=Fix("Remove the mark", (Edit(span, literal),)) if same_url else None,
    )


RULE = Rule(
    "VD114",
    "title-trailing-punctuation",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good('{"title": "Vitamin D: what for?"}\nText\n'),
        Good('{"title": "The C- and D-"}\nText\n'),
        Good('{"title": "Why&#63;"}\nText\n'),
        Good('{"title": "We did it :tada:"}\nText\n'),
        Good('{"title": "What is new on https://example.org/a;"}\nText\n'),
        Good('{"title": "Τι είναι αυτό;"}\nText\n'),
        Bad('{"title": "Vitamin D,"}\nText\n', at=["1:21-1:22"], fixed='{"title": "Vitamin D"}\nText\n'),
        Bad("---\ntitle: Vitamin D –\n---\nText\n", at=["2:17-2:19"]),
    ),
)
