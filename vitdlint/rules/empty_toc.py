"""A table of contents has nothing to show, or is called twice.

The shortcode prints the page's `.TableOfContents`, which lists the headings between `startLevel` and `endLevel` of
`[markup.tableOfContents]`. On a page without such headings readers see an empty box; raw HTML headings are never
listed.

Remove the shortcode, or use headings of the levels that are listed (for example `##` instead of `#####`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..core.model import Edit, Finding, Fix, Severity
from ..core.rule import Bad, Good, Rule
from ..page.page import Page


class Options(NamedTuple):
    """Which shortcodes are tables of contents."""

    names: tuple[str, ...] = ("toc",)
    """Shortcodes that print the page's table of contents."""


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Calls of such a shortcode where the page has no heading of a listed level, and all but the first."""
    calls = [s for s in page.body.shortcodes if s.name in options.names and not s.closing]
    if not calls:
        return
    markup = page.settings.markup
    levels = range(markup.toc_start, (markup.toc_end if markup.toc_end > 0 else 6) + 1)
    if not any(h.level in levels for h in page.body.headings) and not _unseen(page, options):
        yield Finding(
            page.span(calls[0].start, calls[0].end),
            f"this table of contents is empty: the page has no heading of level {_words(levels)}",
            help="remove it, or use headings of these levels",
        )
        return
    for call in calls[1:]:
        yield Finding(
            page.span(call.start, call.end),
            "the page already has a table of contents",
            help="keep one of them",
            fix=_removal(page, call.start, call.end),
        )


def _unseen(page: Page, options: Options) -> bool:
    """Whether headings may come from elsewhere: from a shortcode, or from tags that a script collects."""
    return any(s.name not in options.names for s in page.body.shortcodes) or any(
        t.name in ("h1", "h2", "h3", "h4", "h5", "h6") for t in page.body.tags
    )


def _words(levels: range) -> str:
    numbers = [str(n) for n in levels]
    return numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} or {numbers[-1]}"


def _removal(page: Page, start: int, end: int) -> Fix | None:
    """The fix, where the call has a line to itself."""
    line = page.text.rfind("\n", 0, start) + 1
    stop = page.text.find("\n", end)
    stop = len(page.text) if stop < 0 else stop
    if page.text[line:start].strip() or page.text[end:stop].strip():
        return None
    return Fix("Remove this one", (Edit(page.span(start, end), ""),))


RULE = Rule(
    "VD217",
    "empty-toc",
    on=Page,
    options=Options,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good("{{< toc >}}\n\n## Sun\n\nText\n"),
        Good("{{< toc >}}\n\nText\n", options={"names": ["contents"]}),
        Bad("{{< toc >}}\n\n##### Sun\n\nText\n", at=["1:1-1:12"]),
        Bad(
            "{{< toc >}}\n\n## Sun\n\n{{< toc >}}\n\nText\n",
            at=["5:1-5:12"],
            fixed="{{< toc >}}\n\n## Sun\n\n\n\nText\n",
        ),
    ),
)
