"""A schema ready for use: what it asks of a site, and the compiled validator that proves the common case."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from .formats import FORMATS
from .violation import CLOSED
from .vocabulary import IN_PLACE, Way, children, descendants, follow, from_fragment


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
    """A schema, ready for use."""

    schema: dict[str, Any]
    names: dict[str, str]
    """Every name of a top-level property, in lower case -> as the schema spells it."""
    asking: tuple[tuple[str, str, tuple[str | None, ...]], ...]
    """Label, key and way of each x-unique and x-reference."""
    closed: bool
    """Whether any part of the schema shuts out keys that it does not know."""
    aliases: tuple[Asking, ...]
    """The x-alias keywords; these are checked within the page."""


@lru_cache(maxsize=64)
def compiled(text: str) -> Compiled:
    """A bundled schema, ready but for its validator; built once in a process."""
    schema = json.loads(text)
    asking = tuple(_asking(schema))
    names: dict[str, str] = {}
    for found in in_place(schema, schema):
        for name in (*found.get("properties", ()), *found.get("required", ())):
            names.setdefault(name.lower(), name)
    return Compiled(
        schema,
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


@lru_cache(maxsize=64)
def validator(text: str) -> Callable[[Any], bool]:
    """Whether a value follows a bundled schema; built once in a process, which takes 12 ms."""
    is_valid: Callable[[Any], bool] = fast_validator(compiled(text).schema).is_valid
    return is_valid


@lru_cache(maxsize=512)
def pattern_check(pattern: str) -> Callable[[Any], bool]:
    """Whether a text matches, in linear time; ValueError if the pattern is none or would need more."""
    import jsonschema_rs as rs  # heavy: loaded by the first check

    return rs.Draft202012Validator({"pattern": pattern}, pattern_options=rs.RegexOptions()).is_valid


def fast_validator(schema: Any, registry: Any = None) -> Any:
    """The validator of jsonschema-rs, with our formats and patterns that run in linear time."""
    import jsonschema_rs as rs

    return rs.Draft202012Validator(
        schema,
        formats=dict(FORMATS),
        validate_formats=True,
        pattern_options=rs.RegexOptions(),
        registry=registry,
    )


def in_place(schema: Any, whole: Any) -> Iterator[dict[str, Any]]:
    """A schema and all that check the very same value: through `$ref`, `allOf`, `anyOf`, `if` and the like."""
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
    """The values at a way, each with its pointer; the items of a list that is at its end."""
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
