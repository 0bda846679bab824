"""Which keyword of a schema holds what: the standard vocabulary of 2020-12, and ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

ONE: Final = (
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
)
"""Keywords that hold one schema."""
SEVERAL: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
"""Keywords that hold a list of schemas."""
NAMED: Final = ("$defs", "definitions", "dependentSchemas", "patternProperties", "properties")
"""Keywords that hold schemas by name."""
IN_PLACE: Final = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")
"""Keywords whose schemas check the same value again."""
OURS: Final = {
    "x-unique": ("site", "section"),
    "x-reference": ("page", "alias", "term", "file"),
    "x-alias": (),
    "x-message": (),
}
"""Our keywords, with the values they may have; none means any text."""
KNOWN: Final = frozenset(
    (
        *ONE,
        *SEVERAL,
        *NAMED,
        *OURS,
        *("$anchor", "$comment", "$dynamicAnchor", "$dynamicRef", "$id", "$ref", "$schema", "$vocabulary"),
        *("const", "contentEncoding", "contentMediaType", "default", "dependentRequired", "deprecated"),
        *("description", "enum", "examples", "exclusiveMaximum", "exclusiveMinimum", "format", "maxContains"),
        *("maxItems", "maxLength", "maxProperties", "maximum", "minContains", "minItems", "minLength"),
        *("minProperties", "minimum", "multipleOf", "pattern", "readOnly", "required", "title", "type"),
        *("uniqueItems", "writeOnly"),
    )
)

Way = tuple[str | int, ...]
"""A JSON pointer in parts."""


def children(schema: Any) -> Iterator[tuple[Way, Any]]:
    """Each schema directly inside a schema, with its way from there."""
    if not isinstance(schema, dict):
        return
    for keyword, value in schema.items():
        if keyword in ONE:
            yield (keyword,), value
        elif keyword in SEVERAL and isinstance(value, list):
            for index, item in enumerate(value):
                yield (keyword, index), item
        elif keyword in NAMED and isinstance(value, dict):
            for name, item in value.items():
                yield (keyword, name), item


def descendants(schema: Any, way: Way = ()) -> Iterator[tuple[Way, Any]]:
    """A schema and all schemas inside it, outermost first."""
    pending: list[tuple[Way, Any]] = [(way, schema)]
    while pending:
        here, found = pending.pop()
        yield here, found
        pending.extend(((*here, *step), child) for step, child in reversed(list(children(found))))


def follow(document: Any, way: Way) -> Any:
    """What lies at a pointer; KeyError if nothing does."""
    for step in way:
        if isinstance(document, dict) and step in document:
            document = document[step]
        elif isinstance(document, list) and str(step).isdigit() and int(step) < len(document):
            document = document[int(step)]
        else:
            raise KeyError(step)
    return document


def to_fragment(way: Way) -> str:
    """The pointer as the fragment of a `$ref`."""
    from urllib.parse import quote  # only where a reference is resolved

    return "".join(
        "/" + quote(str(step).replace("~", "~0").replace("/", "~1"), safe="~!$&'()*+,;=:@") for step in way
    )


def from_fragment(fragment: str) -> Way:
    """The parts of a fragment that is a JSON pointer."""
    from urllib.parse import unquote

    steps = unquote(fragment).split("/")[1:]
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in steps)
