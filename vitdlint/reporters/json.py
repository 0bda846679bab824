"""The report as one JSON document, version 1: the contract is `schemas/report.schema.json`.

New keys may be added within a version; none is renamed or dropped. Lines and columns count from 1, columns in code
points, ends are exclusive, paths are relative to where the command ran. The text is pure ASCII.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from json import dumps
from json.encoder import encode_basestring_ascii as quoted
from typing import Any

from ..core.model import Diagnostic, Place, Report, Severity
from . import Context

VERSION = 1


def encoder(context: Context) -> Callable[[Diagnostic], str]:
    """What writes one diagnostic as the contract has it: by hand, in a quarter of the time that objects would take."""
    shown = cache(lambda path: quoted(context.shown(path)))
    severities = [quoted(severity.word) for severity in sorted(Severity)]

    def position(place: Place) -> str:
        path, _, _, line, column, end_line, end_column = place
        return (
            f'"path": {shown(path)}, "line": {line}, "column": {column}, '
            f'"end_line": {end_line}, "end_column": {end_column}'
        )

    def encode(diagnostic: Diagnostic) -> str:
        fix, related = diagnostic.fix, diagnostic.related
        help_ = "null" if diagnostic.help is None else quoted(diagnostic.help)
        fixed, beside, rest = "null", "", ""
        if fix is not None:
            edits = ", ".join([f'{{{position(place)}, "text": {quoted(new)}}}' for place, new in fix.edits])
            fixed = f'{{"title": {quoted(fix.title)}, "safe": {dumps(fix.safe)}, "edits": [{edits}]}}'
        if related:
            beside = ", ".join(
                [f'{{{position(place)}, "message": {quoted(said)}}}' for place, said in related]
            )
        if diagnostic.cause:
            rest += f', "cause": {quoted(diagnostic.cause)}'
        if diagnostic.state:
            rest += f', "state": {quoted(diagnostic.state)}'
        if diagnostic.fails_build:
            rest += ', "fails_build": true'
        return (
            f'{{{position(diagnostic.place)}, "code": {quoted(diagnostic.code)}, "name": {quoted(diagnostic.name)}, '
            f'"severity": {severities[diagnostic.severity - 1]}, "message": {quoted(diagnostic.message)}, '
            f'"help": {help_}, "fix": {fixed}, "related": [{beside}]{rest}}}'
        )

    return encode


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
    before, encode = "\n", encoder(context)
    for diagnostic in report.diagnostics:
        yield before + encode(diagnostic)
        before = ",\n"
    yield ("\n" if report.diagnostics else "") + f'], "summary": {dumps(summary(report))}}}\n'
