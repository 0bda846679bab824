"""A heading is cut in two by a line break.

Two spaces at the end of a heading's line do not continue it: a heading ends with its line. The second half of the
title becomes ordinary text below it, and is missing from the table of contents and from search results. Converters
that write line breaks as two spaces do this to long titles.

Reported is what is evidently unfinished: the heading ends in a comma, an open parenthesis or a word like "of", or the next
line begins with a small letter, or is nothing but a parenthesis.

Join the two lines with a space. The anchor of the heading changes with its text; update links to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page

_SPLIT = lazy_re(
    r"(#{1,6}[ \t][^\n]*?\S) {2,}\r?\n(?:&nbsp;|[ \t\xa0])*(?!&nbsp;|[ \t\xa0])([^\n]*)(?=\n[ \t\r]*(?:\n|\Z)|\n?\Z)"
)
_OPEN = lazy_re(
    r"(?:[,(\u2013\u2014-]|\b(?:a|an|and|as|at|by|for|from|in|is|of|on|or|than|that|the|to|which|who|whose|with))$"
)
_LETTER_END = lazy_re(r"[\w):\]\"\u201d]$")
_BLOCK = lazy_re(r"\s*(?:[-*+>|#=]|\d+[.)]|```|~~~|<|!\[|\{\{|&|$)")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Headings that end in two spaces, and are evidently unfinished, with one line directly below."""
    text = page.text
    for heading in page.body.headings:
        end = text.find("\n", heading.start)
        if end < 0 or not text.startswith("  ", end - 2 - (text[end - 1] == "\r")):
            continue
        match = _SPLIT.match(text, heading.start)
        if match is None:
            continue
        first, second = match[1], match[2]
        if _BLOCK.match(second) or not _unfinished(first, second.strip()):
            continue
        yield Finding(
            page.span(match.start(), match.end(1)),
            f'this heading is cut in two: "{second.strip()[:60]}" is shown as text below it',
            help="join the two lines",
            fix=Fix("Join the two lines", (Edit(page.span(match.end(1), match.start(2)), " "),), safe=False),
        )


def _unfinished(first: str, second: str) -> bool:
    if len(second) > 200 or "||" in first:
        return False
    if first.count("(") > first.count(")") or _OPEN.search(first):
        return True
    if second[0].islower() and _LETTER_END.search(first):
        return "|" not in second and "this page" not in second
    if second[0] == "(" and second[-1] == ")":
        return True
    if second[0] in "\u2013\u2014":
        return True
    # A title and its subtitle; a short lead-in ("Example:") is complete.
    return first.endswith(":") and len(first) >= 58


RULE = Rule(
    "VD219",
    "split-heading",
    on=Page,
    check=check,
    severity=Severity.INFO,
    examples=(
        Good(
            "## Doses  \nattached to this page\n\n## Code  \nimport os\nimport re\n\n## See  \n[a study](/posts/page/)\n"
        ),
        Bad(
            "## What sun does:  \n&nbsp; &nbsp; a review\n\n### Utah has more sun  \n(and less rain)\n",
            at=["1:1-1:18", "4:1-4:22"],
            fixed="## What sun does: a review\n\n### Utah has more sun (and less rain)\n",
            unsafe=True,
        ),
        Good("## Doses  \nTake one a day.\n\n## Example:  \nThis works:\n\n## Notes  \n- one\n"),
        Bad(
            "### What was found in those who  \nlive far in the north\n\nText\n",
            at=["1:1-1:32"],
            fixed="### What was found in those who live far in the north\n\nText\n",
            unsafe=True,
        ),
    ),
)
