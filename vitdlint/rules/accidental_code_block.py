"""A list item is shown as code, because too many spaces follow its marker.

With five or more spaces between a list marker and its text, Markdown takes the text for indented code. Readers see it
in a grey box, in a fixed-width font, on one endless line, and its links and emphasis do not work. This happens when a
reference list is pasted from a web page or a word processor.

Leave one space after the marker. If code is meant, use a fence, or put the code below a line of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.markdown.body import Code
from ..page.page import Page

_ITEM = lazy_re(
    r"([ \t>]*)((?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*?(?:[-*+]|\d{1,9}[.)]))([ \t]{5,}|[ ]{0,3}\t[ \t]+)(?=\S)"
)
_WORD = re.compile(r"[^\W\d_]+")
_CODE = lazy_re(r"[{}\\$`]|\|\||&&|->|::|\(\)|</|^[#/>@.~]|;$|\w=\w|--\w")
_INDENT = re.compile(r"[ \t]+(?=\S)")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Indented code that begins on the line of a list marker and reads like prose."""
    text = page.text
    for code in page.body.codes:
        if code.kind != "indented":
            continue
        line = text.rfind("\n", 0, code.start) + 1
        item = _ITEM.match(text, line)
        if item is None or not item.start(3) <= code.start <= item.end():
            continue
        stop = text.find("\n", item.end())
        first = text[item.end() : stop if stop >= 0 else len(text)].rstrip()
        if not _is_prose(first):
            continue
        yield Finding(
            page.span(item.end(), item.end() + len(first)),
            f"this list item is shown as code, because {len(item[3])} spaces follow its marker",
            help="leave one space after the marker",
            fix=Fix("Leave one space after the marker", tuple(_edits(page, code, item)), reshapes=True),
        )


def _edits(page: Page, code: Code, item: re.Match[str]) -> Iterator[Edit]:
    yield Edit(page.span(*item.span(3)), " ")
    indent = " " * (len(item[1].replace(">", " ")) + len(item[2]) + 1)
    if ">" in item[1]:
        return
    at = page.text.find("\n", item.end())
    while 0 <= at < code.end:
        spaces = _INDENT.match(page.text, at + 1)
        if spaces is not None and spaces.end() < code.end and len(spaces[0]) > len(indent):
            yield Edit(page.span(*spaces.span()), indent)
        at = page.text.find("\n", at + 1)


def _is_prose(line: str) -> bool:
    if "](" in line:
        return True
    words = _WORD.findall(line)
    if _CODE.search(line) or not words:
        return False
    if not line.isascii() and sum(map(len, words)) >= 8:
        return True
    return len(words) >= (3 if words[0][0].isupper() else 6)


RULE = Rule(
    "VD201",
    "accidental-code-block",
    on=Page,
    check=check,
    examples=(
        Good("1.    Moe K. Four blanks are still text. 2009\n\n* Text first\n\n      then = code();\n"),
        Good("1.     kubectl get pods\n2.      $ ls\n"),
        Bad(
            "1.      Moe K,      Ray T.  Sunlight in winter (p = 0.05). 2009;3:4\n\n2.      Poe A,      Lee B.  Fish oil in summer, 2010\n",
            at=["1:9", "3:9"],
            fixed="1. Moe K,      Ray T.  Sunlight in winter (p = 0.05). 2009;3:4\n\n2. Poe A,      Lee B.  Fish oil in summer, 2010\n",
        ),
        Bad(
            "*     Moe K, Ray T, Poe A\n      see [the study](/posts/study)\n",
            at=["1:7-1:26"],
            fixed="* Moe K, Ray T, Poe A\n  see [the study](/posts/study)\n",
        ),
    ),
)
