"""GitLab Code Quality: a JSON array, empty when nothing is found.

GitLab joins entries with the same fingerprint, so each has its own, free of line numbers: a finding that only moved is
not new to a merge request. The widget shows the description and nothing else of the rule, so that repeats its
name and its address.
"""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps

from ..core.model import Report, Severity
from ..linter.fingerprint import identified
from . import Context

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, context: Context) -> Iterator[str]:
    """One array, an entry a line."""
    before = "[\n"
    for diagnostic, identity in identified(report.diagnostics, context.text_of):
        place = diagnostic.place
        url = context.url(diagnostic.code, diagnostic.name)
        entry = {
            "description": f"{diagnostic.code} {diagnostic.name}: {diagnostic.message}"
            + (f" ({url})" if url else ""),
            "check_name": diagnostic.name,
            "fingerprint": identity,
            "severity": SEVERITIES[diagnostic.severity],
            "location": {
                "path": context.in_repository(place.path),
                "positions": {
                    "begin": {"line": place.line, "column": place.column},
                    "end": {"line": place.end_line, "column": place.end_column},
                },
            },
        }
        yield before + dumps(entry)
        before = ",\n"
    yield "\n]\n" if report.diagnostics else "[]\n"
