"""The user's own regular expressions, matched in linear time: content is hostile, and `re` can be made to backtrack.

RE2's syntax is Python's without look-around and back-references. A pattern is compiled once a process. The package is
an extra: not every Python and system has a wheel of it, and most sites have no patterns of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from ...core.lazy_re import lazy_re

_GROUP = lazy_re(r"\\(\d)")


def require() -> None:
    """ValueError, with the command that installs it, where there is no RE2."""
    if not _installed():
        raise ValueError('patterns need RE2, which is not installed: pip install "vitdlint[patterns]"')


def check(pattern: str) -> None:
    """Compile a pattern, if there is RE2; ValueError says what is wrong with it."""
    if _installed():
        _compiled(pattern)


class Hit(NamedTuple):
    """One match of a pattern."""

    start: int
    end: int
    groups: tuple[str | None, ...]
    """The whole match, then its groups."""


def hits(pattern: str, text: str) -> Iterator[Hit]:
    """Where a pattern matches, left to right; matches of nothing are left out."""
    for match in _compiled(pattern).finditer(text):
        if match.end() > match.start():
            yield Hit(match.start(), match.end(), (match.group(), *match.groups()))


def may_match(several: tuple[str, ...], text: str) -> bool:
    """Whether any of some patterns can match in any line of a text: one look for all of them, True if in doubt."""
    if any(mark in pattern for pattern in several for mark in (r"\A", r"\z", r"\Q")):
        return True  # what these mean depends on the text around them
    return _any_of(several).search(text.encode("utf-8", "replace")) is not None


def expanded(hit: Hit, replacement: str) -> str:
    r"""A replacement with `\1` (or `\0`) replaced by what that group matched; an unknown group is nothing."""
    groups = dict(enumerate(hit.groups))
    return _GROUP.sub(lambda m: groups.get(int(m[1])) or "", replacement)


@cache
def _installed() -> bool:
    try:
        import re2  # noqa: F401  # only to see whether it can be
    except ImportError:
        return False
    return True


@cache
def _compiled(pattern: str) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        words = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        raise ValueError(
            f'the pattern "{pattern}" is not a regular expression that RE2 knows: {words}'
        ) from error


@cache
def _any_of(several: tuple[str, ...]) -> Any:
    import re2

    return re2.compile("|".join(f"(?m:{pattern})" for pattern in several).encode())
