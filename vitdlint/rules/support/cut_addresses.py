"""Bare addresses that Hugo links up to a character that is no part of one for it, and what follows is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...core.lazy_re import lazy_re
from ...page.markdown.body import Link
from ...page.page import Page

_REST = lazy_re(r"(?:\\[_~&#+=%*-]|[^\s<>\"'`|\\\[\]{}\0])+")
"""What an address may go on with, in Markdown, where a backslash may be before some of it."""
_ESCAPE = lazy_re(r"\\([_~&#+=%*-])")
_ESCAPED = lazy_re(r"\\[_~&#+=%-][\w\\/%~]")
_STAR = lazy_re(r"\*+[\w/]")
_UNSURE = lazy_re("[\u0e00-\u109f\u1780-\u17ff\u2e80-\ud7a3\uf900-\uffff\U00010000-\U0010ffff\u2000-\u206f]")
"""Scripts that write words without spaces, or particles right after a name, where text may follow an address; marks."""
_TAIL = "?!.,:;*_~\u2026"


class CutAddress(NamedTuple):
    """A bare link, and the address that was meant."""

    link: Link
    end: int
    """Where the whole address ends in the page."""
    whole: str
    at: str
    """The character that cuts it."""


def cut_addresses(page: Page) -> Iterator[CutAddress]:
    """The bare links after which the address evidently goes on."""
    text, prose = page.text, page.body.prose
    for link in page.body.links:
        if link.kind != "bare" or link.target.startswith("mailto:"):
            continue
        end = link.end
        mark = text[end : end + 1]
        if mark == "\\":
            goes_on = _ESCAPED.match(text, end) is not None
        elif mark == "*":
            goes_on = prose[end] == "*" and _STAR.match(text, end) is not None
        else:
            goes_on = mark > "\x7f" and mark.isalpha()
        if not goes_on or "/" not in link.target[8:]:
            continue
        rest = _REST.match(text, end)
        if rest is None or _UNSURE.search(rest[0]):
            continue
        stop = _end(text, link.start, rest.end())
        scheme = link.target[: len(link.target) - (link.end - link.start)]  # before a `www.`
        yield CutAddress(link, stop, scheme + _ESCAPE.sub(r"\1", text[link.start : stop]), mark)


def _end(text: str, start: int, stop: int) -> int:
    """The end without the punctuation of the sentence around the address."""
    while stop > start and (
        text[stop - 1] in _TAIL
        or (text[stop - 1] == ")" and text.count(")", start, stop) > text.count("(", start, stop))
    ):
        stop -= 1
    return stop
