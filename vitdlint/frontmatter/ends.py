"""The line that ends a block of YAML or TOML, where it is missing or not what it should be."""

from __future__ import annotations

import re
from typing import Final

from ..core.lazy_re import lazy_re
from .fault import Fault, write
from .lines import line_stop

_MARK: Final = {"yaml": "---", "toml": "+++"}
_END = lazy_re(
    r"^[ \t]*(?:-{2,}|\+{2,}|-*[\u2010-\u2015]+-*|[.]{3,}|={3,}|~{3,}|\*{3,}|;{3,}|`{3,})[ \t\r]*$",
    re.MULTILINE,
)
_ENTRY = lazy_re(
    r"[ \t]*(?:[\w\"'-][^\r\n:=]*[:=](?:[ \t\r]|$)|[-#\[\]{}\"'][^\n]*$)|[ \t]+\S|$", re.MULTILINE
)


def bad_start(kind: str, text: str, start: int) -> Fault:
    """A page that begins with `-` or `+`, but not with the three that begin front matter."""
    mark = _MARK[kind]
    end = line_stop(text, start)
    if not text[start:end].strip(mark[0]) and end < len(text) and _ENTRY.match(text, end + 1):
        return Fault(start, end, f'front matter begins with "{mark}"', write(mark))
    message = (
        f'Hugo reads a page that begins with "{mark[0]}" as {kind.upper()} front matter, and its build fails'
    )
    return Fault(
        start, start + 1, message, f"write front matter, two lines `{mark}` at least, before this list"
    )


def wrong_end(kind: str, text: str, start: int, end: int) -> Fault | None:
    """The first line between the offsets that was to end the block, and does not."""
    found = _END.search(text, start, end)
    if not found:
        return None
    line = found.group().rstrip()
    mark = _MARK[kind]
    if line.strip() == mark:
        message = f'"{mark}" ends the front matter only at the start of a line'
    else:
        message = f'"{line}" does not end front matter that begins with "{mark}"'
    return Fault(found.start(), found.start() + len(line), message, write(mark))


def no_end(kind: str, text: str, content: int) -> Fault:
    """Where the end of the block that begins at `content` is missing: behind its last line that looks like one."""
    last = at = content
    while at < len(text):
        if not _ENTRY.match(text, at):
            break
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if text[at:stop].strip():
            last = at
        elif not _ENTRY.match(text, stop + 1) or text[stop + 1 : stop + 2] in {"-", ""}:
            break
        at = stop + 1
    mark = _MARK[kind]
    advice = f"write a line `{mark}` after this one"
    return Fault(
        last, line_stop(text, last), f'the front matter has no end: a line "{mark}" is missing', advice
    )
