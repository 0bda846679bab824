"""A long paragraph stands twice on the same page.

A block of several sentences that appears again word for word is nearly always a slip in pasting or a page that was
merged with another edition of itself. Readers wonder whether they are lost.

Delete one of the two, or say in the second place what is different. Tables, code, raw HTML, lists of links and text within
shortcodes (the same words in two tabs, say) are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Finding, Related, Severity
from ..page import Page
from ..rule import Bad, Good, Rule


@dataclass(frozen=True)
class Options:
    """What counts as long."""

    characters: int = 300
    """How many characters of plain text, outside links, a paragraph must have."""


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Each later copy of a long paragraph."""
    body, text = page.body, page.text
    least = options.characters
    seen: dict[str, int] = {}
    links: list[tuple[int, int]] | None = None
    gap = "\n\r\n" if "\r\n" in text else "\n\n"
    at = body.start
    for block in text[body.start : body.end].split(gap):
        start, at = at, at + len(block) + len(gap)
        if len(block) < least:
            continue
        words = block.strip()
        start += block.index(words)
        first = seen.setdefault(words, start)
        if first == start:
            continue
        if links is None:
            links = [(link.outer_start, link.outer_end) for link in body.links]
        end = start + len(words)
        if (
            _plain(body.prose, start, end, links) < least
            or any(opened <= start < closed for opened, closed in body.html_blocks)
            or _in_shortcode(page, start)
        ):
            continue
        yield Finding(
            page.span(start, end),
            "this paragraph stands on the page for the second time",
            help="delete one of the two",
            related=(Related(page.span(first, first + len(words)), "also here"),),
        )


def _plain(prose: str, start: int, end: int, links: list[tuple[int, int]]) -> int:
    """How many visible characters the block has outside links."""
    visible = len(prose[start:end].replace("\0", ""))
    for link_start, link_end in links:
        if start <= link_start < end:
            visible -= len(prose[link_start:link_end].replace("\0", ""))
    return visible


def _in_shortcode(page: Page, at: int) -> bool:
    depth = 0
    for shortcode in page.body.shortcodes:
        if shortcode.start > at:
            break
        depth += -1 if shortcode.closing else 0
        depth += (
            1
            if not shortcode.closing and not shortcode.self_closing and _is_closed(page, shortcode.name)
            else 0
        )
    return depth > 0


def _is_closed(page: Page, name: str) -> bool:
    return any(s.closing and s.name == name for s in page.body.shortcodes)


_LONG = "Sixty women were given 800 units a day in winter, and sixty were given none. " * 5

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
        Bad(f"{_LONG}\n\nText\n\n{_LONG}\n", at=["5:1"]),
    ),
)
