"""The sites that Hugo builds: each language, in each version, for each role; and which of them a matrix names (Hugo 0.168)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from ..core.lazy_re import lazy_re
from . import glob
from .cast import to_int, to_map, to_strings_whole

_FIRST_VERSION, _FIRST_ROLE = "v1.0.0", "guest"
"""What Hugo calls them where the configuration names none."""
_COMPARISON = lazy_re(r"(>=|<=|==|!=|>|<) ")


class SiteKey(NamedTuple):
    """Names one site of all that are built."""

    language: str
    version: str
    role: str


class Dimension(NamedTuple):
    """Languages, versions or roles."""

    values: tuple[str, ...]
    """In Hugo's order: by weight, then newest version first, or by name."""
    default: str
    in_subdir: bool = False
    """The default one has a folder of its own, too."""
    numbered: bool = False
    """Two names may be the same version: `v1` and `1.0.0`."""

    def place(self, name: str) -> int:
        """Where a name is in the order; -1 if it is not known."""
        if name in self.values:
            return self.values.index(name)
        same = (i for i, v in enumerate(self.values) if self.numbered and _number(v) == _number(name))
        return next(same, -1)

    def matching(self, patterns: Iterable[str]) -> tuple[str, ...]:
        """The values that a list of patterns lets through."""
        listed = [pattern.strip() for pattern in patterns]
        return tuple(v for i, v in enumerate(self.values) if self._passes(i, v, listed))

    def _passes(self, index: int, value: str, patterns: list[str]) -> bool:
        """In their order, globs add values, while negations and comparisons end it for those that they do not hold for."""
        passes: bool | None = None
        for pattern in filter(None, patterns):
            compared = _COMPARISON.match(pattern)
            if compared is None and not pattern.startswith("! "):
                passes = passes or glob.match_name(pattern, value)
                continue
            if compared is None:
                holds = not glob.match_name(pattern[2:], value)
            else:
                other = self.place(pattern[compared.end() :])
                # What comes first in the order is the greatest.
                holds = other >= 0 and _COMPARE[compared[1]](other - index)
            if passes is False or not holds:
                return False
            passes = True
        return bool(passes)


_COMPARE: Mapping[str, Callable[[int], bool]] = {
    ">=": lambda above: above >= 0,
    "<=": lambda above: above <= 0,
    "==": lambda above: above == 0,
    "!=": lambda above: above != 0,
    ">": lambda above: above > 0,
    "<": lambda above: above < 0,
}


class Matrix(NamedTuple):
    """Patterns for each dimension, as `sites.matrix` and `sites.complements` have them; none is said where empty."""

    languages: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    def completed(self, other: Matrix) -> Matrix:
        """With the patterns of another one for the dimensions that it does not name."""
        return Matrix(*(own or others for own, others in zip(self, other, strict=True)))


NO_MATRIX = Matrix()


def read_matrix(value: Any, key: str = "matrix") -> Matrix:
    """The `matrix`, or the `complements`, of a `sites` table."""
    table = {str(k).lower(): v for k, v in to_map(value).items()}
    table = {str(k).lower(): v for k, v in to_map(table.get(key)).items()}
    return Matrix(*(to_strings_whole(table.get(name)) for name in Matrix._fields)) if table else NO_MATRIX


Names = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Some languages, versions and roles."""
NO_NAMES: Names = ((), (), ())


class Space(NamedTuple):
    """All sites."""

    languages: Dimension
    versions: Dimension
    roles: Dimension
    sites: tuple[SiteKey, ...]
    """In Hugo's order."""
    default: SiteKey

    def where(self, names: Iterable[Collection[str]]) -> tuple[SiteKey, ...]:
        """The sites of these languages, versions and roles."""
        languages, versions, roles = names
        return tuple(
            key
            for key in self.sites
            if key.language in languages and key.version in versions and key.role in roles
        )

    def referred(self, language: str, site: SiteKey) -> SiteKey:
        """The site that a reference on a page of one site means by that language (its own if it is none)."""
        if language in ("", site.language):
            return site
        return SiteKey(language, self.versions.values[0], self.roles.values[0])

    def matching(self, matrix: Matrix) -> Names:
        """The languages, versions and roles that a matrix names."""
        languages, versions, roles = matrix
        return (
            self.languages.matching(languages),
            self.versions.matching(versions),
            self.roles.matching(roles),
        )

    def mounted(self, matrix: Matrix) -> tuple[SiteKey, ...]:
        """The sites of a mount of content: the default one where it does not say; none if a pattern matches nothing."""
        if matrix == NO_MATRIX:
            return (self.default,)
        found = self.matching(matrix)
        if any(patterns and not names for patterns, names in zip(matrix, found, strict=True)):
            return ()
        return self.where(names or (own,) for names, own in zip(found, self.default, strict=True))

    def of_page(self, matrix: Matrix, base: tuple[SiteKey, ...]) -> tuple[SiteKey, ...]:
        """The sites of a page: a dimension without a match is that of its mount and file name."""
        if not base:
            return ()
        return self.where(completed(self.matching(matrix), names_of(base)))

    def of_target(self, matrix: Matrix) -> Names:
        """What a cascade's target names, or the complements of a mount: all values of a dimension without a match."""
        everything = (self.languages.values, self.versions.values, self.roles.values)
        return completed(self.matching(matrix), everything)


def names_of(sites: Iterable[SiteKey]) -> Names:
    """The languages, versions and roles of some sites (of one at least)."""
    languages, versions, roles = zip(*sites, strict=True)
    return languages, versions, roles


def completed(names: Names, others: Names) -> Names:
    """The names of each dimension, those of another one where there are none."""
    return names[0] or others[0], names[1] or others[1], names[2] or others[2]


def space_of(languages: Dimension, versions: Dimension, roles: Dimension) -> Space:
    """All combinations."""
    sites = tuple(
        SiteKey(language, version, role)
        for language in languages.values
        for version in versions.values
        for role in roles.values
    )
    default = SiteKey(languages.default, versions.default, roles.default)
    return Space(languages, versions, roles, sites, next(key for key in sites if key == default))


def versions_of(table: Mapping[str, Any], default: str, *, in_subdir: bool) -> Dimension:
    """The versions: by weight, then the newest first. Raises KeyError if the default one is not among them."""
    return _dimension(table, default, _FIRST_VERSION, _newest, in_subdir=in_subdir, numbered=True)


def roles_of(table: Mapping[str, Any], default: str, *, in_subdir: bool) -> Dimension:
    """The roles: by weight, then by name. Raises KeyError if the default one is not among them."""
    return _dimension(table, default, _FIRST_ROLE, str, in_subdir=in_subdir, numbered=False)


def _dimension(
    table: Mapping[str, Any],
    default: str,
    first: str,
    order: Callable[[str], Any],
    *,
    in_subdir: bool,
    numbered: bool,
) -> Dimension:
    weights = {name: to_int(to_map(own).get("weight")) for name, own in table.items() if name != "_merge"}
    weights = weights or {default or first: 0}
    if default and default not in weights:
        raise KeyError(default)
    values = sorted(weights, key=lambda name: (weights[name] == 0, weights[name], order(name)))
    return Dimension(tuple(values), default or values[0], in_subdir, numbered)


_Number = tuple[int, int, int, str]


def _newest(name: str) -> tuple[Any, ...]:
    """Sorts newest versions first; those of no number by name."""
    *numbers, suffix = _number(name)
    return (*(-n for n in numbers if isinstance(n, int)), suffix)


def _number(name: str) -> _Number:
    """A version as Hugo reads it: three numbers and what comes after a hyphen; the whole name if there are no numbers."""
    text = name.strip().removeprefix("v")
    bare, hyphen, suffix = text.partition("-")
    if not bare:
        bare, hyphen, suffix = text, "", ""
    parts = [int(part) if re.fullmatch(r"[+-]?\d+", part, re.ASCII) else 0 for part in bare.split(".")]
    major, minor, patch = (*parts, 0, 0, 0)[:3]
    if not (major or minor or patch or suffix):
        return 0, 0, 0, f"{bare}{hyphen}"
    return major, minor, patch, suffix
