"""Whether a schema file says what its author can have meant."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from .formats import FORMATS, STANDARD
from .vocabulary import KNOWN, OURS, Way, descendants

_TYPES: Final = ("array", "boolean", "integer", "null", "number", "object", "string")
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_LOOKAROUND = ("(?=", "(?!", "(?<=", "(?<!")


class Fault(NamedTuple):
    """The first thing that is wrong with a schema file."""

    way: Way
    message: str
    key: bool = False


def check(document: dict[str, Any], *, for_calls: bool = False) -> Fault | None:
    """The first fault of a file, or None; `for_calls`: of shortcodes."""
    draft = document.get("$schema")
    if draft is not None and str(draft).rstrip("#") != DRAFT:
        return Fault(("$schema",), f'vitdlint reads JSON Schema 2020-12; this says "{draft}"')
    fault = _against_the_standard(document)
    if fault:
        return fault
    for way, schema in descendants(document):
        if isinstance(schema, dict):
            fault = _words(way, schema) or _patterns(way, schema)
            if for_calls and not fault:
                fault = _not_of_calls(way, schema)
            if fault:
                return fault
    return None


def _close(word: str, words: Iterable[str], cutoff: float) -> str | None:
    """The most similar of some words."""
    from difflib import get_close_matches  # only an error needs it

    return next(iter(get_close_matches(word, list(words), 1, cutoff)), None)


def _against_the_standard(document: dict[str, Any]) -> Fault | None:
    import jsonschema_rs as rs  # heavy: only a run that has schemas of its own pays

    if rs.meta.is_valid({"$schema": DRAFT, **document}):
        return None
    from jsonschema import Draft202012Validator  # heavy: only a broken schema pays
    from jsonschema.exceptions import best_match

    error: Any = best_match(Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(document))
    if error is None:
        return None
    way = tuple(error.absolute_path)
    keyword = next((step for step in reversed(way) if isinstance(step, str)), "the schema")
    if keyword == "type" and error.validator in {"anyOf", "enum"}:
        close = _close(str(error.instance), _TYPES, 0.6)
        hint = f'did you mean "{close}"?' if close else f"the types are {', '.join(_TYPES)}"
        return Fault(way, f"{json.dumps(error.instance)} is not a type; {hint}")
    return Fault(way, f'"{keyword}" cannot have this value: {error.message}')


def _words(way: Way, schema: dict[str, Any]) -> Fault | None:
    """Keywords and formats that do not exist, and ours where they mean nothing."""
    for keyword, value in schema.items():
        here = (*way, keyword)
        if keyword not in KNOWN:
            close = _close(keyword, KNOWN, 0.84)
            if close:
                return Fault(here, f'there is no keyword "{keyword}"; did you mean "{close}"?', key=True)
        elif keyword in OURS:
            allowed = OURS[keyword]
            if not isinstance(value, str) or (allowed and value not in allowed):
                words = " or ".join(f'"{word}"' for word in allowed) if allowed else "a text"
                return Fault(here, f'"{keyword}" must be {words}')
            if keyword != "x-message" and not _reachable(way):
                message = f'"{keyword}" counts only below properties, items, allOf and $ref; here it would do nothing'
                return Fault(here, message, key=True)
        elif keyword == "format" and value not in FORMATS and value not in STANDARD:
            close = _close(str(value), (*FORMATS, *STANDARD), 0.6)
            hint = f'; did you mean "{close}"?' if close else ""
            return Fault(here, f'there is no format "{value}"{hint}')
        elif (keyword == "$id" and way) or keyword in {"$dynamicRef", "$dynamicAnchor", "$vocabulary"}:
            return Fault(
                here, f'vitdlint does not support "{keyword}" here; refer to files by their paths', key=True
            )
    return None


def _not_of_calls(way: Way, schema: dict[str, Any]) -> Fault | None:
    for keyword in ("x-unique", "x-alias"):
        if keyword in schema:
            message = f'"{keyword}" is for front matter; in the schema of a shortcode it would do nothing'
            return Fault((*way, keyword), message, key=True)
    return None


def _reachable(way: Way) -> bool:
    """Whether a value of the page fills this place, whatever else it contains."""
    steps = iter(way)
    for step in steps:
        if step in {"properties", "$defs", "definitions", "allOf"}:
            next(steps, None)
        elif step != "items":
            return False
    return True


def _patterns(way: Way, schema: dict[str, Any]) -> Fault | None:
    if isinstance(schema.get("pattern"), str):
        message = _bad_pattern(schema["pattern"])
        if message:
            return Fault((*way, "pattern"), message)
    for pattern in schema.get("patternProperties") or ():
        message = _bad_pattern(pattern)
        if message:
            return Fault((*way, "patternProperties", pattern), message, key=True)
    return None


def _bad_pattern(pattern: str) -> str | None:
    from .compiled import pattern_check  # heavy: loads the compiled validator

    try:
        pattern_check(pattern)
    except ValueError:
        pass
    else:
        return None
    if any(mark in pattern for mark in _LOOKAROUND):
        return f'"{pattern}" looks around or back, and patterns here run in linear time, which that does not allow'
    return f'"{pattern}" is not a regular expression that runs in linear time (no back references, no unbalanced brackets)'
