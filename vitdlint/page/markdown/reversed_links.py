"""Round brackets with a text, then square ones with an address: `(text)[/target/]`, a link the wrong way round."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from ...core.lazy_re import lazy_re
from .body import Body, Link
from .headings import in_heading
from .parts import holding

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
    taken = _Links(body)
    return tuple(
        ReversedLink(*match.span(), match["label"], match["target"], in_heading(body, match.start()))
        for match in _REVERSED.finditer(prose, body.start)
        if not taken.around(*match.span()) and holding(body.html_blocks, match.start()) is None
    )


class _Links:
    """Where the texts of links are, in which no other link can be."""

    def __init__(self, body: Body) -> None:
        links = sorted(body.links, key=attrgetter("text_start"))
        self._starts = [link.text_start for link in links]
        self._reach = list(accumulate((link.text_end for link in links), max))
        self._tags = [tag for tag in body.tags if tag.name == "a"]

    def around(self, start: int, end: int) -> bool:
        """Whether a stretch is within the text of a link."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and end <= self._reach[index]:
            return True
        index = bisect_right(self._tags, start, key=attrgetter("end")) - 1
        return index >= 0 and not self._tags[index].closing and not self._tags[index].self_closing
