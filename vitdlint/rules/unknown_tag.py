"""Text in angle brackets is taken for an HTML tag, so readers do not see it.

`<name>`, `<PubMed>` or `<your-key>` in a text is a tag for Markdown and for every browser: an element that no standard
knows shows its content and hides its own name. A placeholder in a command or an address disappears.

Put it between backquotes, or write `&lt;name>`. Elements with a hyphen in their names that are closed are custom
elements and are not reported, nor are those within `<svg>` and `<math>`; `<15 ng` is text. The fix removes the `<x>`
that the Tiki wiki put into words that it thought dangerous (`ex<x>pression`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..core.html import KNOWN
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, Rule
from ..page.markdown.body import Tag
from ..page.markdown.elements import nesting, unknown
from ..page.page import Page
from .support.wording import cut


class Options(NamedTuple):
    """Elements that a script of the site understands."""

    allow: tuple[str, ...] = ()
    """Names of elements, in lower case, that are meant."""


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Tags of unknown elements, and placeholders with a hyphen."""
    tags = page.body.tags
    if page.body.tag_names <= KNOWN or not page.settings.markup.unsafe:
        return
    found = [*unknown(tags), *_placeholders(tags)]
    if not found or "<!--[if" in page.text:
        return
    for tag in sorted(found, key=lambda tag: tag.start):
        source = page.text[tag.start : tag.end]
        if ":" in tag.name or tag.name in options.allow or source.startswith(("<{{", "</{{")):
            continue  # with a namespace; meant; an address that a shortcode supplies
        shown = cut(" ".join(source.split()), 40)
        yield Finding(
            page.span(tag.start, tag.end),
            f'readers do not see "{shown}": browsers read it as an HTML tag',
            help="put it between backquotes to show it, or delete it",
            fix=_deletion(page, tag),
            cause=f"<{tag.name}>",
        )


def _deletion(page: Page, tag: Tag) -> Fix | None:
    """The fix for `ex<x>pression`: the Tiki wiki put `<x>` into words that it thought dangerous."""
    before, after = page.text[tag.start - 1 : tag.start], page.text[tag.end : tag.end + 1]
    if page.text[tag.start : tag.end] != "<x>" or not (before.isalpha() and after.isalpha()):
        return None
    return Fix("Delete <x>", (Edit(page.span(tag.start, tag.end), ""),))


def _placeholders(tags: tuple[Tag, ...]) -> Iterator[Tag]:
    """Names with a hyphen, as custom elements have, but without attributes and without a partner."""
    if any("-" in tag.name for tag in tags):
        found = nesting(tags)
        yield from (
            u.tag for u in found.unclosed if "-" in u.tag.name and not u.tag.attributes and not u.late
        )
        yield from (tag for tag in found.stray if "-" in tag.name)


RULE = Rule(
    "VD307",
    "unknown-tag",
    on=Page,
    options=Options,
    check=check,
    examples=(
        Good(
            "Less <15 ng/mL, a<b, `<name>`, <my-tag>x</my-tag>, <svg><g/></svg>, <https://example.org/>, <x:y> <{{% ref %}}/a>\n"
        ),
        Good("<gist>x</gist>\n", options={"allow": ["gist"]}),
        Bad("Gene ex<x>pression rose.\n", at=["1:8-1:11"], fixed="Gene expression rose.\n"),
        Bad("Source: <PubMed> and log in as <your-name>.\n", at=["1:9-1:17", "1:32-1:43"]),
    ),
)
