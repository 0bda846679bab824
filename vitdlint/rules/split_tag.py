"""A raw HTML tag is cut in two, so readers see its source.

A tag may go over several lines, but not over a blank one: there Markdown ends the paragraph, and `<span style="...`
is shown as text (or, at the start of a block, swallows what follows up to the next quotation mark). The same happens
to a tag with a missing quotation mark or a missing blank between two attributes. This is told once a page.

Write each tag without blank lines, with its quotation marks in pairs and a blank before each attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..html import KNOWN
from ..model import Finding
from ..page import Page
from ..rule import Bad, Good, NoOptions, Rule

_TAG = re.compile(r"""<([A-Za-z][A-Za-z0-9]*)[ \t\r]*\n?[ \t]+[A-Za-z][\w:-]*[ \t]*=[ \t]*(?=(["'])?)""")
_DRAWING = frozenset(["circle", "defs", "g", "line", "path", "polygon", "polyline", "rect", "text", "use"])


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """The first piece of a tag that stands in what readers see, and how many more there are."""
    prose, text = page.body.prose, page.text
    if "<" not in prose:
        return
    found = [m for m in _TAG.finditer(prose, page.body.start) if _is_tag(m, text) and _is_cut(m, page)]
    if not found:
        return
    first = found[0]
    line_end = text.find("\n", first.end())
    end = len(text) if line_end < 0 else line_end
    closing = text.find(">", first.end())
    if 0 <= closing < end:
        end = closing + 1
    blank = re.search(r"\n[ \t\r]*\n", text[first.end() : closing if closing >= 0 else len(text)])
    shown = f"readers see the source of this <{first[1].lower()}> tag, because it is not well-formed"
    if blank:
        shown = f"a blank line cuts this <{first[1].lower()}> tag in two, and readers see its pieces as text"
    more = f" (and {len(found) - 1} more on this page)" if len(found) > 1 else ""
    yield Finding(
        page.span(first.start(), first.start() + len(text[first.start() : end].rstrip())),
        f"{shown}{more}",
        help="write the tag without blank lines, each value in quotation marks, and a blank before each attribute",
    )


def _is_tag(match: re.Match[str], text: str) -> bool:
    name = match[1].lower()
    if name not in KNOWN and name not in _DRAWING:
        return False
    if text[match.start() - 1 : match.start()] == "\\":
        return False
    return len(name) > 1 or match[2] is not None


def _is_cut(match: re.Match[str], page: Page) -> bool:
    """In an HTML block a browser reads the tag; there it is broken only if the block ends before the tag does."""
    for start, end in page.body.html_blocks:
        if start <= match.start() < end:
            return page.text.find(">", match.end(), end) < 0
    return True


RULE = Rule(
    "VD304",
    "split-tag",
    on=Page,
    check=check,
    examples=(
        Good(
            '<span\n  style="color:red"\n  title="a\nb">x</span> \\<span style="x"> and `<span a="b` and i <b x=3\n'
        ),
        Good('<p style="color:red;""><b>x</b></p>\n'),
        Bad('Text <span style="color:\n\nred">red</span> and <b>more</b>\n', at=["1:6-1:25"]),
        Bad('Text <a href="/a"class="b">more</a>\n', at=["1:6-1:28"]),
        Bad('<div id="a\n\nb">\n\ntext\n\n</div>\n', at=["1:1-1:11"]),
    ),
)
