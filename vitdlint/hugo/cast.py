"""What Hugo makes of a value of another type than it wants: its lenient conversions, as functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_CONTAINERS = frozenset((list, dict))

_TRUE = frozenset({"1", "t", "T", "true", "TRUE", "True"})


def to_string(value: Any) -> str:
    """Text as it is, numbers and booleans written out, '' for anything else."""
    return _scalar(value) or ""


def to_bool(value: Any) -> bool:
    """True for true, a number other than 0, and the texts 1, t, true (in Go's spellings)."""
    if isinstance(value, str):
        return value in _TRUE
    return isinstance(value, (bool, int, float)) and bool(value)


def to_int(value: Any, default: int = 0) -> int:
    """A number without its fraction, or a text that is an integer; otherwise the default."""
    try:
        return int(value) if isinstance(value, (bool, int, float, str)) else default
    except (ValueError, OverflowError):
        return default


def holds_containers(values: list[Any]) -> bool:
    """Whether a list holds a list or a map, which makes Hugo drop it whole; one look for all of them."""
    return not _CONTAINERS.isdisjoint(map(type, values))


def to_strings(value: Any) -> tuple[str, ...]:
    """A list of scalars; a text is split at white space. A list that holds a list or a map is dropped whole."""
    if isinstance(value, str):
        return tuple(value.split())
    return to_strings_whole(value)


def to_strings_whole(value: Any) -> tuple[str, ...]:
    """As `to_strings`, but a text is one item."""
    if isinstance(value, list):
        if set(map(type, value)) == {str}:
            return tuple(value)
        items = [_scalar(item) for item in value]
        return () if None in items else tuple(item or "" for item in items)
    if value is None:
        return ()
    scalar = _scalar(value)
    return () if scalar is None else (scalar,)


def to_map(value: Any) -> Mapping[str, Any]:
    """A map as it is, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def _scalar(value: Any) -> str | None:
    """The text of a scalar; None for a list or a map."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) < 2**64:
        return str(value)
    if isinstance(value, int):
        value = float(value) if abs(value) < 10**300 else float("inf")  # as Hugo reads it
    if isinstance(value, float):
        if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124  # only NaN differs from itself
            return {"inf": "+Inf", "-inf": "-Inf"}.get(str(value), "NaN")
        from decimal import Decimal  # 1 ms, and few values are fractions

        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return "" if value is None else None


def named_texts(values: Iterable[Any]) -> Iterator[str]:
    """The Markdown files that values of front matter name (`source: /shared/text.md`), without a leading slash.

    A page without a text of its own names one to be shown its text: by `readFile`, `GetPage` and the like.
    """
    for value in values:
        if isinstance(value, str) and value.lower().endswith((".md", ".markdown")):
            yield value.lstrip("/")
