"""TOML front matter: values by `tomllib`, dates kept as they are written."""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from typing import Any

from .block import FrontMatter, Problem
from .depth import MAX_DEPTH, too_deep
from .lines import after_blank_line, after_line_end

_END = re.compile(r"(?<=[\r\n])\+\+\+")


def read_toml(text: str, start: int) -> FrontMatter:
    """The TOML block whose first `+` is at `start`."""
    if not text.startswith("+++", start):
        message = (
            'Hugo takes a page that begins with "+" for TOML front matter and fails; '
            'put front matter (two lines "+++" are enough) before this'
        )
        return FrontMatter("toml", start, start, "", {}, (Problem("syntax", start, start + 1, message),))
    content = after_line_end(text, start + 3)
    found = _END.search(text, content)
    if found is None:
        message = 'the front matter has no end: put a line "+++" after its last line'
        end = after_blank_line(text, content)
        return FrontMatter(
            "toml", start, end, text[start:end], {}, (Problem("syntax", start, start + 3, message),)
        )
    end = after_line_end(text, found.end())
    source = text[start:end]
    inner = text[content : found.start()]
    if (deep := too_deep(inner)) >= 0:
        message = f"lists and tables are nested more than {MAX_DEPTH} levels deep here"
        return _broken(source, start, end, Problem("syntax", content + deep, content + deep + 1, message))
    try:
        data = tomllib.loads(inner)
    except (ValueError, RecursionError) as error:
        from .toml_errors import explain  # noqa: PLC0415  # hardly any page is broken

        return FrontMatter("toml", start, end, source, {}, explain(source, start, content - start, error))
    if _has_dates(data):
        _with_dates_as_written(data, source)
    problems: tuple[Problem, ...] = ()
    if len({key.lower() for key in data}) != len(data):
        from .duplicates import duplicates  # noqa: PLC0415  # hardly any page has one
        from .toml_places import scan  # noqa: PLC0415  # only pages with a finding need places

        problems = duplicates(scan(source), start, fatal=True)
    return FrontMatter("toml", start, end, source, data, problems)


def _broken(source: str, start: int, end: int, problem: Problem) -> FrontMatter:
    return FrontMatter("toml", start, end, source, {}, (problem,))


def _has_dates(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_dates, value.values()))
    if isinstance(value, list):
        return any(map(_has_dates, value))
    return isinstance(value, date | time)


def _with_dates_as_written(data: dict[str, Any], source: str) -> None:
    """Put the text of each date and time in its place."""
    from .toml_places import scan  # noqa: PLC0415  # a block without dates has no need of it

    for spot in scan(source):
        if not spot.pointer:
            continue
        holder: Any = data
        for step in spot.pointer[:-1]:
            holder = holder[step]
        if isinstance(holder[spot.pointer[-1]], date | time):
            holder[spot.pointer[-1]] = source[spot.start : spot.end]
