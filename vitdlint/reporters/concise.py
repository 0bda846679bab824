"""One line a finding: `path:line:column: CODE name [*] message`; severities below error are named.

For people, editors that read compiler output, and grep. Not a stable surface: programs read `json`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..core.model import Diagnostic, Report, Severity
from ..core.visible import visible
from . import Context
from .closing import closing, mark
from .fold import ordered
from .statistics import statistics

_BEFORE = ["", *("" if severity is Severity.ERROR else f"{severity.word}: " for severity in sorted(Severity))]
"""What is before a message, by severity."""


def sentence(diagnostic: Diagnostic) -> str:
    """Mark, severity if it is not error, and message, on one safe line."""
    fix = f"{mark(diagnostic)} " if diagnostic.fix is not None else ""
    return f"{fix}{_BEFORE[diagnostic.severity]}{visible(diagnostic.message)}"


def render(report: Report, context: Context) -> Iterator[str]:
    """One line a finding, then the closing lines."""
    if context.statistics:
        yield from statistics(report, context)
    else:
        shown = cache(lambda path: visible(context.shown(path)))
        for diagnostic in ordered(report, context):
            path, _start, _end, line, column, *_ = diagnostic.place
            yield f"{shown(path)}:{line}:{column}: {diagnostic.code} {diagnostic.name} {sentence(diagnostic)}\n"
    yield from closing(report, context)
