"""A long paragraph appears twice on the same page.

If a block of several sentences appears again word for word, somebody nearly always pasted it twice, or merged the page
with another version of it. Readers do not know where they are.

Delete one of the two, or write in the second one what is different. Reference manuals repeat themselves on purpose:
paragraphs with code in them, lists, tables, callouts (`> **Warning**`, `> [!NOTE]`), fields (`**Complexity:** …`), raw HTML and
text within shortcodes (for example the same words in two tabs) are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from ..core.model import Finding, Related, Severity
from ..core.rule import Bad, Good, Rule
from ..page.page import Page

_NO_PROSE = lazy_re(r"`|(?m:^[ \t>]*(?:\||[-*+][ \t]|\d+[.)][ \t]))")
_CALLOUT = lazy_re(r">[ \t>]*(?:\[!|\*\*|__)|\*\*[^*\n]{1,40}(?::\*\*|\*\*:)")


class Options(NamedTuple):
    """What counts as long."""

    characters: int = 400
    """How many characters of plain text, outside links, a paragraph must have; three quarters of that where
    several paragraphs of the page are repeated."""


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Each later copy of a long paragraph."""
    text = page.text
    least = options.characters * 3 // 4
    if page.body.end - page.body.start < 2 * least:
        return
    gap = "\n\r\n" if "\r" in text else "\n\n"
    blocks = text[page.body.start : page.body.end].split(gap)
    long = [block.strip() for block in blocks if len(block) >= least]
    if len(long) == len(set(long)):
        return
    seen: dict[str, int] = {}
    copies: list[tuple[int, int, int, int]] = []
    at = page.body.start
    for block in blocks:
        start, at = at + len(block) - len(block.lstrip()), at + len(block) + len(gap)
        words = block.strip()
        if len(words) < least:
            continue
        first = seen.setdefault(words, start)
        if first != start and (length := _plain(page, start, start + len(words))) >= least:
            copies.append((start, start + len(words), first, length))
    for start, end, first, length in copies:
        if len(copies) > 1 or length >= options.characters:
            yield Finding(
                page.span(start, end),
                "this paragraph is a copy of an earlier one on this page",
                help="delete one of the two",
                related=(Related(page.span(first, first + end - start), "also here"),),
            )


def _plain(page: Page, start: int, end: int) -> int:
    """How many visible characters the paragraph has outside links; 0 if it is no prose."""
    body = page.body
    text = page.text
    if _NO_PROSE.search(text, start, end) or _CALLOUT.match(text, start) or _in_shortcode(page, start):
        return 0
    if any(opened <= start < closed for opened, closed in body.html_blocks):
        return 0
    visible = len(body.prose[start:end].replace("\0", ""))
    for link in body.links:
        if start <= link.outer_start < end:
            visible -= len(body.prose[link.outer_start : link.outer_end].replace("\0", ""))
    return visible


def _in_shortcode(page: Page, at: int) -> bool:
    shortcodes = page.body.shortcodes
    closed = {shortcode.name for shortcode in shortcodes if shortcode.closing}
    depth = 0
    for shortcode in shortcodes:
        if shortcode.start > at:
            break
        if shortcode.closing:
            depth -= 1
        elif not shortcode.self_closing and shortcode.name in closed:
            depth += 1
    return depth > 0


_LONG = "Sixty women were given 800 units a day in winter, and sixty were given none. " * 6

RULE = Rule(
    "VD218",
    "repeated-block",
    on=Page,
    options=Options,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(f"{_LONG}\n\n{_LONG} And more.\n\nShort.\n\nShort.\n"),
        Good(f"```\n{_LONG}\n```\n\n```\n{_LONG}\n```\n"),
        Good(f"> **Warning**\n> {_LONG}\n\nText\n\n> **Warning**\n> {_LONG}\n"),
        Good(f"**Cost:** {_LONG}\n\nText\n\n**Cost:** {_LONG}\n"),
        Bad(f"{_LONG}\n\nText\n\n{_LONG}\n", at=["5:1"]),
        Bad(f"> {_LONG}\n\nText\n\n> {_LONG}\n", at=["5:1"]),
    ),
)
