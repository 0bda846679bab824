"""TOML front matter: values by `tomllib`, dates kept as they are written."""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from typing import Any

from .block import FrontMatter, Problem
from .depth import MAX_DEPTH, too_deep
from .ends import bad_start, no_end, wrong_end
from .lines import after_blank_line, after_line_end, closing
from .toml_simple import read_simple

_MAX_PARTS = 50
_LONG_NAME = re.compile(rf"(?<![^\s=\[\]{{}},])(?:[^\s.=\[\]{{}},]++[ \t]*+\.[ \t]*+){{{_MAX_PARTS}}}")
_MIN, _MAX = -(2**63), 2**63 - 1


def read_toml(text: str, start: int) -> FrontMatter:
    """The TOML block whose first `+` is at `start`."""
    if not text.startswith("+++", start):
        return FrontMatter("toml", start, start, "", {}, (bad_start("toml", text, start).problem(),))
    content = after_line_end(text, start + 3)
    last = closing(text, "+++", content)
    if last < 0:
        end = after_blank_line(text, content)
        fault = wrong_end("toml", text, content, end) or no_end("toml", text, content)
        return FrontMatter("toml", start, end, text[start:end], {}, (fault.problem(),))
    end = after_line_end(text, last + 3)
    source = text[start:end]
    inner = text[content:last]
    simple = read_simple(inner)
    if simple is not None and len({key.lower() for key in simple}) == len(simple):
        return FrontMatter("toml", start, end, source, simple)
    if (deep := max(too_deep(inner), _long_name(inner))) >= 0:
        message = f"lists and tables are nested more than {MAX_DEPTH} levels deep here"
        return _broken(source, start, end, Problem("syntax", content + deep, content + deep + 1, message))
    try:
        data = _loads(inner)
    except (ValueError, RecursionError) as error:
        from .toml_errors import explain  # hardly any page is broken

        return FrontMatter("toml", start, end, source, {}, explain(source, start, content - start, error))
    if _has_special(data):
        too_large = write_out(data, source)
        if too_large:
            message = "this number is too large, and Hugo fails; put it in quotes"
            problem = Problem("syntax", start + too_large[0], start + too_large[1], message)
            return _broken(source, start, end, problem)
    problems: tuple[Problem, ...] = ()
    if len({key.lower() for key in data}) != len(data):
        from .duplicates import duplicates  # hardly any page has one
        from .toml_places import scan  # only pages with a finding need places

        problems = duplicates(scan(source), start, fatal=True)
    return FrontMatter("toml", start, end, source, data, problems)


def _broken(source: str, start: int, end: int, problem: Problem) -> FrontMatter:
    return FrontMatter("toml", start, end, source, {}, (problem,))


def _loads(content: str) -> dict[str, Any]:
    """The values by TOML 1.1, as Hugo reads it; the error is that of the text as it stands."""
    try:
        return tomllib.loads(content)
    except (ValueError, RecursionError) as error:
        from .toml_old import to_old  # few pages have anything newer than TOML 1.0

        try:
            return tomllib.loads(to_old(content))
        except (ValueError, RecursionError):
            raise error from None


def _long_name(content: str) -> int:
    """The offset of a dotted name that makes more tables than anybody means, or -1."""
    found = _LONG_NAME.search(content) if content.count(".") >= _MAX_PARTS else None
    return found.start() if found else -1


def _has_special(value: Any) -> bool:
    """Whether a date, a time or a number of more than 64 bits is in it."""
    if isinstance(value, dict):
        return any(map(_has_special, value.values()))
    if isinstance(value, list):
        return any(map(_has_special, value))
    return isinstance(value, date | time) or (isinstance(value, int) and not _MIN <= value <= _MAX)


def write_out(data: dict[str, Any], source: str) -> tuple[int, int] | None:
    """Put the text of each date and time in its place; gives where a number stands that is too large."""
    from .toml_places import scan  # a block without dates has no need of it

    for spot in scan(source):
        if not spot.pointer:
            continue
        holder: Any = data
        for step in spot.pointer[:-1]:
            holder = holder[step]
        value = holder[spot.pointer[-1]]
        if isinstance(value, date | time):
            holder[spot.pointer[-1]] = source[spot.start : spot.end]
        elif isinstance(value, int) and not _MIN <= value <= _MAX:
            return spot.start, spot.end
    return None
