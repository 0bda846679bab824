"""Globs of paths, as in .gitignore; the only user of pathspec."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


@cache
def matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a POSIX path matches any of the patterns; a later `!pattern` takes a match back."""
    if not patterns:
        return lambda _: False
    if patterns == ("*",):
        return lambda _: True
    from pathspec import GitIgnoreSpec  # most runs have no globs

    return GitIgnoreSpec.from_lines(patterns).match_file
