"""A whole HTML document was pasted into the page.

Hugo's layout already has `<html>`, `<head>` and `<body>`. A second set within the page adds styles and metadata of
another site, and shows the title or scripts of the other document as text. The result differs from browser to browser.
This is reported once a page.

Keep only the content of its `<body>`, if possible as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page
from .support.unpaired import DOCUMENT

_DOCTYPE = lazy_re(r"<!doctype\b[^>]*>?", re.IGNORECASE)


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """The first sign of a document in the page."""
    if not page.settings.markup.unsafe:
        return
    places: list[tuple[int, int, str, bool]] = []
    if not DOCUMENT.isdisjoint(page.body.tag_names):
        tags = (tag for tag in page.body.tags if tag.name in DOCUMENT and not tag.closing)
        places = [(tag.start, tag.end, tag.name, tag.block) for tag in tags][:1]
    for start, end in page.body.html_blocks:
        if page.text.startswith("<!", start) and (match := _DOCTYPE.match(page.text, start, end)):
            places.append((*match.span(), "!DOCTYPE", True))
            break
    if not places:
        return
    start, end, name, block = min(places)
    if block:
        message = f"a whole HTML document was pasted here: <{name}> belongs to the site's layout"
    else:
        message = f"readers do not see this <{name}>: browsers read it as a tag of the whole document"
    yield Finding(
        page.span(start, end),
        message,
        help="keep only the content of its <body>" if block else "put it between backquotes to show it",
    )


RULE = Rule(
    "VD306",
    "pasted-document",
    on=Page,
    check=check,
    of_page=True,
    examples=(
        Good("```html\n<!DOCTYPE html>\n<html>\n```\n\n`<body>`, <header>x</header>, <!-- <html> -->\n"),
        Bad(
            "Text\n\n<!DOCTYPE html>\n<html>\n<head><title>x</title></head>\n<body>\n<p>y</p>\n",
            at=["3:1-3:16"],
        ),
        Bad("Put it into the <body> of the page.\n", at=["1:17-1:23"]),
    ),
)
