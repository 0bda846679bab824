"""A heading has no text.

A `#` alone on its line becomes an empty heading: a gap in the page, an empty entry in the table of contents, and a
stop with nothing to read for people who go from heading to heading with a screen reader. A heading with an id of its
own (`#### {#dose}`) is not reported: it is there as a target for links.

Delete it, or write the missing text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Headings with nothing between their marks."""
    text = page.text
    for heading in page.body.headings:
        if heading.text or text[heading.text_start : heading.text_end].strip():
            continue
        source = text[heading.start : heading.end]
        end = heading.start + len(source.rstrip())
        attributes = "{" in source
        if attributes and heading.id:
            continue  # a place to link to
        yield Finding(
            page.span(heading.start, end),
            "this heading has no text",
            help="delete it, or write its text",
            fix=None
            if attributes
            else Fix("Delete the empty heading", (Edit(page.span(heading.start, end), ""),)),
            cause=f"{page.path}: empty headings",
        )


RULE = Rule(
    "VD205",
    "empty-heading",
    on=Page,
    check=check,
    examples=(
        Good("# Sun\n\n## ![a lamp](/lamp.png)\n\n#hashtag\n\n#### {#dose}\n"),
        Bad("Text\n\n#\n\n## ##\n\nMore\n", at=["3:1-3:2", "5:1-5:6"], fixed="Text\n\n\n\n\n\nMore\n"),
    ),
)
