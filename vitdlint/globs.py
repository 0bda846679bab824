"""Globs of paths, as in .gitignore; the only user of pathspec."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Whether a POSIX path matches any of the patterns; a later `!pattern` takes a match back."""
    lines = tuple(patterns)
    if not lines:
        return lambda _: False
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  # most runs have no globs

    return GitIgnoreSpec.from_lines(lines).match_file
