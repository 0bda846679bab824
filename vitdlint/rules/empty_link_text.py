"""A link has no text, so readers cannot see it.

There is nothing to click, and a screen reader reads out the address at best. Most often the text was lost when the
page was converted or edited. At the start of a list item Hugo even takes `[ ](target)` for a checkbox with an address.

Write the link's text, or delete the link.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page

_NAMING = frozenset(("id", "name", "class", "style", "title", "aria-label", "aria-labelledby"))


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """`[](target)`, and `<a href="target"></a>` that nothing else gives a name, a look or a purpose."""
    text = page.text
    for link in page.body.links:
        if link.kind == "link":
            named = text[link.text_start : link.text_end].strip()
            if not named and link.target and not link.target.startswith("#"):
                yield _finding(page, link.outer_start, link.outer_end, link.target)
        elif link.kind == "bare" and text.startswith("[ ](", link.start - 4):
            end = text.find(")", link.start, link.end + 1) + 1 or link.end
            yield _finding(page, link.start - 4, end, text[link.start : end].rstrip(")"))
    before = None
    for tag in page.body.tags if "a" in page.body.tag_names else ():
        if tag.name == "a":
            if (
                tag.closing
                and before is not None
                and not text[before.end : tag.start].strip()
                and (href := before.get("href")) is not None
                and href.value
                and not href.value.startswith("#")
                and not any(a.name in _NAMING for a in before.attributes)
            ):
                yield _finding(page, before.start, tag.end, href.value)
            before = None if tag.closing else tag
        else:
            before = None


def _finding(page: Page, start: int, end: int, target: str) -> Finding:
    return Finding(
        page.span(start, end),
        f'the link to "{target}" has no text: readers cannot see it',
        help="write its text, or delete the link",
    )


RULE = Rule(
    "VD213",
    "empty-link-text",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            '[![lamp](/lamp.png)](/a) [<b>x</b>](/b) [](#here) <a href="/c"><img src="/d.png"></a> <a id="e" href="/e"></a>\n'
        ),
        Good("- [ ] (see https://example.org/) to do\n- [x](https://example.org/a)\n\n`- [ ](/a)`\n"),
        Bad("* [ ](https://example.org/a#b)1 All values\n", at=["1:3-1:31"]),
        Bad('Text [](/posts/a) and <a href="/posts/b"> </a>\n', at=["1:6-1:18", "1:23-1:47"]),
    ),
)
