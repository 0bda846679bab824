"""Front matter that a section, or the configuration, hands down to pages (`cascade`; Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from . import glob
from .cast import to_map, to_string, to_strings_whole
from .language import cascades_of


class Cascade(NamedTuple):
    """Values, and the pages they are for."""

    values: Mapping[str, Any]
    kind: str
    path: str
    languages: tuple[str, ...]
    environment: str

    def matches(self, kind: str, path: str, language: str, environment: str) -> bool:
        """Whether a page is a target; all four are globs."""
        return (
            (not self.kind or glob.match(self.kind, kind))
            and (not self.path or glob.match(self.path, path or "/"))
            and (not self.languages or any(glob.match(p, language) for p in self.languages))
            and (not self.environment or glob.match(self.environment, environment))
        )


def read_cascade(value: Any) -> tuple[Cascade, ...]:
    """A `cascade` of front matter or configuration, keys in any case."""
    return tuple(_entry(entry) for entry in cascades_of(value))


def _entry(entry: Mapping[str, Any]) -> Cascade:
    values: dict[str, Any] = {}
    target: Mapping[str, Any] = {}
    for key, value in entry.items():
        low = str(key).lower()
        if low in {"target", "_target"}:
            target = {str(k).lower(): v for k, v in to_map(value).items()}
        elif low == "params":
            values |= {str(k).lower(): v for k, v in to_map(value).items()}
        elif low == "_build" or not low.startswith("_"):
            values.setdefault(low, value)
    matrix = to_map(to_map(target.get("sites")).get("matrix"))
    languages = to_strings_whole(target.get("lang")) + to_strings_whole(matrix.get("languages"))
    if "_language" in entry and not languages:
        languages = (to_string(entry["_language"]),)
    kind, path = to_string(target.get("kind")), to_string(target.get("path"))
    return Cascade(values, kind.lower(), path.lower(), languages, to_string(target.get("environment")))


def apply(
    params: dict[str, Any],
    cascades: tuple[Cascade, ...],
    kind: str,
    path: str,
    language: str,
    environment: str,
) -> None:
    """Add what the page does not say itself; the nearest cascade comes first and wins."""
    for cascade in cascades:
        if cascade.matches(kind, path, language, environment):
            for key, value in cascade.values.items():
                params.setdefault(key, value)
