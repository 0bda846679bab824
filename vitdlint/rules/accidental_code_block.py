"""A list item or HTML is shown as code, because it is indented too far.

With five or more spaces between a list marker and its text, Markdown takes the text for indented code. Readers see it
in a grey box, in a fixed-width font, on one endless line, and its links and emphasis do not work. This happens when a
reference list is pasted from a web page or a word processor.

The same happens to the tags and shortcodes inside an HTML element: a blank line ends the HTML, and the next line,
indented by four spaces or a tab, begins a code block that shows its source.

And a call `{{% name %}}` gives what its template writes to Markdown: where the template has a blank line, or one with
nothing but `{{ if … }}` or `{{ end }}`, tags that are indented below it are shown as code. Call it by `{{< name >}}`.

Leave one space after the marker, and remove the indentation of the HTML or the blank line before it. If code is meant,
use a fence, or put the code below a line of text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from ..core.html import KNOWN
from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.markdown.body import Code, Tag
from ..page.markdown.elements import open_before
from ..page.markdown.html_blocks import opening
from ..page.markdown.parts import holding
from ..page.markdown.shortcodes import outermost, pairs
from ..page.page import Page

_ITEM = lazy_re(
    r"([ \t>]*)((?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*?(?:[-*+]|\d{1,9}[.)]))([ \t]{5,}|[ ]{0,3}\t[ \t]+)(?=\S)"
)
_WORD = lazy_re(r"[^\W\d_]+")
_CODE = lazy_re(r"[{}\\$`]|\|\||&&|->|::|\(\)|</|^[#/>@.~]|;$|\w=\w|--\w")
_INDENT = lazy_re(r"[ \t]+(?=\S)")
_INDENTS = lazy_re(r"^[ \t]+(?=\S)", re.MULTILINE)
_HTML = lazy_re(r"</?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>])[^<>]*>|\{\{<")
_BLOCK_START = lazy_re(r"\n[ \t\r]*\n[ \t]*(?=\S)")
_NEXT = lazy_re(r"[ \t\r]*(?:[\n<]|\Z)")
_VERBATIM = lazy_re(r"<(?:pre|textarea|script|style)\b", re.IGNORECASE)


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Indented code that begins on the line of a list marker and reads like prose."""
    text = page.text
    depth = _depth(page.body.tags)
    yield from _templates(page)
    for code in page.body.codes:
        if code.kind != "indented":
            continue
        line = text.rfind("\n", 0, code.start) + 1
        item = _ITEM.match(text, line)
        if item is None or not item.start(3) <= code.start <= item.end():
            yield from _html(page, code, depth)
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


def _html(page: Page, code: Code, depth: Callable[[int], int]) -> Iterator[Finding]:
    """Tags that a blank line cut off from the HTML around them."""
    text = page.text
    first = _HTML.match(text, code.start)
    if first is None or not page.settings.markup.unsafe:
        return
    if (first["name"] or "div").lower() not in KNOWN or not _is_within_html(page, code, depth):
        return
    stop = text.find("\n", code.start, code.end)
    line = text[code.start : stop if stop >= 0 else code.end].rstrip()
    yield Finding(
        page.span(code.start, code.start + len(line)),
        "this HTML is shown as code, because a blank line is before it and it is indented by four spaces or more",
        help="remove its indentation, or the blank line",
        fix=_without_indentation(page, code),
    )


def _templates(page: Page) -> Iterator[Finding]:
    """Calls that begin a block, outside of all others, and whose template writes HTML that becomes code."""
    without = dict(page.settings.indented_html)
    if not without or page.path.endswith((".html", ".htm")):
        return
    pieces = [(code.start, code.end) for code in page.body.codes]
    pieces += [(opener.start, closer.end) for opener, closer in pairs(page.body.shortcodes)]
    within = list(outermost([*pieces, *page.body.html_blocks]))
    for call in page.body.shortcodes:
        names = without.get(call.name.lower()) if call.markdown and not call.closing else None
        if names is None or any(param.name in names for param in call.params):
            continue
        if not _begins_block(page, call.start) or holding(within, call.start) is not None:
            continue
        yield Finding(
            page.span(call.start, call.end),
            f'HTML of the shortcode "{call.name}" is shown as code, because its template indents it after a blank line',
            help=f"call it by {{{{< {call.name} >}}}}, or remove the indentation in its template",
            cause=call.name,
        )


def _begins_block(page: Page, at: int) -> bool:
    """Whether a place begins its line, after a blank line or nothing at all."""
    text, first = page.text, page.body.start
    return text.endswith(("\n\n", "\n\r\n"), first, at) or (at < first + 9 and not text[first:at].strip())


def _is_within_html(page: Page, code: Code, depth: Callable[[int], int]) -> bool:
    """Whether nothing but blank lines is between the code and an HTML block that leaves an element open."""
    block = _block_before(page, code)
    if block is None or page.text[block[1] : code.start].strip(" \t\r\n>"):
        return False
    return depth(code.start) > 0


def _depth(tags: Sequence[Tag]) -> Callable[[int], int]:
    """A function that says how many elements are open at a place."""
    depths: list[int] = []

    def depth(at: int) -> int:
        if not depths:
            depths.extend(open_before(tags))
        return depths[bisect_left(tags, at, key=attrgetter("start"))]

    return depth


def _block_before(page: Page, code: Code) -> tuple[int, int] | None:
    blocks = page.body.html_blocks
    at = bisect_right(blocks, (code.start, code.start)) - 1
    return blocks[at] if at >= 0 else None


def _without_indentation(page: Page, code: Code) -> Fix | None:
    """The lines without the spaces before them; None if a line could then become Markdown, or looks other than it did."""
    text = page.text
    block = _block_before(page, code)
    if block is None or text[block[0] - 1 : block[0]] not in ("", "\n") or _VERBATIM.search(text, *code[1:3]):
        return None  # in a list the indentation has a meaning
    following = _NEXT.match(text, code.end)
    starts = [code.start, *(gap.end() for gap in _BLOCK_START.finditer(text, code.start, code.end))]
    if following is None or any(opening(text[at : at + 80]) is None for at in starts):
        return None
    line = text.rfind("\n", 0, code.start) + 1
    edits = (Edit(page.span(*indent.span()), "") for indent in _INDENTS.finditer(text, line, code.end))
    return Fix("Remove the indentation", tuple(edits), reshapes=True)


def _is_prose(line: str) -> bool:
    if "](" in line:
        return True
    words = _WORD.findall(line)
    if _CODE.search(line) or not words:
        return False
    if not line.isascii() and sum(map(len, words)) >= 8:
        return True
    return len(words) >= (3 if words[0][0].isupper() else 6)


_CALLS = '{{% img src="a.png" %}}\n\n{{< img src="a.png" >}}\n\n{{% img src="a.png" link="/" %}}\n'
_IMAGE = """<figure>
    {{ with .Get "link" }}<a href="{{ . }}">{{ end }}
        <img src="{{ .Get "src" }}">
</figure>
"""

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
        Good("<div>\n<p>Write:</p>\n</div>\n\n    <p>HTML</p>\n\nText\n\n    <br>\n"),
        Bad(
            "<div>\n\n    <ul>\n      <li>Sun</li>\n\n    </ul>\n\n</div>\n",
            at=["3:5-3:9"],
            fixed="<div>\n\n<ul>\n<li>Sun</li>\n\n</ul>\n\n</div>\n",
        ),
        Good(
            {
                "content/posts/page.md": _CALLS,
                "layouts/_shortcodes/img.html": "<p>\n    <b>x</b>\n{{ if true }}\n</p>\n",
            }
        ),
        Bad({"content/posts/page.md": _CALLS, "layouts/_shortcodes/img.html": _IMAGE}, at=["1:1-1:24"]),
        Bad("<div>\n\n    {{< toc >}}\n\n</div>\n", at=["3:5-3:16"]),
        Bad(
            "*     Moe K, Ray T, Poe A\n      see [the study](/posts/study)\n",
            at=["1:7-1:26"],
            fixed="* Moe K, Ray T, Poe A\n  see [the study](/posts/study)\n",
        ),
    ),
)
