"""The report as lines of JSON: each diagnostic as in the `json` format, and last the version, tool and summary.

A reader that finds no line with `summary` knows that the run did not end.
"""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps

from ..core.model import Report
from . import Context
from .json import VERSION, encoder, summary, tool


def render(report: Report, context: Context) -> Iterator[str]:
    """One line a diagnostic, then one for the run."""
    for line in map(encoder(context), report.diagnostics):
        yield line + "\n"
    yield dumps({"version": VERSION, "tool": tool(context), "summary": summary(report)}) + "\n"
