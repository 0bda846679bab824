"""A raw HTML tag is cut in two, so readers see its source.

A tag may go over several lines, but not over a blank line. Markdown ends the paragraph there, and `<span style="...`
is shown as text (or, at the start of a block, hides what follows up to the next quotation mark). The same happens to a
tag with a missing quotation mark or a missing space between two attributes. This is reported once a page.

Write each tag without blank lines, with its quotation marks in pairs and a space before each attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.html import KNOWN
from ..core.lazy_re import lazy_re
from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page
from .support.wording import and_more

_TAG = lazy_re(r"""<([A-Za-z][A-Za-z0-9]*)[ \t\r]*\n?[ \t]+[A-Za-z][\w:-]*[ \t]*=[ \t]*(?=(["'])?)""")
_NAME = re.compile(r"<[A-Za-z0-9]+")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_RAW = re.compile(r"<(?:script|style|textarea)\b|<!", re.IGNORECASE)
_DRAWING = frozenset(["circle", "defs", "g", "line", "path", "polygon", "polyline", "rect", "text", "use"])


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """The first piece of a tag that readers see, and how many more there are."""
    text = page.text
    found = sorted({*_visible(page), *_unfinished(page)})
    if not found:
        return
    start = found[0]
    line_end = text.find("\n", start)
    end = len(text) if line_end < 0 else line_end
    closing = text.find(">", start)
    if 0 <= closing < end:
        end = closing + 1
    blank_line = _BLANK_LINE.search(text, start, closing if closing >= 0 else len(text))
    name = f"<{(_NAME.match(text, start) or [''])[0][1:].lower()}>"
    shown = f"readers see the source of this {name} tag, because it has an error"
    if blank_line:
        shown = f"a blank line cuts this {name} tag in two, and readers see its pieces as text"
    yield Finding(
        page.span(start, start + len(text[start:end].rstrip())),
        shown + and_more(len(found)),
        help="write the tag without blank lines, each value in quotation marks, and a space before each attribute",
    )


def _visible(page: Page) -> Iterator[int]:
    """Where a tag begins in the text of a paragraph."""
    prose, blocks = page.body.prose, page.body.html_blocks
    if "<" not in prose:
        return
    for match in _TAG.finditer(prose, page.body.start):
        at = match.start()
        if _is_tag(match, page.text) and not any(start <= at < end for start, end in blocks):
            yield at


def _unfinished(page: Page) -> Iterator[int]:
    """Where a tag begins in an HTML block that ends before the tag does; complete ones a browser understands."""
    text = page.text
    for start, end in page.body.html_blocks:
        at = text.rfind("<", start, end)
        if at < 0 or text.find(">", at, end) >= 0 or _RAW.match(text, start):
            continue
        match = _TAG.match(text, at, end)
        if match is not None and _is_tag(match, text):
            yield at


def _is_tag(match: re.Match[str], text: str) -> bool:
    name = match[1].lower()
    if name not in KNOWN and name not in _DRAWING:
        return False
    if text[match.start() - 1 : match.start()] == "\\":
        return False
    return len(name) > 1 or match[2] is not None


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
