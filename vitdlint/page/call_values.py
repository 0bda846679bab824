"""What a schema for a shortcode says about its calls.

Named parameters are its keys; those without a name are "0", "1" and so on. Hugo reads `true`, `false` and numbers as such,
but not in quotes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from ..schema import CALL, UNKNOWN_KEY, Schema, Violation
from .markdown.body import Body, Param, Shortcode
from .markdown.parts import holding

_WHOLE = lazy_re(r"[-+]?[0-9]+")
_BROKEN = lazy_re(r"[-+]?[0-9]*\.[0-9]+")
_LARGEST = 2**63


class Asked(NamedTuple):
    """What the site must check of one parameter; see `Schema.asks`."""

    keyword: str
    call: str
    """The name of the shortcode, as written."""
    words: str
    """What is wrong with a key that the schema shuts out; else what the parameter is called."""
    value: str
    start: int
    end: int


def checked_calls(
    body: Body, schemas: Mapping[str, Schema]
) -> Iterator[tuple[Shortcode, Schema, dict[str, Param]]]:
    """The calls of shortcodes that have a schema, by lower-case name, and their parameters by key; not those in comments."""
    for call in body.shortcodes:
        schema = schemas.get(call.name.lower())
        if schema is not None and not call.closing and holding(body.comments, call.start) is None:
            yield (
                call,
                schema,
                {
                    str(number) if param.name is None else param.name: param
                    for number, param in enumerate(call.params)
                },
            )


def violations(schema: Schema, params: Mapping[str, Param]) -> list[Violation]:
    """What is wrong with the parameters of one call."""
    return schema.problems(_values(params), of=CALL)


def asked(body: Body, schemas: Mapping[str, Schema]) -> Iterator[Asked]:
    """What the site must check of all calls on a page."""
    for call, schema, params in checked_calls(body, schemas):
        for keyword, words, pointer, value in schema.asks(_values(params), CALL):
            unknown = keyword == UNKNOWN_KEY
            about = words if unknown else CALL.subject((words,))
            yield Asked(keyword, call.name, about, value, *place_of(call, params, pointer, key=unknown))


def place_of(
    call: Shortcode, params: Mapping[str, Param], pointer: tuple[str | int, ...], *, key: bool
) -> tuple[int, int]:
    """Where a parameter (or its name) is; the call, if it is not there."""
    param = params.get(str(pointer[0])) if pointer else None
    if param is None:
        return call.start, call.end
    if key and param.name is not None:
        return param.name_start, param.name_start + len(param.name)
    return param.start, param.end


def _values(params: Mapping[str, Param]) -> dict[str, str | bool | int | float]:
    return {key: _value(param) for key, param in params.items()}


def _value(param: Param) -> str | bool | int | float:
    text = param.value
    if param.quoted:
        return text.replace('\\"', '"')
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE.fullmatch(text):
        number = int(text)
        return number if -_LARGEST <= number < _LARGEST else text
    return float(text) if _BROKEN.fullmatch(text) else text
