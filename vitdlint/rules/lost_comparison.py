"""A question mark replaces a lost character: `levels ?30 ng/mL`, `p?=?0.04`, `95% CI 1.1?13.4`.

When a text was converted, ≥, ≤, –, − or a thin space became `?`. In a medical or technical text that changes the
meaning: nobody knows whether "?30 ng" meant at least or at most.

Question marks are reported between two digits, next to `=`, `<` and `>` among numbers, and directly before a number of
two digits or with a unit. Addresses and code are left alone.

Look the number up in the source. There is no fix: no program knows which character was lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page

_UNIT = r"(?:[nµμmk]?g|[nµμpm]mol|m?IU|m[lLm]|cm|years?|months?|weeks?|days?|times)\b"
_NUMBER = rf"(?:\d+[.,]\d|\d\d|\d(?=[%°A-Z]|\s?{_UNIT}))"
_LOST = lazy_re(
    r"\?(?:(?<=\d\?)(?=\d)"
    r"|(?<=[\w)]\?)[<>=≤≥±]\s?\?(?=\s?\.?\d)"
    rf"|(?:(?<=[<>=≤≥]\?)|(?<=[<>=≤≥]\s\?))(?=\.?{_NUMBER})"
    rf"|(?<=[\s(\[\0]\?)(?=[<>]?{_NUMBER})"
    r"|(?<=\d\?)(?=(?:[nµμm]g|[nµμpm]mol|IU|kg|mm|cm|mL|ml)\b))"
)
_ADDRESS = lazy_re(r"://|www\.|\.(?:php|aspx?|html?|cgi|jsp)\?|/\?|[&;]\w+=", re.IGNORECASE)

_BITS = lazy_re(r"(?<![\w.,])[01?]{3,}(?![\w.,])")
"""A pattern of bits (`10?1`), in which the question mark means either."""


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Look for question marks among numbers in the text."""
    prose = page.body.prose
    if "?" not in prose:
        return
    for match in _LOST.finditer(prose, page.body.start):
        start, end = match.span()
        word = _word(prose, start, end)
        if _ADDRESS.search(word) or _BITS.search(word):
            continue
        yield Finding(
            page.span(start, end),
            f'"?" replaces a lost character in "{_around(prose, start, end)}"',
            help="look the character up in the source: ≥, ≤, –, − or a space",
        )


def _around(prose: str, start: int, end: int) -> str:
    """The word at a place, with one word before and after it."""
    before = prose[prose.rfind("\n", 0, start) + 1 : start][-40:].replace("\0", "").rsplit(" ", 2)
    after = prose[end : end + 40].partition("\n")[0].replace("\0", "").split(" ", 2)
    return f"{' '.join(before[-2:])}{prose[start:end]}{' '.join(after[:2])}".strip()


def _word(prose: str, start: int, end: int) -> str:
    """The word around a place, up to the next spaces, at most a hundred characters each way."""
    before = re.split(r"\s", prose[max(0, start - 100) : start])[-1]
    after = re.split(r"\s", prose[end : end + 100], maxsplit=1)[0]
    return before + prose[start:end] + after


RULE = Rule(
    "VD405",
    "lost-comparison",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            "Is 30 enough? 40 is. Why? 5 reasons. https://example.org/?30 and `a ?30 b`; see page.php?30=1\n"
        ),
        Good("| Boot | 00?1 |\n| --- | --- |\n| Run | 1?00 |\n"),
        Good("Combien ? 30. Parameters ?1 and ?2. What (?1)? 7?\n"),
        Bad("CI [?80 to +116 nmol/L](/x) and **?30**\n", at=["1:5-1:6", "1:35-1:36"]),
        Bad("levels ?30 ng/mL, 1.1?13.4, (?75 nmol/l)\n", at=["1:8-1:9", "1:22-1:23", "1:30-1:31"]),
        Bad(
            "p?=?0.04 and p?<?0.001, 20.4?ng/ml, r = ?0.34, ?2SD\n",
            at=["1:2-1:5", "1:15-1:18", "1:29", "1:41", "1:48"],
        ),
    ),
)
