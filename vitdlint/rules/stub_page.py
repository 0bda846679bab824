"""A page has hardly any text.

Visitors who come from a search engine or a list find a sentence and leave. Often the text was lost when the
page was converted, or somebody meant to write it later.

Off by default: short pages can be right. A page with an image, a shortcode, a table, code or raw HTML is
never a stub, nor is a list page (`_index.md`); a page with nothing at all is reported by empty-page.

Write the page, merge it into another one (with an alias for its URL), or make it a draft.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, Rule
from ..page.page import Page


class Options(NamedTuple):
    """Options of stub-page."""

    letters: int = 40
    """A page with fewer letters and digits of text than this is a stub."""


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Count the letters of a page."""
    body = page.body
    name = page.path.rpartition("/")[2]
    if page.facts.empty or body.not_checked or name.startswith("_index."):
        return
    if body.tags or body.tables or body.shortcodes or any(link.kind == "image" for link in body.links):
        return
    if body.codes:
        return
    letters = (i for i, c in enumerate(body.prose[body.start :], body.start) if c.isalnum())
    found = list(islice(letters, options.letters))
    if found and len(found) < options.letters:
        yield Finding(
            page.span(found[0], found[-1] + 1),
            f"the page has {len(found)} letters of text; readers find almost nothing",
            help="write it, merge it into another page, or make it a draft",
        )


RULE = Rule(
    "VD409",
    "stub-page",
    on=Page,
    of_page=True,
    check=check,
    options=Options,
    severity=Severity.WARNING,
    default=False,
    examples=(
        Good("Vitamin D is made in the skin, by the sun, and stored for weeks.\n"),
        Good({"content/posts/_index.md": "Posts.\n"}),
        Good("![scan](scan.png)\n\nScan.\n"),
        Good("Short, but long enough.\n", options={"letters": 10}),
        Bad("---\ntitle: Later\n---\n\nTo be written.\n", at=["5:1-5:14"]),
    ),
)
