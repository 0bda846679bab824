"""Where a heading's inline content stands within it, and the attributes after it."""

from __future__ import annotations

import re

from vitdlint.hugo.markup import Markup
from vitdlint.markdown.attributes import Attributes, at_line_end
from vitdlint.markdown.parts import Heading

_OPENING = re.compile(r"#{1,6}(?=[ \t\n]|\Z)[ \t]*")
_CLOSING = re.compile(r"(?:^|[ \t]+)#+\Z")


def content_span(source: str, heading: Heading, markup: Markup) -> tuple[int, int, Attributes | None]:
    """The span of the content, without `#`, underline and attributes, and those attributes."""
    begin, end = heading.start, heading.end
    line = begin
    opening = _OPENING.match(source, begin, end)
    if opening is not None:
        begin = line = opening.end()
    else:
        underline = source.rfind("\n", begin, end)
        end = end if underline < 0 else underline
        line = source.rfind("\n", begin, end) + 1 or begin
    while end > begin and source[end - 1] in " \t\n\r\f\v":
        end -= 1
    given = at_line_end(source, max(line, begin), end) if markup.attribute_title else None
    if given is not None:
        end = given.start
        while end > begin and source[end - 1] in " \t":
            end -= 1
    if opening is not None and end > begin and source[end - 1] == "#":
        closing = _CLOSING.search(source[begin:end])
        if closing is not None:
            end = begin + closing.start()
    return begin, end, given
