"""YAML front matter: where it ends, and what it holds."""

from __future__ import annotations

import re

from .block import FrontMatter, Problem
from .ends import bad_start, no_end, wrong_end
from .fault import Fault
from .lines import after_blank_line, after_line_end, closing
from .yaml_simple import read_simple

_DOCUMENT_END = re.compile(r"^\.\.\.(?=[ \t\r\n]|\Z)", re.MULTILINE)
_KEY_LINE = re.compile(r"[ \t]*(?:[\w\"'-][^\r\n:]*:(?:[ \t\r\n]|\Z)|#)")


def content_of(source: str) -> tuple[int, int]:
    """Where the YAML itself stands in a block, between its delimiters; a line `...` ends it too."""
    start = after_line_end(source, 3)
    end = closing(source, "---", start)
    end = end if end >= 0 else len(source)
    stop = _DOCUMENT_END.search(source, start, end) if "\n..." in source else None
    return start, stop.start() if stop else end


def read_yaml(text: str, start: int) -> FrontMatter:
    """The YAML block whose first `-` is at `start`."""
    if not text.startswith("---", start):
        return FrontMatter("yaml", start, start, "", {}, (bad_start("yaml", text, start).problem(),))
    content = after_line_end(text, start + 3)
    last = closing(text, "---", content)
    if last < 0:
        return _unclosed(text, start, content)
    end = after_line_end(text, last + 3)
    source = text[start:end]
    first, last = content_of(source)
    inner = source[first:last]
    simple = read_simple(inner)
    if simple is not None and len({key.lower() for key in simple}) == len(simple):
        return FrontMatter("yaml", start, end, source, simple)
    from .yaml_build import YamlError, build  # with the parser 15 ms; most blocks are simple

    try:
        data, repeated = build(inner)
    except YamlError as error:
        at = start + first
        problem = error.fault.problem(at)
        return FrontMatter("yaml", start, end, source, {}, (problem,))
    problems: tuple[Problem, ...] = ()
    if repeated or len({key.lower() for key in data}) != len(data):
        from .duplicates import duplicates  # hardly any page has one
        from .yaml_places import scan

        problems = duplicates(scan(source), start, fatal=True)
    return FrontMatter("yaml", start, end, source, data, problems)


def _unclosed(text: str, start: int, content: int) -> FrontMatter:
    end = start
    if _KEY_LINE.match(text, content):
        end = after_blank_line(text, content)
        fault = wrong_end("yaml", text, content, end) or no_end("yaml", text, content)
    else:
        message = 'Hugo takes "---" at the top of a page for the start of YAML front matter and fails'
        fault = Fault(
            start, start + 3, message, "write front matter, two lines `---` at least, before this rule"
        )
    return FrontMatter("yaml", start, end, text[start:end], {}, (fault.problem(),))
