"""What of a body a browser never shows, because it takes it for a part of something that was not closed.

The links and ids there are in the source, but on no page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice
from operator import itemgetter

from ...core.html import RAW_TEXT
from .body import Body, Comment
from .elements import nesting
from .parts import holding


def without_hidden(text: str, body: Body) -> Body:
    """The body without the links and anchors that a browser swallows; raw HTML is published."""
    ranges = []
    if any(not comment.closed for comment in body.comments):
        ranges += _in_comments(text, body)
    if not RAW_TEXT.isdisjoint(body.tag_names):
        swallowing = nesting(body.tags).swallowing
        if swallowing is not None:
            ranges = [r for r in ranges if r[0] < swallowing.end] + [(swallowing.end, body.end)]
    if not ranges:
        return body

    def shown(start: int) -> bool:
        return holding(ranges, start) is None

    return body._replace(
        links=tuple(link for link in body.links if shown(link.outer_start)),
        anchors=tuple(anchor for anchor in body.anchors if shown(anchor.start)),
    )


def _in_comments(text: str, body: Body) -> list[tuple[int, int]]:
    """From each comment that Markdown leaves open to the next `-->` that reaches the page unescaped."""
    ranges: list[tuple[int, int]] = []
    until = 0
    for comment in body.comments:
        if comment.closed or comment.start < until:
            continue
        until = browsers_end(text, body, comment) or body.end
        ranges.append((comment.start, until))
    return ranges


def browsers_end(text: str, body: Body, comment: Comment) -> int | None:
    """Where a comment that Markdown leaves open ends for a browser: at the next `-->` that is not escaped."""
    first = bisect_right(body.html_blocks, comment.end, key=itemgetter(1))
    following = bisect_left(body.comments, comment.end, key=itemgetter(0))
    ends = (
        next(
            (
                at + 3
                for s, e in islice(body.html_blocks, first, None)
                if (at := text.find("-->", max(s, comment.end), e)) >= 0
            ),
            None,
        ),
        next((c.end for c in islice(body.comments, following, None) if c.closed), None),
    )
    return min((end for end in ends if end is not None), default=None)
