"""A page is empty, and another one has nearly the same address: it was probably renamed.

Their slugs differ in one word by a letter or two, or only in hyphens. When a page is renamed in some systems, the old
one remains as an empty page, and readers who follow an old link get that one. It is a warning if both are empty. Words
that differ by their first letter, short words and numbers count as different subjects ("hepatitis-b", "part-2").

Keep one page, and make the other's URL an alias of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Related, Severity, Span
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..hugo.publication import Output
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report each pair once, at the empty page if one is, else at the one that sorts last."""
    for first, second in site.twins:
        empty = [p for p in (first, second) if site.is_empty(p)]
        page, other = (first, second) if empty == [first] else (second, first)
        emptiness = "this one is empty" if len(empty) == 1 else "both are empty"
        yield Finding(
            Span(page.path or "", 0, 0),
            f'"{page.url}" and "{other.url}" are nearly the same URL, and {emptiness}',
            "keep one page, and make the other's URL an alias of it",
            related=(Related(_place(other), "the twin"),),
            severity=Severity.ERROR if len(empty) == 1 else None,
        )


def _place(page: Output) -> Span:
    return Span(page.path or "", 0, 0)


RULE = Rule(
    "VD506",
    "twin-pages",
    on=Site,
    scope=Scope.NAMES,
    of_page=True,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            {
                "content/posts/hepatitis-b-and-vitamin-d.md": "Text.\n",
                "content/posts/hepatitis-c-and-vitamin-d.md": "Text.\n",
                "content/posts/news-of-may-2013-in-short.md": "Text.\n",
                "content/posts/news-of-may-2014-in-short.md": "Text.\n",
            }
        ),
        Good({"content/posts/print-the-list.md": "Text.\n", "content/posts/print-the-lists.md": "Text.\n"}),
        Bad(
            {
                "content/posts/autism-and-vitamin-d-deficiency.md": "Text.\n",
                "content/posts/autism-and-vitamin-d-deficency.md": "---\ntitle: Autism\n---\n",
            },
            at=["content/posts/autism-and-vitamin-d-deficency.md:1:1"],
        ),
    ),
)
