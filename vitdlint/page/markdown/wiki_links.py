"""Links as wikis write them: `[[Page]]`, `[[Page#Part|text]]`. Markdown reads them as text."""

from __future__ import annotations

from typing import NamedTuple

from ...core.lazy_re import lazy_re
from .body import Body

_WIKI = lazy_re(
    r"(?<![!\[\w])\[\[(?P<name>[^\[\]|#\n\x00]{1,200})(?:#(?P<part>[^\[\]|\n\x00]{1,200}))?"
    r"(?:\|(?P<label>[^\[\]|\n\x00]{1,200}))?\]\](?![(\[:\]])"
)


class WikiLink(NamedTuple):
    """What may be a link to a page; whether it names one only the site knows."""

    start: int
    end: int
    name: str
    part: str
    """A heading of that page, or ''."""
    label: str
    """What is to be shown instead of the name, or ''."""


def wiki_links(text: str, body: Body) -> tuple[WikiLink, ...]:
    """All of a page that readers see with their brackets."""
    prose = body.prose
    if prose.find("[[", body.start) < 0:
        return ()
    return tuple(
        WikiLink(
            *match.span(),
            match["name"].strip(),
            (match["part"] or "").strip(),
            (match["label"] or "").strip(),
        )
        for match in _WIKI.finditer(prose, body.start)
        if text[match.start() - 1 : match.start()] != "\\"
    )
