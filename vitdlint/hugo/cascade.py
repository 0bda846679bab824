"""Front matter that a section, or the configuration, hands down to pages (`cascade`; Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from . import glob
from .cast import to_map, to_string, to_strings_whole
from .language import cascades_of
from .space import NO_MATRIX, Matrix, SiteKey, Space, names_of, read_matrix


class Cascade(NamedTuple):
    """Values, and the pages they are for."""

    values: Mapping[str, Any]
    kind: str
    path: str
    environment: str
    sites: frozenset[SiteKey] | None
    """None for all, and then before it is known which sites a page is for."""
    matrix: Matrix = NO_MATRIX
    """Among the values: the sites that its pages are for."""
    complements: Matrix = NO_MATRIX

    def matches(self, kind: str, path: str, environment: str) -> bool:
        """Whether a page is a target, in one of the sites; all three are globs."""
        return (
            (not self.kind or glob.match(self.kind, kind))
            and (not self.path or glob.match(self.path, path or "/"))
            and (not self.environment or glob.match(self.environment, environment))
        )


def read_cascade(value: Any, space: Space, page: tuple[SiteKey, ...] = ()) -> tuple[Cascade, ...]:
    """A `cascade` of the configuration, or of a page's front matter, keys in any case; `page` are the page's sites."""
    return tuple(_entry(entry, space, page) for entry in cascades_of(value))


def _entry(entry: Mapping[str, Any], space: Space, page: tuple[SiteKey, ...]) -> Cascade:
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
    wanted = read_matrix(target.get("sites"))
    wanted = wanted._replace(languages=to_strings_whole(target.get("lang")) + wanted.languages)
    if "_language" in entry and not wanted.languages:
        wanted = wanted._replace(languages=(to_string(entry["_language"]),))
    matrix = read_matrix(values.get("sites"))
    sites = None
    if wanted != NO_MATRIX:
        sites = frozenset(space.where(space.of_target(wanted)))
    elif page and matrix == NO_MATRIX:
        sites = frozenset(space.where(names_of(page)))
    kind, path = to_string(target.get("kind")), to_string(target.get("path"))
    return Cascade(
        values,
        kind.lower(),
        path.lower(),
        to_string(target.get("environment")),
        sites,
        matrix,
        read_matrix(values.get("sites"), "complements"),
    )


def apply(
    params: dict[str, Any],
    cascades: tuple[Cascade, ...],
    kind: str,
    path: str,
    site: SiteKey,
    environment: str,
) -> None:
    """Add what the page does not say itself; the nearest cascade comes first and wins."""
    for cascade in cascades:
        if (cascade.sites is None or site in cascade.sites) and cascade.matches(kind, path, environment):
            for key, value in cascade.values.items():
                params.setdefault(key, value)
