"""JSON front matter: values by the standard library; everything else only when something is wrong."""

from __future__ import annotations

import json
from typing import Any

from ..core.lazy_re import lazy_re
from .block import FrontMatter, Problem
from .depth import too_deep
from .lines import after_line_end

_ESCAPED_SURROGATE = lazy_re(r"\\u[dD][89a-fA-F]")
_SURROGATE = lazy_re("[\ud800-\udfff]")


class _DuplicateKeyError(ValueError):
    """An object has a key twice."""


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise _DuplicateKeyError
    return data


def _constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _float(digits: str) -> float:
    number = float(digits)
    if number in {float("inf"), float("-inf")}:
        raise ValueError(f"{digits} does not fit a number")
    return number


_STRICT = json.JSONDecoder(object_pairs_hook=_mapping, parse_constant=_constant, parse_float=_float)
_LENIENT = json.JSONDecoder(parse_constant=_constant, parse_float=_float)


def read_json(text: str, start: int, *, page: bool = True) -> FrontMatter:
    """The JSON object that begins at `start`. Duplicate keys are problems; the last of them is in `data`."""
    repeated = False
    try:
        try:
            data, end = _STRICT.raw_decode(text, start)
        except _DuplicateKeyError:
            repeated = True
            data, end = _LENIENT.raw_decode(text, start)
    except (ValueError, RecursionError):
        return _broken(text, start, page=page)
    end = after_line_end(text, end)
    source = text[start:end]
    if too_deep(source) >= 0:
        return _broken(text, start, page=page)
    if ("\\ud" in source or "\\uD" in source) and _ESCAPED_SURROGATE.search(source):
        data = _whole(data)
    problems: tuple[Problem, ...] = ()
    if repeated or (page and len({key.lower() for key in data}) != len(data)):
        from .duplicates import duplicates  # hardly any page has one

        problems = duplicates("json", source, start, page=page)
    return FrontMatter("json", start, end, source, data, problems)


def _broken(text: str, start: int, *, page: bool) -> FrontMatter:
    from .json_errors import explain  # hardly any page is broken

    problem, end = explain(text, start, page=page)
    return FrontMatter("json", start, end, text[start:end], {}, (problem,))


def _whole(value: Any) -> Any:
    """The value with each lone surrogate replaced by U+FFFD, as Go decodes it."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return value
