"""Markup of other systems, as data: what it looks like when a conversion has left it in a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple


class Mark(NamedTuple):
    """One kind of leftover markup."""

    hint: str
    """A body must hold this for the pattern to be tried. One character is found ten times as fast as two."""
    pattern: re.Pattern[str]
    """Its group `seen` must be visible to the reader, all of it; the finding is at the group `span`, or the whole match."""
    what: str
    """What it is in its own system."""
    certain: bool = False
    """Means nothing else, so it is reported even if no dialect is configured."""
    cosmetic: bool = False
    """A reader is not misled: a warning."""
    new: Callable[[re.Match[str]], str | None] | None = None
    """What it becomes, where the text allows."""
    partner: Callable[[re.Match[str]], int | None] | None = None
    """Where the character is that closes what the mark opens; -1 if nothing does, None if that is not certain."""
    safe: bool = True
    """The conversion needs nobody to look at it."""
    html: bool = False
    """The conversion is raw HTML."""


def plain(text: str) -> bool:
    """Whether a stretch of text has no mark that could pair with one outside of it, and is not empty."""
    return bool(text.strip()) and not any(c in text for c in "*_~`[]<>|{}\\^\n")


def heading(level: int, text: str) -> str | None:
    """A Markdown heading, if the text can be one."""
    return f"{'#' * min(level, 6)} {text.strip()}" if text.strip() else None


def strong(inner: str, mark: str = "**") -> str | None:
    """Emphasised text, if Markdown will see it so."""
    return f"{mark}{inner}{mark}" if plain(inner) and inner == inner.strip() else None


def link(text: str, url: str) -> str | None:
    """A Markdown link, if text and URL allow it."""
    text = text.strip()
    if not plain(text) or any(c in url for c in "<>\\*_`") or url.count("(") != url.count(")"):
        return None
    return f"[{text}]({url})"
