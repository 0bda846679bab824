"""Placeholders in addresses, which readers are meant to replace: `https://example.org/docs/<VERSION>/`."""

from __future__ import annotations

import re
from functools import lru_cache

from ...core.lazy_re import lazy_re

_SHOWN = lazy_re(r"<[\w .-]+>|\{[^{}/]+\}|\$\{?\w+\}?")


def filled(target: str, placeholders: tuple[str, ...]) -> str:
    """The target with a digit, which is right in a host, a port and a path, for each of the declared placeholders."""
    return _pattern(placeholders).sub("1", target) if placeholders else target


def placeholder_at(target: str, start: int) -> str | None:
    """What looks like a placeholder and begins at this place."""
    match = _SHOWN.match(target, start)
    return match[0] if match else None


@lru_cache(maxsize=8)
def _pattern(placeholders: tuple[str, ...]) -> re.Pattern[str]:
    """Longer ones first: `$VERSION_ID` before `$VERSION`."""
    words = sorted(placeholders, key=len, reverse=True)
    return re.compile("|".join(re.escape(word).replace(r"\*", r"[^/?#]*") for word in words if word))
