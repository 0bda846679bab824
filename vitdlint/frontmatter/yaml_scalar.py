"""What a plain YAML scalar means to Hugo (goccy/go-yaml): fewer things are special than in YAML 1.1."""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = "tag:yaml.org,2002:"
_SPECIAL: Final = frozenset("0123456789+-.~nNtTfF")
WORDS: Final[dict[str, bool | None]] = {
    "null": None,
    "Null": None,
    "NULL": None,
    "~": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
"""The plain scalars that are not text, besides numbers."""
_FLOAT = re.compile(r"(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z")
_DIGITS = {
    16: re.compile(r"[0-9a-fA-F]+\Z"),
    10: re.compile(r"[0-9]+\Z"),
    8: re.compile(r"[0-7]+\Z"),
    2: re.compile(r"[01]+\Z"),
}
_BASES = {"0x": 16, "0o": 8, "0b": 2}


def resolve(text: str, tag: str | None = None) -> str | int | float | bool | None:
    """The value of a plain scalar. `yes`, `1:30`, `1e3`, dates and `.inf` (which no JSON can hold) are strings."""
    if tag is not None and tag != "!":
        kind = tag.removeprefix(_TAG)
        if kind == "null":
            return None
        if kind in {"int", "float", "bool"}:
            return resolve(text)
        return text
    if not text:
        return None
    if text[0] not in _SPECIAL:
        return text
    if text in WORDS:
        return WORDS[text]
    return _number(text)


def _number(text: str) -> str | int | float:
    """The number that Hugo makes of a text, or the text: underscores anywhere but first, `014` is octal."""
    digits = text.removeprefix("+").removeprefix("-").replace("_", "")
    sign = -1 if text[0] == "-" else 1
    base = _BASES.get(digits[:2])
    if base:
        digits = digits[2:]
    elif "." in digits:
        if not _FLOAT.match(digits):
            return text
        number = float(digits)
        return text if number == float("inf") else sign * number
    else:
        base = 8 if len(digits) > 1 and digits[0] == "0" else 10
    if len(digits) > 64 or not _DIGITS[base].match(digits):
        return text
    whole = sign * int(digits, base)
    return whole if -(2**63) <= whole < 2**64 else text
