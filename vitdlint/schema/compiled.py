"""The two validators of one schema: jsonschema-rs proves the common case, jsonschema names what is wrong.

Patterns, `multipleOf`, formats and unevaluated properties are judged by jsonschema-rs in both: its patterns run in
linear time whatever a schema's author writes, its arithmetic knows that 0.3 is a multiple of 0.1, and one judge
cannot disagree with itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from .formats import FORMATS, STANDARD
from .schema import CLOSED
from .vocabulary import Way, descendants, follow, from_fragment, to_fragment

_URI: Final = "urn:vitdlint:schema"


class Asking(NamedTuple):
    """One of our keywords and the values it is about."""

    keyword: str
    value: str
    way: tuple[str | None, ...]
    """Names on the way to the value; None for every item of a list."""

    @property
    def label(self) -> str:
        """`x-unique:site`."""
        return f"{self.keyword}:{self.value}"

    @property
    def key(self) -> str:
        """The way as a person writes it: `authors[].id`."""
        return ".".join("[]" if step is None else step for step in self.way).replace(".[]", "[]")


class Compiled(NamedTuple):
    """A schema, ready to judge."""

    schema: dict[str, Any]
    is_valid: Callable[[Any], bool]
    errors: Callable[[Any], Iterator[Any]]
    names: dict[str, str]
    """Every name of a top-level property, in lower case -> as the schema spells it."""
    asking: tuple[tuple[str, str, tuple[str | None, ...]], ...]
    """Label, key and way of each x-unique and x-reference."""
    closed: bool
    """Whether any part of the schema shuts out keys that it does not know."""
    aliases: tuple[Asking, ...]
    """The x-alias keywords; these are judged within the page."""


@lru_cache(maxsize=64)
def compiled(text: str) -> Compiled:
    """The validators for a bundled schema; built once in a process."""
    schema = json.loads(text)
    fast = _fast(schema)
    asking = tuple(_asking(schema))
    names: dict[str, str] = {}
    for found in _in_place(schema, schema):
        for name in (*found.get("properties", ()), *found.get("required", ())):
            names.setdefault(name.lower(), name)
    return Compiled(
        schema,
        fast.is_valid,
        _reference(schema).iter_errors,
        names,
        tuple((a.label, a.key, a.way) for a in asking if a.keyword != "x-alias"),
        any(
            found.get(keyword) is False
            for _, found in descendants(schema)
            if isinstance(found, dict)
            for keyword in CLOSED
        ),
        tuple(a for a in asking if a.keyword == "x-alias"),
    )


@lru_cache(maxsize=512)
def pattern_judge(pattern: str) -> Callable[[Any], bool]:
    """Whether a text matches, in linear time; ValueError if the pattern is none or would need more."""
    import jsonschema_rs as rs  # noqa: PLC0415  # heavy: only what judges loads it

    return rs.Draft202012Validator({"pattern": pattern}, pattern_options=rs.RegexOptions()).is_valid


@lru_cache(maxsize=512)
def _multiple_judge(factor: str) -> Callable[[Any], bool]:
    import jsonschema_rs as rs  # noqa: PLC0415  # as above

    return rs.Draft202012Validator({"multipleOf": json.loads(factor)}).is_valid


@lru_cache(maxsize=64)
def _format_judge(name: str) -> Callable[[Any], bool]:
    import jsonschema_rs as rs  # noqa: PLC0415  # as above

    return rs.Draft202012Validator({"format": name}, validate_formats=True).is_valid


def _fast(schema: Any, registry: Any = None) -> Any:
    import jsonschema_rs as rs  # noqa: PLC0415  # as above

    return rs.Draft202012Validator(
        schema,
        formats=dict(FORMATS),
        validate_formats=True,
        pattern_options=rs.RegexOptions(),
        registry=registry,
    )


def _reference(schema: Any) -> Any:
    import jsonschema_rs as rs  # noqa: PLC0415  # as above
    from jsonschema import Draft202012Validator, FormatChecker, ValidationError  # noqa: PLC0415  # as above
    from jsonschema.validators import extend  # noqa: PLC0415  # as above

    ways = {id(found): way for way, found in descendants(schema)}

    def pattern(_: Any, value: str, instance: Any, __: Any) -> Iterator[Any]:
        if isinstance(instance, str) and not pattern_judge(value)(instance):
            yield ValidationError("pattern")

    def pattern_properties(validator: Any, value: dict[str, Any], instance: Any, _: Any) -> Iterator[Any]:
        if isinstance(instance, dict):
            for expression, sub in value.items():
                for name, item in instance.items():
                    if pattern_judge(expression)(name):
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
        if number and not _multiple_judge(json.dumps(value))(instance):
            yield ValidationError("multipleOf")

    def unevaluated(keyword: str) -> Callable[..., Iterator[Any]]:
        def judge(_: Any, __: Any, instance: Any, found: Any) -> Iterator[Any]:
            there = {"$ref": f"{_URI}#{to_fragment(ways[id(found)])}"}
            for error in _fast(there, rs.Registry([(_URI, schema)])).iter_errors(instance):
                if error.kind.name == keyword and not error.instance_path:
                    names = getattr(error.kind, "unexpected", None)
                    yield from map(ValidationError, names if names is not None else [error.message])

        return judge

    checker = FormatChecker(())
    for name in STANDARD:
        checker.checkers[name] = (_format_judge(name), ())
    for name, function in FORMATS.items():
        checker.checkers[name] = (_texts_only(function), ())
    reference: Any = extend(  # type: ignore[no-untyped-call]  # jsonschema has no types of its own here
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
    return reference(schema, format_checker=checker)


def unexpected(schema: dict[str, Any], instance: dict[str, Any]) -> list[str]:
    """The keys that neither `properties` nor `patternProperties` of a schema names."""
    known = schema.get("properties", {})
    patterns = [pattern_judge(expression) for expression in schema.get("patternProperties", {})]
    return [name for name in instance if name not in known and not any(judge(name) for judge in patterns)]


def _texts_only(function: Callable[[str], bool]) -> Callable[[Any], bool]:
    return lambda value: not isinstance(value, str) or function(value)


def _in_place(schema: Any, whole: Any) -> Iterator[dict[str, Any]]:
    """A schema and all that judge the very same value: through `$ref`, `allOf`, `anyOf`, `if` and the like."""
    from .vocabulary import IN_PLACE, children  # noqa: PLC0415  # beside its only use

    seen: set[int] = set()
    pending = [schema]
    while pending:
        found = pending.pop()
        if not isinstance(found, dict) or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        pending.extend(child for way, child in children(found) if way[0] in IN_PLACE)
        if "$ref" in found:
            pending.append(follow(whole, from_fragment(found["$ref"][1:])))


def _asking(whole: dict[str, Any]) -> Iterator[Asking]:
    """Our keywords with the values they are about; a schema that contains itself is followed once."""
    pending: list[tuple[tuple[str | None, ...], Any, tuple[int, ...]]] = [((), whole, ())]
    while pending:
        way, schema, trail = pending.pop(0)
        if not isinstance(schema, dict) or id(schema) in trail:
            continue
        trail = (*trail, id(schema))
        for keyword in ("x-unique", "x-reference", "x-alias"):
            if keyword in schema:
                yield Asking(keyword, schema[keyword], way)
        pending.extend(((*way, name), child, trail) for name, child in schema.get("properties", {}).items())
        if "items" in schema:
            pending.append(((*way, None), schema["items"], trail))
        pending.extend((way, child, trail) for child in schema.get("allOf", ()))
        if "$ref" in schema:
            pending.append((way, follow(whole, from_fragment(schema["$ref"][1:])), trail))


def values_at(data: Any, way: tuple[str | None, ...]) -> Iterator[tuple[Way, Any]]:
    """The values at a way, each with its pointer; the items of a list that stands at its end."""
    found: list[tuple[Way, Any]] = [((), data)]
    for step in way:
        if step is None:
            found = [
                ((*at, i), v) for at, value in found if isinstance(value, list) for i, v in enumerate(value)
            ]
        else:
            found = [
                ((*at, step), value[step]) for at, value in found if isinstance(value, dict) and step in value
            ]
    for at, value in found:
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield (*at, index), item
        else:
            yield at, value
