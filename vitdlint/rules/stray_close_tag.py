"""An end tag closes nothing.

`</div>` without a `<div>` before it closes a box of the site's layout: the rest of the page loses its column, its
background or its place. `</b>` or `</span>` alone does no harm, but shows that something was lost.

Delete it, or add the missing start tag. `</p>` and other end tags that are optional are not reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.html import KNOWN
from ..core.model import Edit, Finding, Fix, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.markdown.body import Tag
from ..page.markdown.elements import elsewhere
from ..page.markdown.parts import holding
from ..page.page import Page
from .support.unpaired import unpaired


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """End tags without a start tag."""
    found = unpaired(page)
    if not found.stray:
        return
    by_shortcode = elsewhere(page.text, page.body.shortcodes)
    alone = len(found.stray) <= 3 and not found.unclosed
    for tag in found.stray:
        if tag.name not in KNOWN or by_shortcode(tag):
            continue  # another rule's, or a shortcode's
        removed = _removal(page, tag) if alone else None
        yield Finding(
            page.span(tag.start, tag.end),
            f"</{tag.name}> closes nothing: no <{tag.name}> is open here",
            help="delete it, or add the missing start tag",
            fix=Fix(f"Delete </{tag.name}>", (removed,)) if removed else None,
        )


_BOXES = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "pre",
        "section",
        "summary",
        "table",
        "ul",
    ]
)
"""Elements that end a line where they end."""


def _removal(page: Page, tag: Tag) -> Edit | None:
    """The edit that deletes the tag, where the text around it keeps its meaning in Markdown."""
    text = page.text
    line = text.rfind("\n", 0, tag.start) + 1
    stop = text.find("\n", tag.end)
    stop = len(text) if stop < 0 else stop
    alone = not text[line : tag.start].strip() and not text[tag.end : stop].strip()
    if not tag.block:
        between = text[tag.start - 1 : tag.start].isalnum() and text[tag.end : tag.end + 1].isalnum()
        gap = " " if between and tag.name in _BOXES else ""
        return (
            None
            if alone or not text[line : tag.start].strip(" \t>*+-")
            else Edit(page.span(tag.start, tag.end), gap)
        )
    block = holding(page.body.html_blocks, tag.start)
    if block is None:
        return None
    if text[slice(*block)].strip() == text[tag.start : tag.end]:
        return Edit(page.span(tag.start, tag.end), "")
    if line <= block[0]:
        return None  # it is what begins the block
    return (
        Edit(page.span(line, min(stop + 1, len(text))), "")
        if alone
        else Edit(page.span(tag.start, tag.end), "")
    )


RULE = Rule(
    "VD303",
    "stray-close-tag",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            "<p>a</p></p> <ul><li>b</li></li></ul> </br>\n\n`</div>`\n\n<div>\n\n{{< note >}}x{{< /note >}}\n\n</div>\n"
        ),
        Good("{{< note >}}<div>{{< /note >}}\n\n</div>\n"),
        Bad(
            "Text</span> and more\n\n</div>\n\nEnd\n",
            at=["1:5-1:12", "3:1-3:7"],
            fixed="Text and more\n\n\n\nEnd\n",
        ),
        Bad(
            "<div>\n*a*\n</div>\n</div>\n*b*\n",
            at=["4:1-4:7"],
            fixed="<div>\n*a*\n</div>\n*b*\n",
        ),
        Bad("One</div>two\n", at=["1:4-1:10"], fixed="One two\n"),
        Bad("</div> *a*\n", at=["1:1-1:7"]),
    ),
)
