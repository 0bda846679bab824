"""A term appears twice in one list.

Hugo counts it once, but templates that go through the list show it twice.

The fix removes the second one. Terms that differ in case are one term for Hugo as well, but they are not reported
here: which spelling to use is a question for the whole site. See term-variants.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Edit, Finding, Fix, Related, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..frontmatter.write import removal
from ..hugo.cast import holds_containers
from ..page.page import Page


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Each item of a list of terms that is in it before, letter by letter."""
    for taxonomy in page.settings.taxonomies:
        terms = page.front.get(taxonomy)
        if not isinstance(terms, list) or holds_containers(terms):
            continue
        if len(set(terms)) == len(terms):
            continue
        first: dict[str, int] = {}
        for index, term in enumerate(terms):
            if not isinstance(term, str) or first.setdefault(term, index) == index:
                continue
            cut = removal(page.front, (taxonomy, index))
            yield Finding(
                page.facts.span(taxonomy, index),
                f'"{term}" appears twice in {taxonomy}',
                help="remove one of them",
                fix=Fix("Remove the second one", (Edit(page.span(cut[0], cut[1]), cut[2]),)) if cut else None,
                related=(Related(page.facts.span(taxonomy, first[term]), "first used here"),),
            )


RULE = Rule(
    "VD116",
    "duplicate-term",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good('{"tags": ["sun", "Sun", "skin"], "categories": ["sun"], "links": ["a", "a"]}\nText\n'),
        Bad(
            '{"tags": ["sun", "skin", "sun"]}\nText\n',
            at=["1:26-1:31"],
            fixed='{"tags": ["sun", "skin"]}\nText\n',
        ),
        Bad(
            "---\ntags:\n  - sun\n  - sun\n  - skin\n---\nText\n",
            at=["4:5-4:8"],
            fixed="---\ntags:\n  - sun\n  - skin\n---\nText\n",
        ),
    ),
)
