"""What of a body a browser never shows, because it takes it for a part of something that was not closed.

The links and ids there are in the source, but on no page.
"""

from __future__ import annotations

from ...core.html import RAW_TEXT
from .body import Body, Comment
from .elements import nesting


def without_hidden(text: str, body: Body) -> Body:
    """The body without the links and anchors that a browser swallows; raw HTML is published."""
    ranges = []
    if any(not comment.closed for comment in body.comments):
        ranges += _in_comments(text, body)
    if not RAW_TEXT.isdisjoint(body.tag_names):
        swallowing = nesting(body.tags).swallowing
        if swallowing is not None:
            ranges.append((swallowing.end, body.end))
    if not ranges:
        return body

    def shown(start: int) -> bool:
        return not any(begin <= start < end for begin, end in ranges)

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
    ends = [
        text.find("-->", max(start, comment.end), end) + 3
        for start, end in body.html_blocks
        if end > comment.end
    ]
    ends += [c.end for c in body.comments if c.closed and c.start >= comment.end]
    return min((at for at in ends if at > 2), default=None)
