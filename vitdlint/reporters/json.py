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
    """What writes one diagnostic as the contract has it: by hand, in a fifth of the time that objects would take."""
    text = cache(quoted)

    @cache
    def opening(path: str) -> str:
        return f'{{"path": {quoted(context.shown(path))}, "line": '

    @cache
    def rule(code: str, name: str, severity: Severity) -> str:
        return f', "code": {quoted(code)}, "name": {quoted(name)}, "severity": {quoted(severity.word)}, "message": '

    def position(place: Place) -> str:
        path, _, _, line, column, end_line, end_column = place
        return (
            f'{opening(path)}{line}, "column": {column}, "end_line": {end_line}, "end_column": {end_column}'
        )

    def encode(diagnostic: Diagnostic) -> str:
        place, code, name, severity, message, help_, fix, related, cause, _, _, state, fails_build = (
            diagnostic
        )
        fixed, beside, rest = "null", "", ""
        if fix is not None:
            edits = ", ".join([f'{position(at)}, "text": {quoted(new)}}}' for at, new in fix.edits])
            fixed = f'{{"title": {text(fix.title)}, "safe": {"true" if fix.safe else "false"}, "edits": [{edits}]}}'
        if related:
            beside = ", ".join([f'{position(at)}, "message": {quoted(said)}}}' for at, said in related])
        if cause:
            rest += f', "cause": {quoted(cause)}'
        if state:
            rest += f', "state": {quoted(state)}'
        if fails_build:
            rest += ', "fails_build": true'
        return (
            f"{position(place)}{rule(code, name, severity)}{quoted(message)}, "
            f'"help": {"null" if help_ is None else text(help_)}, '
            f'"fix": {fixed}, "related": [{beside}]{rest}}}'
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
