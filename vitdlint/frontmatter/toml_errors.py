"""What a person should hear when a TOML block does not parse.

The parser says where it stopped and what it wanted; a person wants to know what they typed.
"""

from __future__ import annotations

import re

from .block import Problem
from .duplicates import duplicates
from .ends import wrong_end
from .fault import Fault, conflict
from .lines import line_end
from .toml_walk import first_fault

_YAML = re.compile(r"(?:\s*#[^\n]*\n)*\s*[\w.-]+:(?:[ \t\r]|$)", re.MULTILINE)
_TOML_LINE = re.compile(r"^[ \t]*[\w.\"'-]+[ \t]*=", re.MULTILINE)


def explain(source: str, start: int, first: int, last: int, at: int, *, page: bool) -> tuple[Problem, ...]:
    """The problems of a block at `start` whose TOML, `source[first:last]`, the parser refuses at `at`."""
    fault = first_fault(source, first, last)
    stop = min(line_end(source, first if fault is None else fault.start), last)
    fault = conflict(source, first, stop) or (_no_toml(source, first, last, stop) if page else None) or fault
    if fault:
        return (fault.problem(start),)
    if problems := duplicates("toml", source, start, page=page):
        return problems
    begin = source.rfind("\n", 0, at) + 1
    fault = Fault(begin, line_end(source, begin), "this name has a value above", "keep one of them")
    return (fault.problem(start),)


def _no_toml(source: str, first: int, last: int, stop: int) -> Fault | None:
    return wrong_end("toml", source, first, stop) or _other_format(source, first, last)


def _other_format(source: str, content: int, end: int) -> Fault | None:
    """YAML or JSON between the delimiters of TOML."""
    found = _YAML.match(source, content, end)
    if found and not _TOML_LINE.search(source, content, end):
        begin = source.rfind("\n", 0, found.end() - 1) + 1
        message = 'this is YAML, and "+++" begins TOML'
        return Fault(begin, line_end(source, begin), message, "write `---` instead of both lines `+++`")
    begin = len(source) - len(source[content:].lstrip())
    if source.startswith("{", begin):
        message = 'this is JSON, and "+++" begins TOML'
        return Fault(begin, line_end(source, begin), message, "remove both lines `+++`")
    return None
