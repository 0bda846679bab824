"""A page links to itself.

The reader follows the link and sees the same page again. Often another page was meant: the next edition, a study of
nearly the same name. Links to a place on the page (`#dose`) are fine, and so are those with a query; an alias of the
page is reported by link-to-alias.

Link to the page that was meant, or leave the words without a link.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.links import Links
from .support.links import is_itself, span_of


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report links of pages to themselves."""
    for page, link, target in links.led("page"):
        if link.target and is_itself(page, link, target):
            yield Finding(
                span_of(page, link),
                f'"{link.target}" is the page that contains this link',
                "link to the page that was meant, or remove the link",
            )


RULE = Rule(
    "VD606",
    "self-link",
    on=Links,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good("## Dose\n\n[dose](#dose), [dose](/posts/page/#dose)\n"),
        Bad("[next edition](/posts/page/)\n", at=["1:16-1:28"]),
    ),
)
