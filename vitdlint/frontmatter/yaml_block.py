"""YAML front matter: where it ends, and what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .block import FrontMatter, Problem
from .ends import bad_start, no_end, wrong_end
from .fault import Fault
from .lines import after_blank_line, after_line_end, closing
from .yaml_simple import read_simple
from .yaml_text import content_of

_KEY_LINE = re.compile(r"[ \t]*(?:[\w\"'-][^\r\n:]*:(?:[ \t\r\n]|\Z)|#)")


def read_yaml(text: str, start: int) -> FrontMatter:
    """The YAML block whose first `-` is at `start`."""
    if not text.startswith("---", start):
        return bad_start("yaml", text, start).block("yaml", start, "")
    content = after_line_end(text, start + 3)
    last = closing(text, "---", content)
    if last < 0:
        return _unclosed(text, start, content)
    return read_content(text[start : after_line_end(text, last + 3)], start)


def read_content(source: str, start: int, *, page: bool = True) -> FrontMatter:
    """The block at `start`; where it is no page, the closing delimiter may be missing."""
    first, last = content_of(source)
    content = source[first:last]
    simple = read_simple(content)
    data, repeated = simple or {}, False
    if simple is None:
        from .yaml_build import YamlError, build  # with the parser 15 ms; most blocks are simple

        try:
            data, repeated = build(content, page=page)
        except YamlError as error:
            return error.fault.block("yaml", start, source, start + first)
    problems: tuple[Problem, ...] = ()
    if repeated or (page and len({key.lower() for key in data}) != len(data)):
        from .duplicates import duplicates  # hardly any page has one

        problems = duplicates("yaml", source, start, page=page)
    if simple is None:
        problems += tuple(_misread(content, start + first))
    return FrontMatter("yaml", start, start + len(source), source, data, problems)


_EMPTY_ITEM = re.compile(r"-[ \t\r]*(?:[&#][^\n]*)?\n")


def _misread(content: str, offset: int) -> Iterator[Problem]:
    if "\t" in content or _EMPTY_ITEM.search(content):
        from .yaml_misread import KIND, misread  # hardly any page has one

        for fault in misread(content):
            yield fault.problem(offset)._replace(kind=KIND)


def _unclosed(text: str, start: int, content: int) -> FrontMatter:
    end = start
    if _KEY_LINE.match(text, content):
        end = after_blank_line(text, content)
        fault = wrong_end("yaml", text, content, end) or no_end("yaml", text, content)
    else:
        message = (
            'Hugo reads "---" at the top of a page as the start of YAML front matter, and its build fails'
        )
        fault = Fault(
            start, start + 3, message, "write front matter, two lines `---` at least, before this rule"
        )
    return fault.block("yaml", start, text[start:end])
