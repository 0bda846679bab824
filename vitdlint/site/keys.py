"""Which keys of front matter the pages of a site have, and which of them are nearly those that Hugo knows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from unicodedata import category

from ..hugo.config import HugoConfig
from ..page.page import Facts
from ..schema import shipped


class KeyUse(NamedTuple):
    """How often keys are used."""

    counts: Mapping[str, int]
    """A key in lower case -> the number of pages that have it (twice, if it is there in two spellings)."""
    pages: int


def key_use(pages: Mapping[str, Facts]) -> KeyUse:
    """Of all these pages."""
    return KeyUse(Counter(key.lower() for facts in pages.values() for key in facts.front.data), len(pages))


def slips_of(config: HugoConfig, counts: Iterable[str]) -> dict[str, str]:
    """The keys that are probably another one, mistyped, and that one as Hugo spells it."""
    names = json.loads(shipped().text)["properties"]
    taxonomies = {name.lower(): name for language in config.languages for name in language.taxonomies}
    known = {name.lower(): name for name in names} | taxonomies
    found: dict[str, str] = {}
    for key in counts:
        if any(category(char) == "Cf" for char in key):
            continue  # zero-width-character reports it
        if key not in known and f"{key}s" in taxonomies:
            found[key] = taxonomies[f"{key}s"]
            continue
        if key in known or f"{key}s" in known or key.removesuffix("s") in known:
            continue  # "image" beside "images" is a word of its own
        meant = [name for lower, name in known.items() if len(lower) > 3 and _one_edit(key, lower)]
        if len(meant) == 1:
            found[key] = meant[0]
    return found


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter more, less or other, or two swapped, makes one of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, others = one[start:], other[start:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (rest[:2] == others[:2][::-1] and rest[2:] == others[2:])
    )
