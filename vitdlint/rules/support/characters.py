"""Which unusual characters a text has: one cheap look for all rules that are about characters."""

from __future__ import annotations

from functools import lru_cache

from ...page.page import Page

_ORDINARY = bytes([*range(0x20, 0x7F), *b"\t\n\r"])


@lru_cache(maxsize=1)
def characters(text: str) -> frozenset[str]:
    """Every character of a text but printable ASCII, tab and line ends.

    Deleting ordinary bytes takes a tenth of the time of looking for a class of characters.
    """
    return frozenset(text.encode("utf-8", "replace").translate(None, _ORDINARY).decode("utf-8"))


def breaks_front_matter(page: Page, start: int) -> bool:
    """Whether front-matter-syntax names the character at that place already."""
    return any(problem.kind == "syntax" and problem.start == start for problem in page.front.problems)
