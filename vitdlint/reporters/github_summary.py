"""The summary of a job in GitHub Actions: the Markdown table, the worst first, cut to what `$GITHUB_STEP_SUMMARY` takes."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Report
from . import Context
from .markdown import table

BYTES = 1_000_000
"""GitHub refuses a step's summary above 1 MiB."""


def render(report: Report, context: Context) -> Iterator[str]:
    """Counts, causes, then a table: errors first, changed files first, a count of what was left out."""
    yield table(report, context, BYTES)
