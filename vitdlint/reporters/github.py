"""Workflow commands, which GitHub Actions turns into annotations; `github-summary` is for the summary of a job.

GitHub keeps ten annotations of each level a step and drops the rest without a word. So the worst come first, those in
changed files before others, and where there are more the last line says how many. Each message repeats its place: the
log shows nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Diagnostic, Report, Severity
from ..core.visible import visible
from . import Context
from .closing import closing

MOST = 10
"""Annotations of one level that GitHub shows for one step."""

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, context: Context) -> Iterator[str]:
    """Up to ten commands of each level, then a count of the rest and the closing lines."""
    left_out = 0
    for severity, level in LEVELS.items():
        found = [diagnostic for diagnostic in report.diagnostics if diagnostic.severity is severity]
        found.sort(key=lambda diagnostic: diagnostic.place.path not in context.changed)
        left_out += max(0, len(found) - MOST)
        for diagnostic in found[:MOST]:
            yield f"::{level} {_properties(diagnostic, context)}::{_message(diagnostic, context)}\n"
    if left_out:
        yield f"{left_out:,} more findings are not annotated: GitHub shows {MOST} of a level.\n"
    yield from closing(report, context)


def _properties(diagnostic: Diagnostic, context: Context) -> str:
    place = diagnostic.place
    properties = {"file": context.in_repository(place.path), "line": str(place.line)}
    if place.end_line == place.line:
        # With columns on two lines GitHub drops the annotation.
        properties |= {"col": str(place.column), "endColumn": str(max(place.end_column - 1, place.column))}
    else:
        properties["endLine"] = str(place.end_line)
    properties["title"] = f"{diagnostic.code} {diagnostic.name}"
    return ",".join(f"{name}={_property(value)}" for name, value in properties.items())


def _message(diagnostic: Diagnostic, context: Context) -> str:
    place = diagnostic.place
    where = f"{context.shown(place.path)}:{place.line}:{place.column}"
    text = f"{visible(where)} {diagnostic.code} {visible(diagnostic.message)}"
    if diagnostic.help:
        text += f"\nHelp: {visible(diagnostic.help)}"
    if url := context.url(diagnostic.code, diagnostic.name):
        text += f"\nManual: {url}"
    return _data(text)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
