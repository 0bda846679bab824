"""Hugo cannot read a shortcode, so the whole build fails.

Hugo looks for `{{<` and `{{%` everywhere, in code and in comments too. After them it expects a name, parameters that
are either all named or all positional, quotation marks in pairs, and the same kind of bracket at the end. One error
anywhere stops the build of the whole site.

Correct the shortcode. To show one to readers, write `{{</* name */>}}`; write a single `{{<` in a text as `&#123;{<`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """What the parser of shortcodes could not read."""
    for trouble in page.body.troubles:
        if trouble.kind == "shortcode":
            yield Finding(
                page.span(trouble.start, trouble.end),
                trouble.message,
                help="to show a shortcode as text, write {{</* name */>}}",
            )


RULE = Rule(
    "VD216",
    "shortcode-syntax",
    on=Page,
    check=check,
    fails_build=True,
    examples=(
        Good('{{< figure src="/lamp.png" >}} and {{</* figure */>}} and {{ .Title }}\n'),
        Bad("We love it {{<3 much\n", at=["1:12"]),
    ),
)
