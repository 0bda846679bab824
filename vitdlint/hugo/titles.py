"""The titles that Hugo gives to sections and terms without a page of their own, as far as permalinks need them."""

from __future__ import annotations

import re

_IRREGULAR = {
    "analysis": "analyses", "child": "children", "criterion": "criteria", "datum": "data", "index": "indices",
    "leaf": "leaves", "life": "lives", "man": "men", "matrix": "matrices", "medium": "media", "mouse": "mice",
    "person": "people", "photo": "photos", "quiz": "quizzes", "radio": "radios", "vertex": "vertices",
    "wolf": "wolves", "woman": "women",
}  # fmt: skip
_SAME = frozenset(
    {"equipment", "fish", "information", "media", "money", "news", "series", "sheep", "species", "data"}
)
_ENDINGS = (
    (re.compile(r"(.*[^aeiou])y"), r"\1ies"),
    (re.compile(r"(.*)(ss|us|x|z|ch|sh|o)"), r"\1\2es"),
    (re.compile(r"(.*)is"), r"\1es"),
    (re.compile(r"(.*s)"), r"\1"),
)
_WORD = re.compile(r"(?:^|(?<=[\s/-]))\w")


def section_title(name: str, *, pluralize: bool, capitalize: bool) -> str:
    """The title of a section: its folder's name, in the plural and capitalised unless the site says otherwise."""
    title = _plural(name) if pluralize else name
    return capitalized(title) if capitalize else title


def capitalized(title: str) -> str:
    """Each word with a capital."""
    return _WORD.sub(lambda m: m[0].upper(), title)


def _plural(name: str) -> str:
    """English plural of the last word, by the common rules."""
    head, last = re.fullmatch(r"(.*?)([^\s_-]*)", name, re.DOTALL).groups()  # type: ignore[union-attr]  # always matches
    low = last.lower()
    if low in _SAME or not last:
        return name
    if low in _IRREGULAR:
        plural = _IRREGULAR[low]
        return head + (plural.capitalize() if last[:1].isupper() else plural)
    for ending, replacement in _ENDINGS:
        if ending.fullmatch(last):
            return head + ending.sub(replacement, last)
    return f"{name}s"
