"""A link names a reference that the page does not define.

`[text][label]` needs a line `[label]: target` somewhere on the page. Without it, readers see both brackets as text
and have nothing to click.

What a shortcode renders by itself (`.Inner | markdownify`) is a document of its own: there the definition must be
between the same tags.

Add the definition, or correct the label; upper and lower case are the same. Two brackets that are more likely
something else, as in `a[i][j]`, `[A-Z][a-z]` or the citations `[1][2]`, are left alone, and so are pages into which a
shortcode such as `{{% include %}}` brings Markdown, which may define the reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page

_PARTS = lazy_re(r"\[((?:[^\[\]\\]|\\.)*)\]\[((?:[^\[\]\\]|\\.)*)\]", re.DOTALL)
_RANGE = lazy_re(r"\^|.-.|\\[wds]|-|@|\.\.\.|\s*$")
_INLINE = frozenset(("param", "ref", "relref", "qr"))
_SHORT = lazy_re(r"\s*(?:\d[\d,\s\u2013-]*|\S|<[^>]*>|[A-Z_.]+)\s*")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """What the parser found to look like a reference, unless it is more likely something else."""
    for trouble in page.body.troubles:
        if trouble.kind != "reference" or _may_be_included(page):
            continue
        if _is_meant(page.text, trouble.start, trouble.end):
            yield Finding(
                page.span(trouble.start, trouble.end),
                trouble.message,
                help="add a line [label]: target, or correct the label",
            )


def _may_be_included(page: Page) -> bool:
    """Whether a `{{% include %}}` brings Markdown, and with it perhaps definitions, into the page."""
    shortcodes = page.body.shortcodes
    closed = {s.name.lower() for s in shortcodes if s.closing}
    return any(s.markdown and s.params and s.name.lower() not in closed | _INLINE for s in shortcodes)


def _is_meant(text: str, start: int, end: int) -> bool:
    """Whether a person who wrote these brackets had a link in mind."""
    match = _PARTS.fullmatch(text, start, end)
    before, after = text[start - 1 : start], text[end : end + 1]
    if (
        match is None
        or before.isalnum()
        or (before and before in "_)]}>'\"$\\")
        or (after and after in "[(+*?{=:")
    ):
        return False
    words, label = match.groups()
    if _RANGE.match(words) or (label and _RANGE.match(label)):
        return False
    return not (_SHORT.fullmatch(words) and (not label or _SHORT.fullmatch(label)))


RULE = Rule(
    "VD212",
    "undefined-reference",
    on=Page,
    check=check,
    examples=(
        Good("[the study][moe], [moe][] and [moe]; a[i][j], [1][2], [A-Z][a-z]+\n\n[moe]: /posts/moe\n"),
        Good('See [the study][moe].\n\n{{% include "/links.md" %}}\n'),
        Bad(
            {
                "content/posts/page.md": "{{< box >}}\nSee [the study][moe].\n{{< /box >}}\n\n[moe]: /posts/moe\n",
                "layouts/_shortcodes/box.html": "{{ .Inner | markdownify }}",
            },
            at=["2:5-2:21"],
        ),
        Bad("See [the study][moe2].\n\n[moe]: /posts/moe\n", at=["1:5-1:22"]),
    ),
)
