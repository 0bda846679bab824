"""What a schema says about one value, for whoever writes it: what it means, and what it may be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..frontmatter.block import Pointer
from .compiled import compiled, in_place
from .schema import Schema


class About(NamedTuple):
    """All that is said about a value."""

    description: str = ""
    keys: dict[str, str] = {}  # noqa: RUF012  # nobody changes it
    """The keys that a mapping there may have, and what each means."""
    values: tuple[str, ...] = ()
    """As JSON: what it may be, where the schema lists that; true and false for what is one of them."""
    references: tuple[str, ...] = ()
    """What it must name: page, alias, term or file."""
    formats: tuple[str, ...] = ()


def about(schema: Schema, pointer: Pointer) -> About:
    """What a schema says about the value at a pointer; the empty one is the front matter itself."""
    whole = compiled(schema.text).schema
    parts = [whole]
    for depth, step in enumerate(pointer):
        parts = [inner for part in parts for inner in _inside(part, whole, step, folded=depth == 0)]
    found = [each for part in parts for each in in_place(part, whole)]
    words = (f["description"] for f in found if isinstance(f.get("description"), str))
    types = {t for f in found for t in _listed(f.get("type"))}
    values = [json.dumps(v, ensure_ascii=False) for f in found for v in f.get("enum", ())]
    values += [json.dumps(f["const"], ensure_ascii=False) for f in found if "const" in f]
    if types == {"boolean"}:
        values += ["true", "false"]
    return About(
        next(words, ""),
        {
            name: _described(inner, whole)
            for f in reversed(found)
            for name, inner in f.get("properties", {}).items()
        },
        tuple(dict.fromkeys(values)),
        tuple(f["x-reference"] for f in found if isinstance(f.get("x-reference"), str)),
        tuple(f["format"] for f in found if isinstance(f.get("format"), str)),
    )


def _inside(part: Any, whole: Any, step: str | int, *, folded: bool) -> Iterator[Any]:
    for found in in_place(part, whole):
        if isinstance(step, int):
            if "items" in found:
                yield found["items"]
            continue
        for name, inner in found.get("properties", {}).items():
            if name == step or (folded and name.lower() == step.lower()):
                yield inner


def _described(part: Any, whole: Any) -> str:
    return next((f["description"] for f in in_place(part, whole) if "description" in f), "")


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []
