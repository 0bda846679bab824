"""TOML front matter: values by `tomli`, dates kept as they are written."""

from __future__ import annotations

from datetime import date, time
from math import isinf
from typing import Any

from ..core.lazy_re import lazy_re
from ..core.toml import TomlError, parse_toml
from .block import FrontMatter, Place
from .depth import MAX_DEPTH, too_deep
from .ends import bad_start, no_end, wrong_end
from .fault import Fault, write
from .lines import after_blank_line, after_line_end, closing
from .toml_simple import read_simple

_MAX_PARTS = 50
_LONG_NAME = lazy_re(rf"(?<![^\s=\[\]{{}},])(?:[^\s.=\[\]{{}},]++[ \t]*+\.[ \t]*+){{{_MAX_PARTS}}}")
_MIN, _MAX = -(2**63), 2**63 - 1


def read_toml(text: str, start: int) -> FrontMatter:
    """The TOML block whose first `+` is at `start`."""
    if not text.startswith("+++", start):
        return bad_start("toml", text, start).block("toml", start, "")
    content = after_line_end(text, start + 3)
    last = closing(text, "+++", content)
    if last < 0:
        end = after_blank_line(text, content)
        fault = wrong_end("toml", text, content, end) or no_end("toml", text, content)
        return fault.block("toml", start, text[start:end])
    source = text[start : after_line_end(text, last + 3)]
    return read_content(source, start, content - start, last - start)


def read_content(source: str, start: int, first: int, last: int, *, page: bool = True) -> FrontMatter:
    """The block at `start` whose TOML is `source[first:last]`."""
    content = source[first:last]
    data = read_simple(content)
    if data is None:
        if (deep := max(too_deep(content), _long_name(content))) >= 0:
            at = start + first + deep
            message = f"lists and tables are nested more than {MAX_DEPTH} levels deep here"
            return FrontMatter.broken("toml", start, source, at, at + 1, message)
        try:
            data = parse_toml(content)
        except TomlError as error:
            from .toml_errors import explain  # hardly any page is broken

            problems = explain(source, start, first, last, first + error.at, page=page)
            return FrontMatter("toml", start, start + len(source), source, {}, problems)
        if _has_special(data) and (number := _write_dates(data, source)):
            literal = source[number.start : number.end]
            fault = Fault(
                number.start, number.end, "this number is too large for TOML", write(f'"{literal}"')
            )
            return fault.block("toml", start, source, start)
    problems = ()
    if page and len({key.lower() for key in data}) != len(data):
        from .duplicates import duplicates  # hardly any page has one

        problems = duplicates("toml", source, start, page=True)
    return FrontMatter("toml", start, start + len(source), source, data, problems)


def _long_name(content: str) -> int:
    """The offset of a dotted name that makes more tables than anybody means, or -1."""
    found = _LONG_NAME.search(content) if content.count(".") >= _MAX_PARTS else None
    return found.start() if found else -1


def _has_special(value: Any) -> bool:
    """Whether a date, a time or a number that 64 bits do not hold is in it."""
    if isinstance(value, dict):
        return any(map(_has_special, value.values()))
    if isinstance(value, list):
        return any(map(_has_special, value))
    return isinstance(value, date | time) or _is_large(value)


def _is_large(value: Any) -> bool:
    return (isinstance(value, int) and not _MIN <= value <= _MAX) or (
        isinstance(value, float) and isinf(value)
    )


def _write_dates(data: dict[str, Any], source: str) -> Place | None:
    """Put the text of each date and time in its place; gives a number that 64 bits do not hold."""
    from .toml_places import scan  # a block without dates has no need of it

    for pointer, place in scan(source):
        if not pointer:
            continue
        holder: Any = data
        for step in pointer[:-1]:
            holder = holder[step]
        value, text = holder[pointer[-1]], source[place.start : place.end]
        if isinstance(value, date | time):
            holder[pointer[-1]] = text
        elif _is_large(value) and "inf" not in text:
            return place
    return None
