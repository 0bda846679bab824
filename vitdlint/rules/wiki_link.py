"""A link is written as wikis write it, so readers see its brackets.

`[[Page]]`, `[[Page#Part]]` and `[[Page|text]]` are links in Obsidian, Notion, MediaWiki and many more. Hugo does not know
them, and publishes the brackets as text.

Reported is what names a page of this site: by its title, its file name or an alias, whatever the case. `all` reports the
others, too. One word in small letters without `#` or `|` is more likely something else: `[[servers]]` is a table in TOML.

Write `[text](target)`. The fix does so where one page alone has that name. It is unsafe, because only a person knows
whether that page is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix, Span
from ..core.rule import Bad, Good, Rule
from ..hugo.publication import Output
from ..page.markdown.body import Link
from ..page.markdown.wiki_links import WikiLink
from ..site.links import Links
from ..site.relink import goal_of, relink

_SHORT = 2
_PUNCTUATION = lazy_re(r"[^\w\s-]")
_MARKS = frozenset("*_`[]<>\\|")


class Options(NamedTuple):
    """Options of wiki-link."""

    all: bool = False
    """Report those that name no page of the site, too."""


def check(links: Links, options: Options) -> Iterator[Finding]:
    """Report each that names a page, with the link to write."""
    for path, facts in links.pages.items():
        page = links.site.addresses.outputs.get(path) if facts.wiki_links else None
        if page is None or page.state == "shadowed":
            continue
        for wiki in facts.wiki_links:
            found = links.site.addresses.candidates.titled(wiki.name)
            meant = found.page if found is not None and found.exact and _is_name(wiki) else None
            if meant is not None or options.all:
                yield _finding(links, page, path, wiki, meant)


def _is_name(wiki: WikiLink) -> bool:
    word = wiki.name.islower() and " " not in wiki.name
    return bool(wiki.part or wiki.label) or (len(wiki.name) > _SHORT and not word)


def _finding(links: Links, page: Output, path: str, wiki: WikiLink, meant: Output | None) -> Finding:
    span = Span(path, wiki.start, wiki.end)
    message = f'readers see the brackets of "[[{wiki.name}]]", because Hugo has no wiki links'
    if meant is None:
        return Finding(span, message, "write [text](target), or remove the brackets")
    fragment = "-".join(_PUNCTUATION.sub("", wiki.part).lower().split())
    link = Link("link", f"#{fragment}" if fragment else "", *span[1:], *span[1:], *span[1:])
    new = relink(links.site, page, link, goal_of(meant, fragment))
    label = wiki.label or wiki.name
    if new is None or new.elsewhere or not _MARKS.isdisjoint(label) or re.search(r"[\s()<>]", new.text):
        return Finding(span, message, f'link to "{meant.url}"')
    written = f"[{label}]({new.text})"
    return Finding(span, message, f"write {written}", Fix("Write a link", (Edit(span, written),), safe=False))


_RYE = {
    "content/posts/rye.md": "---\ntitle: Rye Bread\naliases: [/loaf/]\n---\n## The Crust!\n",
}

RULE = Rule(
    "VD614",
    "wiki-link",
    on=Links,
    check=check,
    options=Options,
    examples=(
        Good(
            {
                "content/posts/page.md": "[[Barley]], [[rye]], `[[Rye bread]]`, \\[[Rye bread]], [[1]](/posts/rye/), a[[rye]], [[1]]\n",
                **_RYE,
            }
        ),
        Bad(
            {
                "content/posts/page.md": "[[rye bread]], [[rye|the bread]], [[Loaf]] and [[Rye#The Crust!]]\n",
                **_RYE,
            },
            at=["1:1-1:14", "1:16-1:33", "1:35-1:43", "1:48-1:66"],
            fixed={
                "content/posts/page.md": "[rye bread](/posts/rye/), [the bread](/posts/rye/), [Loaf](/posts/rye/) and "
                "[Rye](/posts/rye/#the-crust)\n"
            },
            unsafe=True,
        ),
        Bad("See [[Barley]].\n", options={"all": True}, at=["1:5-1:15"]),
    ),
)
