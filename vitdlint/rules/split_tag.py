"""A raw HTML tag is cut in two, so readers see its source.

A tag may go over several lines, but not over a blank line. Markdown ends the paragraph there, and `<span style="...`
is shown as text (or, at the start of a block, hides what follows up to the next quotation mark). The same happens to a
tag with a missing quotation mark or a missing space between two attributes, and to one that its line or paragraph ends
before its `>`: `<br`. Of a tag that a converter tore apart, readers see the end: `rel="external"&gt;`. This is reported
once a page.

Write each tag without blank lines, with its quotation marks in pairs and a space before each attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.html import KNOWN
from ..core.lazy_re import lazy_re
from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..frontmatter.lines import BLANK_LINE
from ..page.markdown.parts import holding
from ..page.page import Page
from .support.wording import and_more

_TAG = lazy_re(
    r"""<([A-Za-z][A-Za-z0-9]*)[ \t\r]*(?:\n?[ \t]+|\n(?:[ \t\r]*\n)+[ \t]*)[A-Za-z][\w:-]*[ \t]*=[ \t]*(?=(["'])?)"""
)
_UNENDED = lazy_re(
    r"</?(?:br|hr|img|div|span|table|tr|td|th|ul|ol|li|sup|sub|strong|em|font|center|iframe|details|summary)[ \t\r]*$",
    re.IGNORECASE | re.MULTILINE,
)
_DEBRIS = lazy_re(r"\b(?:rel|class|target|style|href|title|alt)=\"[^\"\n]{0,200}\"&gt;")
_QUOTED_END = lazy_re('"&gt;')
_NAME = lazy_re(r"</?[A-Za-z0-9]+")
_RAW = lazy_re(r"<(?:script|style|textarea)\b|<!", re.IGNORECASE)
_DRAWING = frozenset(["circle", "defs", "g", "line", "path", "polygon", "polyline", "rect", "text", "use"])


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """The first piece of a tag that readers see, and how many more there are."""
    text = page.text
    yield from _ends(page)
    found = sorted({*_visible(page), *_unfinished(page)})
    unended = list(_unended(page))
    if not found and not unended:
        return
    start = min(found or unended)
    line_end = text.find("\n", start)
    end = len(text) if line_end < 0 else line_end
    closing = text.find(">", start)
    if 0 <= closing < end:
        end = closing + 1
    blank_line = BLANK_LINE.search(text, start, closing if closing >= 0 else len(text))
    name = f"<{(_NAME.match(text, start) or [''])[0][1:].lower()}>"
    shown = f"readers see the source of this {name} tag, because it has an error"
    if not found:
        shown = f'readers see the source of this {name} tag, because its line ends before its ">"'
    elif blank_line:
        shown = f"a blank line cuts this {name} tag in two, and readers see its pieces as text"
    yield Finding(
        page.span(start, start + len(text[start:end].rstrip())),
        shown + and_more(len(found) + len(unended)),
        help="write the tag without blank lines, each value in quotation marks, and a space before each attribute",
    )


def _visible(page: Page) -> Iterator[int]:
    """Where a tag begins in the text of a paragraph."""
    prose, blocks = page.body.prose, page.body.html_blocks
    if "<" not in prose:
        return
    for match in _TAG.finditer(prose, page.body.start):
        at = match.start()
        if _is_tag(match, page.text) and holding(blocks, at) is None:
            yield at


def _unended(page: Page) -> Iterator[int]:
    """Where a tag without attributes begins that its line ends."""
    prose, blocks = page.body.prose, page.body.html_blocks
    at = page.body.start - 1
    while (at := prose.find("<", at + 1)) >= 0:
        if _UNENDED.match(prose, at) and page.text[at - 1 : at] != "\\" and holding(blocks, at) is None:
            yield at


def _ends(page: Page) -> Iterator[Finding]:
    """The first end of a tag whose beginning is elsewhere."""
    text, prose = page.text, page.body.prose
    if "&" not in text or _QUOTED_END.search(text) is None:  # one character is found much faster
        return
    found = [
        match.span()
        for match in _DEBRIS.finditer(text, page.body.start)
        if prose[match.start()] != "\0" and not _is_written_out(text, match.start())
    ]
    if found:
        yield Finding(
            page.span(*found[0]),
            f"readers see this as text: it is the end of a broken tag{and_more(len(found))}",
            help="remove it, or write the whole tag",
        )


def _is_written_out(text: str, at: int) -> bool:
    """Whether the beginning of the tag is text, too: it is shown on purpose."""
    near = text[max(0, at - 300) : at]
    return near.rfind("&lt;") > near.rfind("&gt;")


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
    of_page=True,
    examples=(
        Good(
            '<span\n  style="color:red"\n  title="a\nb">x</span> \\<span style="x"> and `<span a="b` and i <b x=3\n'
        ),
        Good('<p style="color:red;""><b>x</b></p>\n'),
        Good('Write &lt;a rel="x"&gt; and i &lt; 3 and "&gt;"\n\nSo `<br`\nit\n'),
        Bad("Text <br\n\n- sun <hr\n- rain\n", at=["1:6-1:9"]),
        Bad('See <a href="">1</a>" rel="external"&gt;<a href="">2</a>" class="b"&gt;\n', at=["1:23-1:41"]),
        Bad('Text <span style="color:\n\nred">red</span> and <b>more</b>\n', at=["1:6-1:25"]),
        Bad('Text <a\n\nhref="https://example.org/a">more</a>\n', at=["1:6-1:8"]),
        Bad('Text <a href="/a"class="b">more</a>\n', at=["1:6-1:28"]),
        Bad('<div id="a\n\nb">\n\ntext\n\n</div>\n', at=["1:1-1:11"]),
    ),
)
