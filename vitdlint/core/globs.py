"""Globs of paths, as in .gitignore; the only user of pathspec."""

from __future__ import annotations

import re
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


def wrong_in(pattern: str) -> str | None:
    """What is wrong with a pattern, and what to write instead; None if nothing is."""
    stem = pattern.removeprefix("!")
    if not stem.strip("/ "):
        return 'it matches nothing; write "*" for every file'
    if (len(stem) - len(stem.rstrip("\\"))) % 2:
        return "nothing follows the backslash at its end; write two for a backslash"
    try:
        matcher((pattern,))
    except (ValueError, re.error):
        return "the range in its brackets runs backwards; write the lower character first"
    return None
