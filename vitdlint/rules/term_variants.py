"""A term is written in several ways.

"Vitamin D", "vitamin d" and "vitamin-d" are one term for Hugo, so nothing breaks. But the title of the list is the
spelling of one page, at random, and layouts that print a page's terms show every spelling. Each pair is reported once
for the site, at the first use of the rarer spelling.

Write the term in one way. Its URL does not change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..core.model import Finding, Related, Severity
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..hugo.packed_terms import spelled_differently
from ..site.places import place_of
from ..site.site import Site


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report each further spelling of a term once."""
    terms = site.addresses.terms
    for term in sorted(spelled_differently(terms)):
        uses = terms[term]
        counts = Counter(use.value for use in uses)
        # Of equally common spellings the one that sorts first wins.
        common, *others = sorted(counts, key=lambda value: (-counts[value], value))
        standard = next(use for use in uses if use.value == common)
        for value in others:
            rare = next(use for use in uses if use.value == value)
            pages = "one page" if counts[value] == 1 else f"{counts[value]} pages"
            yield Finding(
                place_of(site, rare),
                f'"{value}" ({pages}) and "{common}" ({counts[common]}) are the same term of {term.taxonomy}',
                f'write "{common}" everywhere',
                related=(Related(place_of(site, standard), "the common spelling"),),
                cause=f"{term.taxonomy}/{term.identity}/{value}",
            )


RULE = Rule(
    "VD505",
    "term-variants",
    on=Site,
    scope=Scope.TERMS,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            {
                "content/posts/page.md": "---\ntags: [Vitamin D]\n---\nText.\n",
                "content/posts/b.md": "---\ntags: [Vitamin D]\ncategories: [vitamin d]\n---\nText.\n",
            }
        ),
        Bad(
            {
                "content/posts/a.md": "---\ntags: [Vitamin D]\n---\nText.\n",
                "content/posts/b.md": "---\ntags: [Vitamin D]\n---\nText.\n",
                "content/posts/page.md": "---\ntags: [Sun, vitamin d]\n---\nText.\n",
            },
            at=["2:13-2:22"],
        ),
    ),
)
