"""What the pages of a section have in common: a front-matter schema that nearly all of them satisfy."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .formats import is_doi, is_hugo_date, is_slug
from .load import shipped_text

MOST = 0.98
"""The share of pages from which on the others are exceptions, and probably errors."""
FEW = 10
"""A section with fewer pages, or a key on fewer, says too little."""

_DATES = ("date", "lastmod", "publishdate", "expirydate")
_TYPES: Mapping[type, str] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}


@dataclass(frozen=True)
class Inferred:
    """A schema, and what does not fit it."""

    schema: Mapping[str, Any]
    exceptions: Mapping[str, int]
    """What the schema demands, and how many pages do not do it."""


@dataclass(frozen=True)
class _Key:
    """One key over all pages that have it."""

    name: str
    values: Sequence[Any]

    def share(self, holds: Callable[[Any], bool]) -> float:
        return sum(map(holds, self.values)) / len(self.values)

    def fits(self, holds: Callable[[Any], bool]) -> bool:
        return self.share(holds) >= MOST


def schema_of(
    section: str, fronts: Sequence[Mapping[str, Any]], references: Mapping[str, str] = MappingProxyType({})
) -> Inferred:
    """The schema of a section's pages, from the front matter of each that has some.

    `references` has the keys (in lower case) whose values name a file, a page or a term.
    """
    keys = _keys(fronts)
    exceptions: dict[str, int] = {}
    properties: dict[str, Any] = {}
    required: list[str] = []
    for key in keys:
        described = _described(key, len(fronts), exceptions)
        # What a page brings along from an older site, a new page cannot have.
        inherited = key.name.lower() == "aliases" or "x-unique" in described
        if _always(key, len(fronts)) and not inherited:
            required.append(key.name)
            missing = len(fronts) - len(key.values)
            if missing:
                exceptions[f'"{key.name}" is there'] = missing
        properties[key.name] = described
        _reference(described, references.get(key.name.lower(), ""))
    _alias_of(keys, fronts, properties)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Pages of {section}",
        "description": (
            f"Written by `vitdlint init` from {len(fronts):,} pages: what nearly all of them have in common. "
            "Hugo's own keys are typed as in the schema that vitdlint brings."
        ),
        "type": "object",
        "allOf": [{"$ref": "#/$defs/page"}],
        "required": required,
        "properties": properties,
        "$defs": _hugo_keys(),
    }
    return Inferred(schema, exceptions)


def _hugo_keys() -> dict[str, Any]:
    """The shipped schema as a definition, with its own ones beside it, where its references find them."""
    page: dict[str, Any] = json.loads(shipped_text("page.schema.json"))
    page.pop("$schema")
    return {**page.pop("$defs"), "page": page}


def common_schemas(
    fronts: Mapping[str, Sequence[Mapping[str, Any]]],
    references: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> Iterator[tuple[tuple[str, ...], Inferred]]:
    """A schema for each section, by its name; sections that ask the same of their pages share one.

    The versions of a manual are such sections.
    """
    alike: dict[str, dict[str, Inferred]] = {}
    for section, found in fronts.items():
        inferred = schema_of(section, found, references.get(section, {}))
        alike.setdefault(_shape(inferred), {})[section] = inferred
    for sections in alike.values():
        names = tuple(sections)
        if len(names) == 1:
            yield names, sections[names[0]]
        else:
            all_ = [front for name in names for front in fronts[name]]
            yield names, schema_of(", ".join(names), all_, references.get(names[0], {}))


def _shape(inferred: Inferred) -> str:
    """What a schema says, without the words that say it of one section."""
    required, properties = inferred.schema["required"], inferred.schema["properties"]
    bare = {name: {**described, "description": ""} for name, described in properties.items()}
    return json.dumps([sorted(required), bare], sort_keys=True)


def _keys(fronts: Sequence[Mapping[str, Any]]) -> list[_Key]:
    """Every key that is on enough pages, by its most frequent spelling, in the order of first use."""
    spellings: dict[str, Counter[str]] = {}
    values: dict[str, list[Any]] = {}
    for front in fronts:
        for name, value in front.items():
            spellings.setdefault(name.lower(), Counter())[name] += 1
            values.setdefault(name.lower(), []).append(value)
    return [
        _Key(spellings[lower].most_common(1)[0][0], found)
        for lower, found in values.items()
        if len(found) >= FEW and len(found) / len(fronts) >= 1 - MOST
    ]


def _always(key: _Key, pages: int) -> bool:
    return len(key.values) / pages >= MOST


def _described(key: _Key, pages: int, exceptions: dict[str, int]) -> dict[str, Any]:
    """What is true of a key's values, each time with a count of the exceptions."""
    found: dict[str, Any] = {"description": f"On {len(key.values):,} of {pages:,} pages."}
    kind = _kind(key)
    if kind is None:
        return found
    found["type"] = kind

    def demand(what: str, holds: Callable[[Any], bool]) -> bool:
        share = key.share(holds)
        if MOST <= share < 1:
            exceptions[f'"{key.name}" {what}'] = round((1 - share) * len(key.values))
        return share >= MOST

    demand(f"is of type {kind}", lambda value: _is(value, kind))
    lower = key.name.lower()
    if kind == "string":
        if lower == "slug" and demand(
            "is published as it is written", lambda value: isinstance(value, str) and is_slug(value)
        ):
            found["format"] = "slug"
        elif lower in _DATES and demand(
            "is a date that Hugo reads", lambda value: isinstance(value, str) and is_hugo_date(value)
        ):
            found["format"] = "hugo-date"
        elif key.fits(lambda value: isinstance(value, str) and is_doi(value)):
            found["format"] = "doi"
        elif demand("is not empty", lambda value: isinstance(value, str) and bool(value.strip())):
            found["minLength"] = 1
    if (
        kind == "integer"
        and len(key.values) >= 2 * FEW
        and len(set(map(str, key.values))) / len(key.values) >= 0.99
    ):
        found["x-unique"] = "site"
        twice = len(key.values) - len(set(map(str, key.values)))
        if twice:
            exceptions[f'"{key.name}" is on one page only'] = twice
    if kind == "array":
        _items(key, lower, found)
    return found


def _items(key: _Key, lower: str, found: dict[str, Any]) -> None:
    items = [item for value in key.values if isinstance(value, list) for item in value]
    if items and sum(isinstance(item, str) for item in items) / len(items) >= MOST:
        found["items"] = {"type": "string", "minLength": 1}
        if lower == "aliases" and sum(str(item).startswith("/") for item in items) / len(items) >= MOST:
            found["items"] = {
                "type": "string",
                "pattern": "^/",
                "x-message": 'the alias {value} must begin with "/"',
            }
            found["x-unique"] = "site"


def _reference(found: dict[str, Any], kind: str) -> None:
    """Write down what a text, or each of a list, names."""
    texts = found.get("items", {}) if found.get("type") == "array" else found
    if kind and texts.get("type") == "string":
        texts["x-reference"] = kind


def _kind(key: _Key) -> str | None:
    """The JSON type of nearly all values; None if they are of several."""
    counts = Counter(_TYPES.get(type(value), "null") for value in key.values)
    kind, count = counts.most_common(1)[0]
    if kind != "null" and count / len(key.values) >= MOST:
        return kind
    numbers = counts["integer"] + counts["number"]
    return "number" if numbers / len(key.values) >= MOST else None


def _is(value: Any, kind: str) -> bool:
    own = _TYPES.get(type(value), "null")
    return own == kind or (kind == "number" and own == "integer")


def _alias_of(keys: Sequence[_Key], fronts: Sequence[Mapping[str, Any]], properties: dict[str, Any]) -> None:
    """Ask for the short URL of a numeric id among the aliases, where the pages have it."""
    for key in keys:
        if properties[key.name].get("x-unique") and properties[key.name]["type"] == "integer":
            have = [front for front in fronts if key.name in front]
            kept = sum(
                isinstance(aliases := front.get("aliases"), list) and f"/{front[key.name]}" in aliases
                for front in have
            )
            if kept / len(have) >= MOST:
                properties[key.name]["x-alias"] = "/{value}"
