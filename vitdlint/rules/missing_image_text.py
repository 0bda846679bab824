"""An image has no alternative text.

People who cannot see the image, and search engines, learn nothing about it. Off by default: an image that is only
decoration needs no text, and only a person can decide that.

Write what the image shows between the square brackets: `![a lamp beside a window](/lamp.png)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """`![](target)`, and `<img>` without `alt`; `alt=""` says that an image is decoration."""
    for link in page.body.links:
        if link.kind == "image" and not page.text[link.text_start : link.text_end].strip():
            yield _finding(page, link.outer_start, link.outer_end, link.target)
    for tag in page.body.tags:
        if tag.name == "img" and not tag.closing and tag.get("alt") is None:
            source = tag.get("src")
            yield _finding(page, tag.start, tag.end, source.value or "" if source else "")


def _finding(page: Page, start: int, end: int, target: str) -> Finding:
    return Finding(
        page.span(start, end),
        f'the image "{target}" has no alternative text',
        help="describe the image for people who cannot see it",
    )


RULE = Rule(
    "VD214",
    "missing-image-text",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    default=False,
    examples=(
        Good('![a lamp](/lamp.png) <img src="/dot.png" alt="">\n'),
        Bad('![](/lamp.png) <img src="/lamp.png">\n', at=["1:1-1:15", "1:16-1:37"]),
    ),
)
