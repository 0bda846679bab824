"""Where the YAML itself is in a block."""

from __future__ import annotations

import re

from .lines import after_line_end, closing

_DOCUMENT_END = re.compile(r"^\.\.\.(?=[ \t\r\n]|\Z)", re.MULTILINE)


def content_of(source: str) -> tuple[int, int]:
    """Where the content of a block starts and ends, between its delimiters; a line `...` ends it too."""
    start = after_line_end(source, 3)
    end = closing(source, "---", start)
    end = end if end >= 0 else len(source)
    stop = _DOCUMENT_END.search(source, start, end) if "\n..." in source else None
    return start, stop.start() if stop else end
