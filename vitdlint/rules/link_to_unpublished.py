"""A link leads to a page that is not published.

The page is there, but Hugo leaves it out: it is a draft, lies in the future, has expired, or says so itself
(`headless`, `build`). The reader gets "page not found". A draft may link to another draft, and a page that waits for
its date to one that is published by then.

Publish the page, or remove the link until it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Related, Severity, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.links import Links
from .support.links import span_of
from .support.wording import WHY_UNPUBLISHED


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report the links of published pages to unpublished ones."""
    for page, link, target in links.led("unpublished"):
        goal = target.page
        if goal is None or page.state == goal.state or page.state in ("draft", "expired"):
            continue
        if target.via == "ref":
            continue  # dead-ref says so
        yield Finding(
            span_of(page, link),
            f'the page "{link.target}" {WHY_UNPUBLISHED.get(goal.state, "is not published")}, so this link is dead for readers',
            "publish the page, or remove the link until it is",
            related=(Related(Span(goal.path, 0, 0), "the page"),) if goal.path else (),
            cause=goal.url,
            severity=Severity.WARNING if goal.state == "future" else None,
        )


RULE = Rule(
    "VD604",
    "link-to-unpublished",
    on=Links,
    check=check,
    examples=(
        Good(
            {
                "content/posts/page.md": "[b](/posts/b/)\n",
                "content/posts/b.md": "---\ndraft: false\n---\nText.\n",
            }
        ),
        Good(
            {
                "content/posts/page.md": "---\ndraft: true\n---\n[b](/posts/b/)\n",
                "content/posts/b.md": "---\ndraft: true\n---\nText.\n",
            }
        ),
        Bad(
            {
                "content/posts/page.md": "[b](/posts/b/)\n",
                "content/posts/b.md": "---\ndraft: true\n---\nText.\n",
            },
            at=["1:5-1:14"],
        ),
    ),
)
