"""At most so many findings of one rule on one page: a broken page of some megabytes would fill every report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..core.model import Diagnostic, NotChecked
from ..core.rule import RAISED

MOST = 1000
"""Findings of one rule on one page that are listed."""
Key = tuple[str, str]
"""The path of a page and the name of a rule."""


def stopped(raised: Iterable[Diagnostic]) -> frozenset[Key]:
    """Where rules stopped before they had found all; `raised` are all findings, the suppressed ones too."""
    counts = Counter((diagnostic.place.path, diagnostic.name) for diagnostic in raised)
    return frozenset(key for key, count in counts.items() if count >= RAISED)


def bounded(
    ordered: Iterable[Diagnostic], unfinished: frozenset[Key] = frozenset()
) -> tuple[tuple[Diagnostic, ...], tuple[NotChecked, ...]]:
    """The findings to list, in their order, and how many more there are of which rule on which page.

    `unfinished` are those of which nobody knows how many there are; see `stopped`.
    """
    counts: Counter[Key] = Counter()
    listed: list[Diagnostic] = []
    for diagnostic in ordered:
        key = (diagnostic.place.path, diagnostic.name)
        counts[key] += 1
        if counts[key] <= MOST:
            listed.append(diagnostic)
    reason = f"only the first {MOST:,} of a rule on a page are listed"
    stops = f"{reason}, and after {RAISED:,} it stops, so that there may be more"
    left = (
        NotChecked(
            "findings",
            stops if key in unfinished else reason,
            max(counts[key] - MOST, 1),
            f"{key[1]} in {key[0]}",
        )
        for key in unfinished | {key for key, count in counts.items() if count > MOST}
    )
    return tuple(listed), tuple(left)
