"""Hugo cannot read the attributes of a code fence, so the whole build fails.

Hugo takes what is between braces after the opening fence for attributes: `{#id .class key="value"}`. What it cannot
read stops the build of the whole site. Other programs allow more, so it is common in pages that were moved to Hugo
(`~~~~ {.brush: .php;}`, or `{r, echo=FALSE}` of R Markdown).

Write the language before the braces, and quotation marks around values, or delete the braces.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.markdown.attributes import of_fence, parse
from ..page.page import Page


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Report each fence whose braces goldmark cannot read, unless Hugo leaves code blocks to goldmark."""
    if page.settings.markup.highlight == "none":
        return
    for code in page.body.codes:
        if code.kind != "fence" or "{" not in code.info:
            continue
        stop = page.text.find("\n", code.start)
        span = of_fence(page.text, code.start, stop if stop >= 0 else len(page.text))
        if span is None:
            continue
        if parse(page.text, *span) is None or page.text[slice(*span)][1:-1].isspace():
            yield Finding(
                page.span(*span),
                f"Hugo does not build the site: it cannot read the attributes {page.text[span[0] : span[1]]}",
                help='write them as {#id .class key="value"}, with the language before them, or delete them',
            )


RULE = Rule(
    "VD220",
    "fence-attributes",
    on=Page,
    check=check,
    fails_build=True,
    examples=(
        Good('```go {#id .class linenos=true hl_lines=[1,"3-4"]}\nx\n```\n\n~~~ {brace\nx\n~~~\n'),
        Bad("~~~~ {.brush: .php;}\n$a = 1;\n~~~~\n", at=["1:6-1:21"]),
        Bad("```{r, echo=FALSE}\nx\n```\n", at=["1:4-1:19"]),
    ),
)
