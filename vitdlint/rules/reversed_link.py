"""The brackets of a link are the wrong way round: `(text)[target]`.

Markdown writes `[text](target)`. The other way round, readers see text and address with their brackets, and nothing
to click but, at best, the bare address.

Swap the brackets.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page

_REVERSED = lazy_re(
    r"\(([^()\[\]\n\x00]{1,200})\)\[((?:https?://|mailto:|www\.|/(?!/)|#(?=\w)|\.{1,2}/)[^\[\]()<>\s\x00]*|[\w./-]+\.(?:md|html?))\](?![(\[])"
)


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Round brackets with a text, then square ones with an address."""
    prose = page.body.prose
    at = prose.find("[", page.body.start)
    while at >= 0 and prose[at - 1] != ")":
        at = prose.find("[", at + 1)
    if at < 0:
        return
    for match in _REVERSED.finditer(prose, page.body.start):
        link = f"[{match[1]}]({match[2]})"
        yield Finding(
            page.span(*match.span()),
            f'this is not a link: readers see "{match[0]}"',
            help=f"write {link}",
            fix=Fix("Swap the brackets", (Edit(page.span(*match.span()), link),)),
        )


RULE = Rule(
    "VD211",
    "reversed-link",
    on=Page,
    check=check,
    examples=(
        Good("As shown (Moe)[1], f(x)[i], `(a)[/b]`, [text](/posts/a)[/posts/b](/c) and [x]\n"),
        Bad("See (the study)[/posts/study].\n", at=["1:5-1:30"], fixed="See [the study](/posts/study).\n"),
        Bad(
            "(Moe 2009)[https://example.org/a]\n",
            at=["1:1-1:34"],
            fixed="[Moe 2009](https://example.org/a)\n",
        ),
    ),
)
