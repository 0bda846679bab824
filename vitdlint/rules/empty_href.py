"""A link leads nowhere.

`<a href="">` and `[text]()` lead to the page itself: readers click, the page reloads, and they lose their place. The
target was lost in a conversion, or was to be filled in later. This is told once a page.

Give the link its target. The fix takes the tags of raw links away and leaves their text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.markdown.body import Tag
from ..page.page import Page
from .support.wording import and_more, cut

_SCRIPTED = ("on", "data-", "role", "x-", "@", "v-", ":", "id", "name")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """The first empty target, and how many more there are."""
    text = page.text
    written = [
        (link.outer_start, link.outer_end)
        for link in page.body.links
        if link.kind == "link" and not link.target and text[link.text_start : link.text_end].strip()
    ]
    raw = list(_raw(page)) if page.settings.markup.unsafe and "a" in page.body.tag_names else []
    places = sorted([*written, *((tag.start, closing.end) for tag, closing in raw)])
    if not places:
        return
    start, end = places[0]
    shown = cut(" ".join(text[start:end].split()), 60)
    edits = [Edit(page.span(t.start, t.end), "") for pair in raw for t in pair]
    yield Finding(
        page.span(start, end),
        f'this link leads nowhere: "{shown}"{and_more(len(places))}',
        help="give it a target, or take the link away and leave its text",
        fix=Fix("Take the links away", tuple(edits)) if edits else None,
    )


def _raw(page: Page) -> Iterator[tuple[Tag, Tag]]:
    """Start and end tags of raw links with a text and an empty `href`, unless a script gives them a purpose."""
    for tag, following in pairwise([t for t in page.body.tags if t.name == "a"]):
        if tag.closing or tag.self_closing or not following.closing:
            continue
        href = tag.get("href")
        if (
            href is None
            or (href.value or "").strip()
            or any(a.name.startswith(_SCRIPTED) for a in tag.attributes)
        ):
            continue
        if page.text[tag.end : following.start].strip():
            yield tag, following


RULE = Rule(
    "VD308",
    "empty-href",
    on=Page,
    check=check,
    examples=(
        Good(
            '<a href="#top">up</a> <a href="" onclick="go()">x</a> <a href="2014">2014</a> <a id="x" href=""></a> [a](#)\n'
        ),
        Bad(
            'As shown <a class="wiki" href="" rel="">1</a> and <a href="">there</a>.\n',
            at=["1:10-1:46"],
            fixed="As shown 1 and there.\n",
        ),
        Bad("See [the study]().\n", at=["1:5-1:18"]),
    ),
)
