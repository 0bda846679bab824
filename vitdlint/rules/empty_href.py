"""A link leads nowhere.

`<a href="">` and `[text]()` lead to the page itself: readers click, the page reloads, and they lose their place. The
target was lost in a conversion, or was to be filled in later. This is reported once a page.

Give the link its target. The fix takes the tags of raw links away and leaves their text. It is unsafe where it takes
more: the rest of a tag that was cut in two (`tag_3"&gt;1</a>" rel="nofollow"&gt;`), a `title`, or a tag that begins an
HTML block, after which the lines below it become Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.markdown.body import Tag
from ..page.page import Page
from .support.wording import and_more, cut

_REST_OF_TAG = lazy_re(r"[\w.#/:-]*\"(?:(?:\s+[\w-]+=\"[^\"<>\n]*\")+\s*)?(?:&gt;|>)")
"""Attributes that a reader sees, as a tag before them was closed too early."""
_SILENT = frozenset({"href", "rel", "target", "class"})
"""Attributes that a reader does not miss; a `title` is shown, `style` changes what is."""
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
    stretches = [stretch for pair in raw for stretch in _stretches(text, *pair)]
    begins = {block for block, _ in page.body.html_blocks}
    tags = [tag for pair in raw for tag in pair]
    safe = (
        stretches == [(t.start, t.end) for t in tags]
        and begins.isdisjoint(t.start for t in tags)
        and all(a.name in _SILENT for t in tags for a in t.attributes)
    )
    edits = tuple(Edit(page.span(*stretch), "") for stretch in stretches)
    yield Finding(
        page.span(start, end),
        f'this link leads nowhere: "{shown}"{and_more(len(places))}',
        help="give it a target, or remove the link and keep its text",
        fix=Fix("Remove the links", edits, safe=safe) if edits else None,
    )


def _stretches(text: str, tag: Tag, closing: Tag) -> Iterator[tuple[int, int]]:
    """The tags of a link, each with what is left of a longer tag behind it."""
    for one in (tag, closing):
        rest = _REST_OF_TAG.match(text, one.end)
        yield one.start, rest.end() if rest is not None else one.end


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
    of_page=True,
    examples=(
        Good(
            '<a href="#top">up</a> <a href="" onclick="go()">x</a> <a href="2014">2014</a> <a id="x" href=""></a> [a](#)\n'
        ),
        Bad(
            'As shown <a class="wiki" href="" rel="">1</a> and <a href="">there</a>.\n',
            at=["1:10-1:46"],
            fixed="As shown 1 and there.\n",
        ),
        Bad(
            'Shown <a href="" rel="">tag_31"&gt;1</a>" rel="external nofollow"&gt;by Moe.\n',
            at=["1:7-1:41"],
            fixed="Shown 1by Moe.\n",
            unsafe=True,
        ),
        Bad('A <a href="" title="of sun">dose</a>.\n', at=["1:3-1:37"], fixed="A dose.\n", unsafe=True),
        Bad("See [the study]().\n", at=["1:5-1:18"]),
    ),
)
