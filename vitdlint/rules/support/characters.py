"""Which unusual characters a text has: one cheap look for all rules that are about characters."""

from __future__ import annotations

import re
from functools import lru_cache

from ...core.lazy_re import lazy_re
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
    hides = hides_front_matter(page)
    return (hides is not None and hides.start(1) <= start < hides.end(1)) or any(
        problem.kind == "syntax" and problem.start == start for problem in page.front.problems
    )


_UNSEEN = "\u00a0\u00ad\u180e\u2000-\u200f\u2028-\u202f\u2060\u3000\ufeff"
_HIDDEN = lazy_re(
    rf"[ \t\r\n]*([{_UNSEEN}](?:[{_UNSEEN} \t\r\n]*[{_UNSEEN}])?)[ \t\r\n]*(?:"
    r"(---|\+\+\+)[ \t\r]*\n[\w-]+[ \t]*[:=][^\n]*\n(?:[^\n]*\n)*?\2[ \t\r]*$"
    r"|\{\s*\"[\w-]+\"\s*:)",
    re.MULTILINE,
)


def hides_front_matter(page: Page) -> re.Match[str] | None:
    """What nobody sees before front matter, as group 1: one byte order mark and plain space may be there, no more."""
    return None if page.front.kind else _HIDDEN.match(page.text)
