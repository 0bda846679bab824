"""The summary of a job in GitHub Actions: a screen of causes and findings with links to their lines, the rest folded away."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Report
from . import Context
from .markdown import table

BYTES = 1_000_000
"""GitHub refuses a step's summary above 1 MiB."""


def render(report: Report, context: Context) -> Iterator[str]:
    """Counts, causes, the worst findings, changed files first; cut to what `$GITHUB_STEP_SUMMARY` takes."""
    yield table(report, context, BYTES)
