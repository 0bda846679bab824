"""The report as one JSON document, version 1: the contract is `schemas/report.schema.json`.

New keys may be added within a version; none is renamed or dropped. Lines and columns count from 1, columns in code
points, ends are exclusive, paths are relative to where the command ran. The text is pure ASCII.
"""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps
from typing import Any

from ..core.model import Diagnostic, Place, Report, Severity
from . import Context

VERSION = 1


def _position(place: Place, context: Context) -> dict[str, Any]:
    return {
        "path": context.shown(place.path),
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def as_object(diagnostic: Diagnostic, context: Context) -> dict[str, Any]:
    """One diagnostic as the contract has it."""
    fix = diagnostic.fix
    return {
        **_position(diagnostic.place, context),
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.word,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "fix": fix
        and {
            "title": fix.title,
            "safe": fix.safe,
            "edits": [{**_position(edit.place, context), "text": edit.text} for edit in fix.edits],
        },
        "related": [
            {**_position(place, context), "message": message} for place, message in diagnostic.related
        ],
        **({"cause": diagnostic.cause} if diagnostic.cause else {}),
        **({"state": diagnostic.state} if diagnostic.state else {}),
        **({"fails_build": True} if diagnostic.fails_build else {}),
    }


def summary(report: Report) -> dict[str, Any]:
    """The counts of a report as the contract has them."""
    return {
        "pages": report.pages,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "infos": report.count(Severity.INFO),
        "suppressed": report.suppressed,
        "not_checked": [
            {"what": entry.what, "reason": entry.reason, "count": entry.count}
            | ({"by": entry.by} if entry.by else {})
            for entry in report.not_checked
        ],
    }


def tool(context: Context) -> dict[str, str]:
    """The program and its version."""
    return {"name": "vitdlint", "version": context.version}


def render(report: Report, context: Context) -> Iterator[str]:
    """One JSON document, a diagnostic a line."""
    yield f'{{"version": {VERSION}, "tool": {dumps(tool(context))}, "diagnostics": ['
    before = "\n"
    for diagnostic in report.diagnostics:
        yield before + dumps(as_object(diagnostic, context))
        before = ",\n"
    yield ("\n" if report.diagnostics else "") + f'], "summary": {dumps(summary(report))}}}\n'
