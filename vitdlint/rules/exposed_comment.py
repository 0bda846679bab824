"""A comment is visible to readers, in part or as a whole.

Readers should not see the text between `<!--` and `-->`. They see it if the start is lost, if one comment is inside
another (the first `-->` ends them all), or if a comment begins within a paragraph and contains a blank line.

Delete the rest of the comment, or start it on a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.lazy_re import lazy_re
from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page

_END = lazy_re(r"-->")


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """A visible `<!--`, and a visible `-->` that is no arrow."""
    prose, text = page.body.prose, page.text
    at = prose.find("-->", page.body.start) if ">" in prose else -1
    opening = prose.find("<!--", page.body.start) if "<" in prose else -1
    if (at < 0 and opening < 0) or "-->" not in text or "<!--[if" in text:
        return  # another rule reports what Word leaves behind
    if opening >= 0:
        at = opening
        if text[at - 1 : at] != "\\":
            yield Finding(
                page.span(at, at + 4),
                "readers see this comment: it begins within a paragraph that ends before -->",
                help="start it on a line of its own, or remove the blank lines in it",
            )
    nested = [c.end for c in page.body.comments if "<!--" in text[c.start + 4 : c.end]]
    for match in _END.finditer(prose, page.body.start):
        if not _is_left_over(text, *match.span(), nested):
            continue
        yield Finding(
            page.span(*match.span()),
            'readers see this "-->" and perhaps the hidden text before it',
            help="delete the rest of the comment",
        )
        return


def _is_left_over(text: str, start: int, end: int, nested: list[int]) -> bool:
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    before, after = text[line:start].strip(" \t>"), text[end : stop if stop >= 0 else len(text)].strip()
    if after:
        return False
    return not before or before.endswith("~/tc~") or any(0 <= start - e <= 2000 for e in nested)


RULE = Rule(
    "VD310",
    "exposed-comment",
    on=Page,
    check=check,
    examples=(
        Good("<!-- a\n\nb -->\n\nFirst --> second --> third `-->` \\<!-- and <!-- inline -->\n"),
        Bad("Secret\n\n-->\n", at=["3:1-3:4"]),
        Bad("<!-- a <!-- b -->\n\nSecret -->\n", at=["3:8-3:11"]),
        Bad("Text <!-- a note\n\nthat goes on -->\n", at=["1:6-1:10"]),
    ),
)
