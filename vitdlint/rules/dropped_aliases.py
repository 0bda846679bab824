"""A list inside the aliases makes Hugo drop them all.

If one item of `aliases` is itself a list or a mapping, Hugo ignores the whole list and says nothing. None of the
page's old URLs leads to it any more.

Write every alias as one text of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..hugo.cast import holds_containers
from ..page.page import Page
from .support.wording import all_of


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """The first item of the list that is no scalar."""
    aliases = page.front.get("aliases")
    if not isinstance(aliases, list) or not holds_containers(aliases):
        return
    if any(problem.kind == "misread" for problem in page.front.problems):
        return  # its item is a mapping for that reason
    for index, alias in enumerate(aliases):
        if isinstance(alias, list | dict):
            what = "a list" if isinstance(alias, list) else "a mapping"
            yield Finding(
                page.facts.span("aliases", index),
                f"this alias is {what}, so Hugo ignores {all_of(len(aliases))}",
                help="write each alias as one text",
            )
            return


RULE = Rule(
    "VD108",
    "dropped-aliases",
    on=Page,
    check=check,
    examples=(
        Good('{"aliases": ["/old", 7, true]}\nText\n'),
        Good('{"aliases": "/old /older"}\nText\n'),
        Bad('{"aliases": ["/old", ["/older"]]}\nText\n', at=["1:22-1:32"]),
        Bad("---\naliases:\n  - /old\n  - /new: /newer\n---\n", at=["4:5-4:17"]),
    ),
)
