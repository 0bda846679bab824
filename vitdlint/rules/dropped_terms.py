"""A list inside a list of terms makes Hugo drop them all.

If one of a page's tags (or categories, or terms of another taxonomy) is itself a list or a mapping, Hugo ignores the
whole list and says nothing. The page is listed under none of its terms.

Write every term as one text. In YAML, `- sun: and skin` is a mapping; put a term with a colon in quotes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..hugo.cast import holds_containers
from ..page.page import Page
from .support.wording import all_of


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """In each taxonomy, the first item that is no scalar."""
    if any(problem.kind == "misread" for problem in page.front.problems):
        return  # its item is a mapping for that reason
    for taxonomy in page.settings.taxonomies:
        terms = page.front.get(taxonomy)
        if not isinstance(terms, list) or not holds_containers(terms):
            continue
        for index, term in enumerate(terms):
            if isinstance(term, list | dict):
                what = "a list" if isinstance(term, list) else "a mapping"
                yield Finding(
                    page.facts.span(taxonomy, index),
                    f"this item of {taxonomy} is {what}, so Hugo ignores {all_of(len(terms))}",
                    help="write each term as one text, in quotes if it has a colon",
                )
                break


RULE = Rule(
    "VD109",
    "dropped-terms",
    on=Page,
    check=check,
    examples=(
        Good('{"tags": ["sun", 7], "categories": "diet", "authors": [["a"]]}\nText\n'),
        Bad('{"tags": ["sun", ["diet"]]}\nText\n', at=["1:18-1:26"]),
        Bad("---\ncategories:\n  - diet\n  - sun: and skin\n---\n", at=["4:5-4:18"]),
        Bad(
            {
                "hugo.toml": '[taxonomies]\nauthor = "authors"\n',
                "content/posts/page.md": '{"authors": [["Ada"]]}\nText\n',
            },
            at=["1:14-1:21"],
        ),
    ),
)
