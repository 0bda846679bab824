"""The reference: jsonschema, which says where and by which keyword something is wrong.

Patterns, `multipleOf`, formats and unevaluated properties are checked by jsonschema-rs here too: its patterns run in
linear time whatever a schema's author writes, its arithmetic knows that 0.3 is a multiple of 0.1, and one validator
cannot disagree with itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any, Final

import jsonschema_rs as rs
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from .compiled import fast_validator, pattern_check
from .formats import FORMATS, STANDARD
from .vocabulary import Way, descendants, to_fragment

_URI: Final = "urn:vitdlint:schema"


@lru_cache(maxsize=64)
def reference(text: str) -> Callable[[Any], Iterator[Any]]:
    """All that is wrong with some data by a bundled schema, as errors of jsonschema."""
    schema = json.loads(text)
    ways = {id(found): way for way, found in descendants(schema)}
    registry = rs.Registry([(_URI, schema)])

    @cache
    def part(way: Way) -> Any:
        """The compiled validator of one schema inside."""
        return fast_validator({"$ref": f"{_URI}#{to_fragment(way)}"}, registry)

    def pattern(_: Any, value: str, instance: Any, __: Any) -> Iterator[Any]:
        if isinstance(instance, str) and not pattern_check(value)(instance):
            yield ValidationError("pattern")

    def pattern_properties(validator: Any, value: dict[str, Any], instance: Any, _: Any) -> Iterator[Any]:
        if isinstance(instance, dict):
            for expression, sub in value.items():
                for name, item in instance.items():
                    if pattern_check(expression)(name):
                        yield from validator.descend(item, sub, path=name, schema_path=expression)

    def additional(validator: Any, value: Any, instance: Any, found: Any) -> Iterator[Any]:
        if not isinstance(instance, dict):
            return
        for name in unexpected(found, instance):
            if value is False:
                yield ValidationError(name)
            else:
                yield from validator.descend(instance[name], value, path=name)

    def multiple(_: Any, value: Any, instance: Any, __: Any) -> Iterator[Any]:
        number = isinstance(instance, int | float) and not isinstance(instance, bool)
        if number and not _multiple_check(json.dumps(value))(instance):
            yield ValidationError("multipleOf")

    def unevaluated(keyword: str) -> Callable[..., Iterator[Any]]:
        def check(_: Any, __: Any, instance: Any, found: Any) -> Iterator[Any]:
            for error in part(ways[id(found)]).iter_errors(instance):
                if error.kind.name == keyword and not error.instance_path:
                    names = getattr(error.kind, "unexpected", None)
                    yield from map(ValidationError, names if names is not None else [error.message])

        return check

    checker = FormatChecker(())
    for name in STANDARD:
        checker.checkers[name] = (_format_check(name), ())
    for name, function in FORMATS.items():
        checker.checkers[name] = (_texts_only(function), ())
    validator: Any = extend(  # type: ignore[no-untyped-call]  # jsonschema has no types of its own here
        Draft202012Validator,
        {
            "pattern": pattern,
            "patternProperties": pattern_properties,
            "additionalProperties": additional,
            "multipleOf": multiple,
            "unevaluatedProperties": unevaluated("unevaluatedProperties"),
            "unevaluatedItems": unevaluated("unevaluatedItems"),
        },
    )
    return validator(schema, format_checker=checker).iter_errors  # type: ignore[no-any-return]  # as above


@lru_cache(maxsize=512)
def _multiple_check(factor: str) -> Callable[[Any], bool]:
    return rs.Draft202012Validator({"multipleOf": json.loads(factor)}).is_valid


@lru_cache(maxsize=64)
def _format_check(name: str) -> Callable[[Any], bool]:
    return rs.Draft202012Validator({"format": name}, validate_formats=True).is_valid


def unexpected(schema: dict[str, Any], instance: dict[str, Any]) -> list[str]:
    """The keys that neither `properties` nor `patternProperties` of a schema names."""
    known = schema.get("properties", {})
    patterns = [pattern_check(expression) for expression in schema.get("patternProperties", {})]
    return [name for name in instance if name not in known and not any(check(name) for check in patterns)]


def _texts_only(function: Callable[[str], bool]) -> Callable[[Any], bool]:
    return lambda value: not isinstance(value, str) or function(value)
