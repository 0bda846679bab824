"""TOML front matter: values by `tomli`, dates kept as they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from math import isinf
from typing import Any

from ..core.toml import TomlError, parse_toml
from .block import FrontMatter, Problem
from .depth import MAX_DEPTH, too_deep
from .ends import bad_start, no_end, wrong_end
from .fault import Fault, write
from .lines import after_blank_line, after_line_end, closing

_MAX_PARTS = 50
_LONG_NAME = re.compile(rf"(?<![^\s=\[\]{{}},])(?:[^\s.=\[\]{{}},]++[ \t]*+\.[ \t]*+){{{_MAX_PARTS}}}")
_MIN, _MAX = -(2**63), 2**63 - 1
_TIME = re.compile(
    r"(?<![^\s=\[,])(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ])?[0-9]{2}:[0-9]{2}[0-9:.]*(?:[Zz]|[-+][0-9:]{5})?"
)


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
    source = text[start : after_line_end(text, last + 3)]
    return read_content(source, start, content - start, last - start)


def read_content(source: str, start: int, first: int, last: int, *, page: bool = True) -> FrontMatter:
    """The block at `start` whose TOML is `source[first:last]`."""
    content = source[first:last]
    data: dict[str, Any] = {}
    problems: tuple[Problem, ...] = ()
    if (deep := max(too_deep(content), _long_name(content))) >= 0:
        at = start + first + deep
        message = f"lists and tables are nested more than {MAX_DEPTH} levels deep here"
        problems = (Problem("syntax", at, at + 1, message),)
    else:
        try:
            data = _plain(parse_toml(content), _written_times(content))
        except TomlError as error:
            from .toml_errors import explain  # hardly any page is broken

            problems = explain(source, start, first, last, first + error.at, page=page)
        except KeyError:
            data, problems = _plain_by_place(parse_toml(content), source, start)
    if page and len({key.lower() for key in data}) != len(data):
        from .duplicates import duplicates  # hardly any page has one

        problems = duplicates("toml", source, start, page=True)
    return FrontMatter("toml", start, start + len(source), source, data, problems)


def _long_name(content: str) -> int:
    """The offset of a dotted name that makes more tables than anybody means, or -1."""
    found = _LONG_NAME.search(content) if content.count(".") >= _MAX_PARTS else None
    return found.start() if found else -1


def _written_times(content: str) -> dict[date | time, str]:
    """What may be times in a text, as they are written; nothing if one of them is written in two ways."""
    found: dict[date | time, str] = {}
    for text in _TIME.findall(content) if ":" in content else ():
        try:
            value = parse_toml(f"x = {text}")["x"]
        except TomlError:
            continue
        if found.setdefault(value, text) != text:
            return {}
    return found


def _plain(value: Any, times: Mapping[date | time, str]) -> Any:
    """The value with its dates as they are written. Raises KeyError for an unknown time, and for too large a number."""
    if isinstance(value, dict):
        return {key: _plain(item, times) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, times) for item in value]
    if type(value) is date:
        return value.isoformat()  # there is one way to write it
    return times[value] if isinstance(value, date | time) or _is_large(value) else value


def _is_large(value: Any) -> bool:
    return (isinstance(value, int) and not _MIN <= value <= _MAX) or (
        isinstance(value, float) and isinf(value)
    )


def _plain_by_place(
    data: dict[str, Any], source: str, start: int
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The same, by the place of each value; a number that 64 bits do not hold is a problem."""
    from .toml_places import scan  # hardly any block has need of it

    for spot in scan(source):
        if not spot.pointer:
            continue
        holder: Any = data
        for step in spot.pointer[:-1]:
            holder = holder[step]
        value, text = holder[spot.pointer[-1]], source[spot.start : spot.end]
        if isinstance(value, date | time):
            holder[spot.pointer[-1]] = text
        elif _is_large(value) and "inf" not in text:
            fault = Fault(spot.start, spot.end, "this number is too large for TOML", write(f'"{text}"'))
            return {}, (fault.problem(start),)
    return data, ()
