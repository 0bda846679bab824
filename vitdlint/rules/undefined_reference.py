"""A link names a reference that the page does not define.

`[text][label]` needs a line `[label]: target` somewhere on the page. Without it, readers see both brackets as text
and have nothing to click.

Add the definition, or correct the label; upper and lower case are the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Finding
from ..page import Page
from ..rule import Bad, Good, NoOptions, Rule


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """What the parser found to look like a reference, unless it is more likely something else."""
    for trouble in page.body.troubles:
        if trouble.kind == "reference":
            yield Finding(
                page.span(trouble.start, trouble.end),
                trouble.message,
                help="add a line [label]: target, or correct the label",
            )


RULE = Rule(
    "VD212",
    "undefined-reference",
    on=Page,
    check=check,
    examples=(
        Good("[the study][moe], [moe][] and [moe]; a[i][j], [1][2], [A-Z][a-z]+\n\n[moe]: /posts/moe\n"),
        Bad("See [the study][moe2].\n\n[moe]: /posts/moe\n", at=["3:1"]),
    ),
)
