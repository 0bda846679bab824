"""Round brackets with a text, then square ones with an address: `(text)[/target/]`, a link the wrong way round."""

from __future__ import annotations

from typing import NamedTuple

from ...core.lazy_re import lazy_re
from .body import Body, Link

_REVERSED = lazy_re(
    r"(?<![\w)])\((?P<label>[^()\[\]\n\x00]{1,200})\)\[(?P<target>(?:https?://|mailto:|www\.|/(?!/)|#(?=\w)|\.{1,2}/)"
    r"[^\[\]()<>\s\x00]*|[\w./-]+\.(?:md|html?))\](?![(\[])"
)


class ReversedLink(NamedTuple):
    """What may be a link the wrong way round; whether its target is one only the site knows."""

    start: int
    end: int
    label: str
    target: str
    in_heading: bool
    """A heading that gets another text gets another id."""

    @property
    def link(self) -> Link:
        """The link that it would be."""
        return Link("link", self.target, *self[:2], *self[:2], *self[:2])


def reversed_links(body: Body) -> tuple[ReversedLink, ...]:
    """All of a page that Markdown would read as a link if the brackets were swapped."""
    prose = body.prose
    if prose.find(")[", body.start) < 0:
        return ()
    return tuple(
        ReversedLink(*match.span(), match["label"], match["target"], _in_heading(body, match.start()))
        for match in _REVERSED.finditer(prose, body.start)
        if not _in_link(body, *match.span()) and not any(s <= match.start() < e for s, e in body.html_blocks)
    )


def _in_heading(body: Body, at: int) -> bool:
    return any(heading.start <= at < heading.end for heading in body.headings)


def _in_link(body: Body, start: int, end: int) -> bool:
    """Whether a stretch is the text of a link, in which no other link can be."""
    if any(link.text_start <= start and end <= link.text_end for link in body.links):
        return True
    last = next((tag for tag in reversed(body.tags) if tag.name == "a" and tag.end <= start), None)
    return last is not None and not last.closing and not last.self_closing
