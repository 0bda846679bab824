"""Glob patterns as Hugo matches them in `target.path`, permalinks and mounts; docs/globs.md has all kinds."""

from __future__ import annotations

import re
from functools import lru_cache


def match(pattern: str, text: str) -> bool:
    """Whether a pattern matches a whole text, without regard to case. A pattern that is no glob matches nothing."""
    compiled = _compile(pattern.lower(), "/")
    return compiled is not None and compiled.fullmatch(text.lower()) is not None


def match_name(pattern: str, name: str) -> bool:
    """Whether a pattern of `sites.matrix` matches the name of a language, version or role; dots separate its parts."""
    compiled = _compile(pattern, ".")
    return compiled is not None and compiled.fullmatch(name) is not None


@lru_cache(maxsize=1024)
def _compile(pattern: str, separator: str) -> re.Pattern[str] | None:
    one = f"[^{separator}]"
    out: list[str] = []
    depth = i = 0
    while i < len(pattern):
        char = pattern[i]
        i += 1
        if char == "*":
            # A run of stars is one: adjacent quantifiers would be slow and mean the same.
            stars = 1
            while pattern[i : i + 1] == "*":
                i, stars = i + 1, stars + 1
            out.append(".*" if stars > 1 else f"{one}*")
        elif char == "?":
            out.append(one)
        elif char == "[":
            end = pattern.find("]", i + 1)
            if end < 0:
                return None
            inner = pattern[i:end]
            negated = inner.startswith("!")
            inner = re.escape(inner[negated:]).replace(r"\-", "-")
            out.append(f"[{'^' if negated else ''}{inner}]")
            i = end + 1
        elif char == "{":
            depth += 1
            out.append("(?:")
        elif char == "}" and depth:
            depth -= 1
            out.append(")")
        elif char == "," and depth:
            out.append("|")
        elif char == "\\" and i < len(pattern):
            out.append(re.escape(pattern[i]))
            i += 1
        else:
            out.append(re.escape(char))
    if depth:
        return None
    try:
        return re.compile("".join(out), re.DOTALL)
    except re.error:
        return None
