"""A link leads to a page without content.

The page exists and has a title, but its body is empty: the reader followed the link for nothing. Only regular pages
are meant; the home page, sections and terms are filled by layouts. The empty page itself is reported by empty-page.

Write the page, or link to one that says something.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Related, Severity, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..site.links import Links
from .support.links import span_of


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report the links of pages with content to pages without."""
    for page, link, target in links.led("page", "alias", "fragment-lost"):
        goal = target.page
        if goal is None or goal is page or goal.path is None or not links.site.is_empty(goal):
            continue
        yield Finding(
            span_of(page, link),
            f'the link leads to "{link.target}", an empty page',
            "write the page, or link to another one",
            related=(Related(Span(goal.path, 0, 0), "the empty page"),),
            cause=goal.url,
        )


RULE = Rule(
    "VD605",
    "link-to-empty-page",
    on=Links,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            {
                "content/posts/page.md": "[b](/posts/b/), [posts](/posts/)\n",
                "content/posts/b.md": "---\ntitle: B\n---\nText.\n",
                "content/posts/_index.md": "---\ntitle: Posts\n---\n",
            }
        ),
        Bad(
            {
                "content/posts/page.md": "[b](/posts/b/)\n",
                "content/posts/b.md": "---\ntitle: B\n---\n\n<!-- to do -->\n",
            },
            at=["1:5-1:14"],
        ),
    ),
)
