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
from .toml_places import scan
from .toml_walk import first_fault

_PLACE = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)")
_YAML = re.compile(r"(?:\s*#[^\n]*\n)*\s*[\w.-]+:(?:[ \t\r]|$)", re.MULTILINE)
_TOML_LINE = re.compile(r"^[ \t]*[\w.\"'-]+[ \t]*=", re.MULTILINE)


def explain(source: str, start: int, content: int, error: Exception) -> tuple[Problem, ...]:
    """The problems of a block that tomllib refuses; `content` is where the TOML begins in the block."""
    end = len(source.rstrip()) - 3
    fault = first_fault(source, content, end)
    stop = min(line_end(source, content if fault is None else fault.start), end)
    fault = (
        conflict(source, content, stop)
        or wrong_end("toml", source, content, stop)
        or _other_format(source, content, end)
        or fault
    )
    if fault:
        return (fault.problem(start),)
    if problems := duplicates(scan(source), start, fatal=True):
        return problems
    at = _offset(source, content, str(error))
    begin = source.rfind("\n", 0, max(at, content)) + 1
    return (
        Fault(begin, line_end(source, begin), "this name has a value above", "remove one of them").problem(
            start
        ),
    )


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


def _offset(source: str, content: int, wanted: str) -> int:
    """Where tomllib stopped, -1 for the end of the document. Its lines end with LF or CR LF, as ours."""
    found = _PLACE.search(wanted)
    if not found:
        return -1
    line, column = int(found[1]), int(found[2])
    at = content
    for _ in range(line - 1):
        at = source.find("\n", at) + 1
    return min(at + column - 1, len(source))
