"""At most so many findings of one rule on one page: a broken page of some megabytes would fill every report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..core.model import Diagnostic, NotChecked

MOST = 1000
"""Findings of one rule on one page that are listed."""


def bounded(ordered: Iterable[Diagnostic]) -> tuple[tuple[Diagnostic, ...], tuple[NotChecked, ...]]:
    """The findings to list, in their order, and how many more there are of which rule on which page."""
    counts: Counter[tuple[str, str]] = Counter()
    listed: list[Diagnostic] = []
    for diagnostic in ordered:
        key = (diagnostic.place.path, diagnostic.name)
        counts[key] += 1
        if counts[key] <= MOST:
            listed.append(diagnostic)
    reason = f"only the first {MOST:,} of a rule on a page are listed"
    left = (
        NotChecked("findings", reason, count - MOST, f"{name} in {path}")
        for (path, name), count in counts.items()
        if count > MOST
    )
    return tuple(listed), tuple(left)
