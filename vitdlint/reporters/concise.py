"""One line a finding: `path:line:column: CODE name [*] message`; severities below error are named.

For people, editors that read compiler output, and grep. Not a stable surface: programs read `json`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Diagnostic, Report, Severity
from ..core.visible import visible
from . import Context
from .closing import closing, mark
from .fold import ordered
from .statistics import statistics


def sentence(diagnostic: Diagnostic) -> str:
    """Mark, severity if it is not error, and message, on one safe line."""
    severity = "" if diagnostic.severity is Severity.ERROR else f"{diagnostic.severity.word}:"
    return " ".join(filter(None, (mark(diagnostic), severity, visible(diagnostic.message))))


def render(report: Report, context: Context) -> Iterator[str]:
    """One line a finding, then the closing lines."""
    if context.statistics:
        yield from statistics(report, context)
    else:
        for diagnostic in ordered(report, context):
            place = diagnostic.place
            path = visible(context.shown(place.path))
            yield (
                f"{path}:{place.line}:{place.column}: {diagnostic.code} {diagnostic.name} {sentence(diagnostic)}\n"
            )
    yield from closing(report, context)
