"""How many of vitdlint's answers agree with Hugo, and which do not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

SUBJECTS = ("URLs", "aliases", "anchors", "dead links", "dead fragments", "other links", "refused pages")


@dataclass
class Score:
    """Of one subject."""

    both: int = 0
    """Answers that agree."""
    false: list[str] = field(default_factory=list)
    """What vitdlint says and Hugo does not."""
    missed: list[str] = field(default_factory=list)
    """What Hugo says and vitdlint does not."""


@dataclass
class Comparison:
    """Of one site."""

    scores: dict[str, Score] = field(default_factory=lambda: {subject: Score() for subject in SUBJECTS})
    unchecked: Counter[str] = field(default_factory=Counter)
    """Dead links, dead fragments and anchors that vitdlint leaves open, by its reason."""
    uncompared: Counter[str] = field(default_factory=Counter)
    """What the build cannot answer, by the reason."""
