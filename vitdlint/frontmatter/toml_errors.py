"""What a person should hear when a TOML block does not parse.

The parser says where it stopped and what it wanted; a person wants to know what they typed.
"""

from __future__ import annotations

import re

from .block import Problem
from .duplicates import duplicates
from .ends import wrong_end
from .fault import Fault, conflict
from .lines import line_stop
from .toml_walk import first_fault

_YAML = re.compile(r"(?:\s*#[^\n]*\n)*\s*[\w.-]+:(?:[ \t\r]|$)", re.MULTILINE)
_TOML_LINE = re.compile(r"^[ \t]*[\w.\"'-]+[ \t]*=", re.MULTILINE)


def explain(source: str, start: int, first: int, last: int, at: int, *, page: bool) -> tuple[Problem, ...]:
    """The problems of a block at `start` whose TOML, `source[first:last]`, the parser refuses at `at`."""
    fault = first_fault(source, first, last)
    stop = min(line_stop(source, first if fault is None else fault.start), last)
    fault = (
        conflict(source, first, stop)
        or (wrong_end("toml", source, first, stop) if page else None)
        or _other_format(source, first, last, page)
        or fault
    )
    if fault:
        return (fault.problem(start),)
    if problems := duplicates("toml", source, start, page=page):
        return problems
    begin = source.rfind("\n", 0, at) + 1
    fault = Fault(begin, line_stop(source, begin), "this name has a value above", "keep one of them")
    return (fault.problem(start),)


def _other_format(source: str, first: int, last: int, page: bool) -> Fault | None:
    """YAML or JSON where TOML must be."""
    found = _YAML.match(source, first, last)
    if found and not _TOML_LINE.search(source, first, last):
        begin = source.rfind("\n", 0, found.end() - 1) + 1
        advice = "write `---` instead of both lines `+++`" if page else ""
        return Fault(begin, line_stop(source, begin), "this is YAML, and not TOML", advice)
    begin = len(source) - len(source[first:].lstrip())
    if source.startswith("{", begin):
        advice = "remove both lines `+++`" if page else ""
        return Fault(begin, line_stop(source, begin), "this is JSON, and not TOML", advice)
    return None
