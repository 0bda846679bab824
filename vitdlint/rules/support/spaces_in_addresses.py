"""Spaces in an address, as several rules see them: one reports it, the others leave it alone."""

from __future__ import annotations

import re

from ...core.lazy_re import lazy_re
from ...external.address import is_external
from ...page.markdown.body import Link

AFTER_SCHEME = lazy_re(
    r"\b(?:https?|ftp)://(?P<space>[ \t]{1,9})"
    r"(?:www\.[\w-]+\.[\w.-]+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|int|info)\b)"
    r"(?:[/?#][^\s<>\"\]|]*)?"
)
"""A scheme, and its host after a space: broken-url."""

ESCAPED = lazy_re(r"(?:%20|%09|%0[AD]|%C2%A0|%E2%80%8B)+", re.IGNORECASE)
_ESCAPED_END = lazy_re(rf"{ESCAPED.pattern}\Z", re.IGNORECASE)


def escaped_end(text: str, link: Link) -> re.Match[str] | None:
    """The escaped spaces with which an external address ends: trailing-escape."""
    target = link.target
    if target[-3:-2] != "%" or ":~:" in target or not is_external(target) or not _ESCAPED_END.search(target):
        return None
    return _ESCAPED_END.search(text, link.start, link.end)
