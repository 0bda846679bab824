"""Marks of bold, struck or linked text are visible to readers.

`** text **`, `**note:**next` or `[text](two words)` are not what they look like: a blank on the inner side of a mark,
a letter right after a closing one, or a blank in a link's target make Markdown print the marks themselves, and
readers see stars, underscores, tildes or a bare `](`.

Put the marks directly around the text, with a blank or punctuation outside; write `%20` for a blank in a target, or
put the target in `<` and `>`. Marks that are meant to be seen get a backslash: `\\*\\*`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..model import Finding, Severity
from ..page import Page
from ..rule import Bad, Good, NoOptions, Rule

_RUN = re.compile(r"(?<![*\\])\*{2,3}(?!\*)|(?<![_\\])_{2}(?!_)|(?<![~\\])~~(?!~)")
_BREAK = re.compile(r"\n[ \t>]*\n|\n[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]|\n[ ]{0,3}#{1,6}[ \t]")
_TARGET = re.compile(r"\]\([ \t]*<?(?:https?://|www\.|mailto:|ftp://|\.{0,2}/[\w.]|#\w)")
_LETTER = re.compile(r"[^\W_]")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Pairs of marks around a text, and `](` before a target, that stand in what readers see."""
    prose = page.body.prose
    if "**" in prose or "__" in prose or "~~" in prose:
        yield from _marks(page)
    if "](" in prose:
        yield from _links(page)


def _marks(page: Page) -> Iterator[Finding]:
    text, prose = page.text, page.body.prose
    runs = [(m.start(), m.end()) for m in _RUN.finditer(prose, page.body.start)]
    after = -1
    for (start, opened), (closed, end) in pairwise(runs):
        if start < after or text[start:opened] != text[closed:end] or closed - opened > 1000:
            continue
        inner = text[opened:closed]
        if (
            not _LETTER.search(inner)
            or _BREAK.search(inner)
            or not _is_pair(text, start, opened, closed, end)
        ):
            continue
        after = end
        mark = text[start:opened]
        yield Finding(
            page.span(start, end),
            f'readers see "{mark}" around this text instead of {_MEANING[mark[:2]]}',
            help="no blank may stand on the inner side of a mark, and no letter directly after the closing one",
        )


_MEANING = {"**": "bold text", "__": "bold text", "~~": "struck text"}


def _is_pair(text: str, start: int, opened: int, closed: int, end: int) -> bool:
    """Whether two runs of marks look like the two ends of one text, and not like footnote stars or code."""
    before = text[start - 1] if start else "\n"
    first, last = text[opened], text[closed - 1]
    after = text[end] if end < len(text) else "\n"
    if _joins(before) and not _script(before):
        return False
    if first.isspace() and not _opens_line(text, start):
        return False
    if last.isspace() and not (after.isspace() or not after.isalnum()):
        return False
    if first in "/.)" or (last in "/(" and not last.isspace()):
        return False
    return not (text[start] != "*" and _joins(after) and not _script(after))


def _joins(character: str) -> bool:
    return character.isalnum() or character in "_)]"


def _script(character: str) -> bool:
    """A letter of a script that writes words without blanks, where marks stand directly beside letters."""
    return "\u2e80" <= character <= "\ud7a3" or "\u0e00" <= character <= "\u0fff" or character >= "\U00020000"


def _opens_line(text: str, at: int) -> bool:
    line = text.rfind("\n", 0, at) + 1
    return not text[line:at].strip(" \t>|-*+")


def _links(page: Page) -> Iterator[Finding]:
    text, prose = page.text, page.body.prose
    at = page.body.start - 1
    while (at := prose.find("](", at + 1)) >= 0:
        match = _TARGET.match(text, at)
        if match is None:
            continue
        opening = max(text.rfind("[", 0, at), 0)
        line = text.rfind("\n", 0, at) + 1
        if text[at - 1] == "\\" or (opening >= line and text[opening - 1 : opening] == "\\"):
            continue
        closing = text.find(")", match.end())
        stop = text.find("\n", match.end())
        stop = len(text) if stop < 0 else stop
        end = closing + 1 if 0 <= closing < stop else stop
        start = opening if opening >= line and text[opening] == "[" else at
        yield Finding(
            page.span(start, end),
            'readers see "](" and the target as text: this is not a link',
            help="a target may hold no blank (write %20), and each bracket needs its partner",
        )


RULE = Rule(
    "VD206",
    "literal-markup",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            "**Bold** and __bold__ and ~~gone~~; f(**kwargs, **more); a/**/b and c/**/d; 2**3 = 8, 3**2 = 9\n"
        ),
        Good(
            "| Zinc ** | Iron ** |\n| --- | --- |\n| 3 | 4 |\n\n`** code **` and \\*\\* stars \\*\\*, 25[OH](2)D, p<0.05**\n"
        ),
        Bad("** Take it daily ** or not\n\nSee **note:**next and **more.**\n", at=["1:1-1:20", "3:5-3:14"]),
        Bad("これは**「重要」**です。\n", at=["1:4-1:12"]),
        Bad("See [the study](https://example.org/a b) now\n", at=["1:5-1:41"]),
    ),
)
