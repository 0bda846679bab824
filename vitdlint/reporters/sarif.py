"""SARIF 2.1.0, as GitHub's code scanning and other consumers read it.

Paths are relative to the root of the repository and percent-encoded; lines and columns count from 1, columns in code
points. Code scanning shows the 5,000 worst results of a run and refuses 25,000: beyond `MOST` results the least severe
are left out, and an entry under `toolExecutionNotifications` says how many.

`partialFingerprints` holds `vitdlint/v1`: what the finding is about, free of line numbers, the same as in a baseline.
Code scanning itself matches alerts by `primaryLocationLineHash` alone. `github/codeql-action/upload-sarif` computes that
from the checked-out file where it is missing, and warns of every result whose value is another than its own, so it is
not given here. Whoever uploads by the REST interface instead has to add it, or sees alerts twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps
from typing import Any
from urllib.parse import quote

from ..core.model import Diagnostic, Place, Report, Severity
from ..core.rule import AnyRule
from ..linter.fingerprint import identified
from . import Context
from .closing import left_out

MOST = 20_000
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_FAMILIES = {
    "VD0": "tool",
    "VD1": "front-matter",
    "VD2": "markdown",
    "VD3": "html",
    "VD4": "text",
    "VD5": "identity",
    "VD6": "links",
    "VD7": "external-links",
    "VD8": "external-links",
}


def render(report: Report, context: Context) -> Iterator[str]:
    """One SARIF log with one run."""
    included = _worst(report)
    codes = sorted({diagnostic.code for diagnostic in report.diagnostics})
    index = {code: number for number, code in enumerate(codes)}
    names = {diagnostic.code: diagnostic.name for diagnostic in report.diagnostics}
    driver = {
        "name": "vitdlint",
        "semanticVersion": context.version,
        "rules": [_rule(code, names[code], context) for code in codes],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "vitdlint/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository."}}},
        "invocations": [
            {
                "executionSuccessful": not report.crashed,
                "toolExecutionNotifications": [
                    {"level": "note", "message": {"text": text}}
                    for text in _notifications(report, len(included))
                ],
            }
        ],
    }
    yield '{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{'
    yield dumps(run)[1:-1] + ', "results": ['
    before = "\n"
    for diagnostic, identity in identified(included, context.text_of):
        yield before + dumps(_result(diagnostic, identity, index[diagnostic.code], context))
        before = ",\n"
    yield "\n]}]}\n"


def _worst(report: Report) -> tuple[Diagnostic, ...]:
    """What is reported: everything, or the most severe, still in the report's order."""
    if len(report.diagnostics) <= MOST:
        return report.diagnostics
    by_severity = sorted(report.diagnostics, key=lambda diagnostic: -diagnostic.severity)
    return tuple(sorted(by_severity[:MOST], key=lambda diagnostic: diagnostic.order))


def _notifications(report: Report, included: int) -> Iterator[str]:
    if included < len(report.diagnostics):
        yield f"{len(report.diagnostics) - included:,} findings of the lowest severities are left out of this file."
    for line in left_out(report.not_checked):
        yield f"Not checked: {line}"
    yield from report.notes


def _rule(code: str, name: str, context: Context) -> dict[str, Any]:
    rule: AnyRule | None = context.rules.get(code)
    summary = rule.summary if rule else name
    manual = rule.manual if rule else name
    severity = rule.severity if rule else Severity.ERROR
    url = context.url(code, name)
    entry: dict[str, Any] = {
        "id": code,
        "name": name,
        "shortDescription": {"text": summary[:1024]},
        "fullDescription": {"text": manual[:1024]},
        "help": {"text": manual, "markdown": f"{manual}\n\n<{url}>" if url else manual},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {
            "tags": [_FAMILIES.get(code[:3], "plug-in")],
            "precision": "very-high",
            "problem.severity": _PROBLEM[severity],
        },
    }
    if url:
        entry["helpUri"] = url
    return entry


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _artifact(path: str, context: Context) -> dict[str, str]:
    name = context.in_repository(path)
    try:
        uri = quote(name, safe="/", errors="surrogateescape")
    except UnicodeEncodeError:  # no file name of this system: nothing better can be said of it
        uri = quote(name, safe="/", errors="replace")
    return {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _location(place: Place, context: Context) -> dict[str, Any]:
    return {"artifactLocation": _artifact(place.path, context), "region": _region(place)}


def _text(diagnostic: Diagnostic) -> str:
    """Message and help; brackets are escaped, since `[text](1)` would be a link in SARIF."""
    text = diagnostic.message
    if diagnostic.help:
        text = f"{text if text.endswith(('.', '!', '?')) else f'{text}.'} {diagnostic.help}"
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _result(diagnostic: Diagnostic, identity: str, rule_index: int, context: Context) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule_index,
        "level": LEVELS[diagnostic.severity],
        "message": {"text": _text(diagnostic)},
        "locations": [{"physicalLocation": _location(diagnostic.place, context)}],
        "partialFingerprints": {"vitdlint/v1": identity},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _location(place, context),
                "message": {"text": message.replace("[", "\\[").replace("]", "\\]")},
            }
            for number, (place, message) in enumerate(diagnostic.related, 1)
        ]
    if fix := diagnostic.fix:
        files: dict[str, list[dict[str, Any]]] = {}
        for place, text in fix.edits:
            replacement = {"deletedRegion": _region(place), "insertedContent": {"text": text}}
            files.setdefault(place.path, []).append(replacement)
        result["fixes"] = [
            {
                "description": {"text": fix.title},
                "artifactChanges": [
                    {"artifactLocation": _artifact(path, context), "replacements": replacements}
                    for path, replacements in files.items()
                ],
            }
        ]
    return result
