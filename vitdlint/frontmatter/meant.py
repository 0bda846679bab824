"""What a person meant by a value that the format does not take, as the literal that says it."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Final

_MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_YEAR_FIRST = re.compile(
    r"([0-9]{4})[-/.]0?([0-9]{1,2})[-/.]0?([0-9]{1,2})"
    r"([T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.]) ?([0-9]{1,2})\2 ?([0-9]{4})")
_WORDS = re.compile(r"(?:([A-Za-z]{3,9})\.? ([0-9]{1,2})|([0-9]{1,2})\.? ([A-Za-z]{3,9})),? ([0-9]{4})")
_YES: Final = frozenset({"true", "yes", "on"})
_NO: Final = frozenset({"false", "no", "off"})
NULLS: Final = frozenset({"null", "none", "nil", "undefined", "nan"})
_NUMBER = re.compile(r"([+-]?)(?=[.,]?[0-9])([0-9_]*)(?:[.,]([0-9_]*))?")
_OPENING: Final = "\"'“”„‟‘’‚«»"
_CLOSING: Final = "\"'“”‘’«»"


def dates(text: str) -> tuple[str, ...]:
    """The days that a written date may mean, as `2024-05-31`; none if it is no date, two if month and day are unclear.

    A time that is written as it should be stays: `2024-5-31T10:00:00Z` may mean `2024-05-31T10:00:00Z`.
    """
    text = text.strip()
    year, time, pairs = "", "", []
    if found := _YEAR_FIRST.fullmatch(text):
        year, time, pairs = found[1], found[4] or "", [(found[2], found[3])]
        if int(found[2]) > 12:
            pairs = [(found[3], found[2])]
    elif found := _YEAR_LAST.fullmatch(text):
        year, pairs = found[4], [(found[3], found[1])]
        if found[2] != "." or int(found[3]) > 12:
            pairs.append((found[1], found[3]))
    elif found := _WORDS.fullmatch(text):
        name = (found[1] or found[4]).lower()
        month = next((n for n, known in enumerate(_MONTHS, 1) if known.startswith(name)), 0)
        year, pairs = found[5], [(str(month), found[2] or found[3])]
    days = [f"{year}-{int(month):02}-{int(day):02}" for month, day in pairs]
    return tuple(dict.fromkeys(day + time for day in days if _exists(day)))


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def boolean(text: str) -> str:
    """`true` or `false` for a word that says so, else nothing."""
    word = text.lower()
    return "true" if word in _YES else "false" if word in _NO else ""


def number(text: str) -> str:
    """The number as every format writes it, for one with zeros, a plus sign or a comma that it does not take."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return ""
    sign, whole, fraction = found[1].strip("+"), found[2].replace("_", "").lstrip("0") or "0", found[3]
    return f"{sign}{whole}" if fraction is None else f"{sign}{whole}.{fraction.replace('_', '') or '0'}"


def quoted(kind: str, text: str, like: str = "") -> str:
    """The text between quotes: those that are asked for if they fit, else the ones that need no backslash."""
    if like == "'" and kind != "json" and "'" not in text:
        return f"'{text}'"
    plain = '"' not in text and "\\" not in text
    if kind == "json" or (plain and text.isprintable()):
        return json.dumps(text, ensure_ascii=False)
    if kind == "yaml":
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False) if "'" in text else f"'{text}'"


def text_of(typed: str) -> str:
    """What was to be between the quotes: the text without those that are wrong, at one end, or not straight."""
    text = typed.strip()
    first, last = text[:1], text[-1:]
    if first in _OPENING and first and _closes_early(text):
        return text
    if first and first in _OPENING and (last not in _CLOSING or len(text) == 1):
        return text[1:].strip() if last != "," else text[1:-1].strip()
    if last and last in _CLOSING and first not in _OPENING:
        return text[:-1]
    if first in _OPENING and last in _CLOSING and first and last:
        return text[1:-1]
    return text


def _closes_early(text: str) -> bool:
    """Whether the first quote ends in the middle, as in `"Sun" and "shade"` and unlike `"The "best" sun"`."""
    again = text.find(text[0], 1, len(text) - 1)
    return again > 0 and not text[again - 1].isspace() and not text[again + 1].isalnum()


def instead(kind: str, typed: str) -> tuple[str, str]:
    """What is wrong with a value of JSON or TOML that is not in quotes, and what to type instead."""
    as_text = quoted(kind, text_of(typed))
    format_name = kind.upper()
    if word := boolean(typed):
        if word == typed.lower():
            return f'"{typed}" must be in small letters', f"write `{word}`"
        return f'"{typed}" is neither true nor false', f"write `{word}`, or `{as_text}` if it is text"
    if typed.lower() in NULLS:
        return f"{format_name} has no {typed}", "write `null`" if kind == "json" else "remove this line"
    if days := dates(typed):
        if kind == "json":
            days = tuple(f'"{day}"' for day in days)
        message = f"{typed} is not a date in {format_name}"
        if as_text in days:
            message = "a date must be between double quotes"
        return message, f"write {' or '.join(f'`{day}`' for day in days)}"
    if _YEAR_FIRST.fullmatch(typed):
        return f"there is no day {typed}", "write a day that exists"
    if digits := number(typed):
        message = f"{typed} is not a number in {format_name}"
        return message, f"write `{digits}`, or `{as_text}` if it is text"
    return f"text must be between {'double ' if kind == 'json' else ''}quotes", f"write `{as_text}`"
