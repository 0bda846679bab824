"""Where the journal of a write is, so that each run can look for one before it loads what reads it."""

from __future__ import annotations

from pathlib import Path

NAME = ".vitdlint-journal.json"
"""The journal's file in the site's root."""
SUFFIX = ".vitdlint-new"
"""What the name of a file ends with until it takes the place of another."""


def interrupted(root: Path) -> bool:
    """Whether a killed run has left anything."""
    journal = root / NAME
    return journal.exists() or unborn(journal).exists()


def unborn(journal: Path) -> Path:
    """The journal while it is being written."""
    return journal.with_name(NAME + SUFFIX)
