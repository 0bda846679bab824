"""Logging commands, which Azure Pipelines turns into issues of a build: `##vso[task.logissue …]message`.

Azure knows errors and warnings only, so a finding of severity info is a warning that says so. Each message repeats its
place, for the log shows nothing else. https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Diagnostic, Report, Severity
from ..core.visible import visible
from . import Context
from .closing import closing


def render(report: Report, context: Context) -> Iterator[str]:
    """One command a finding, then the closing lines."""
    for diagnostic in report.diagnostics:
        properties, message = _properties(diagnostic, context), _message(diagnostic, context)
        yield f"##vso[task.logissue {_harmless(properties)}]{_harmless(message)}\n"
    yield from map(_harmless, closing(report, context))


def _properties(diagnostic: Diagnostic, context: Context) -> str:
    place = diagnostic.place
    properties = {
        "type": "error" if diagnostic.severity is Severity.ERROR else "warning",
        "sourcepath": context.in_repository(place.path),
        "linenumber": str(place.line),
        "columnnumber": str(place.column),
        "code": diagnostic.code,
    }
    return "".join(f"{name}={_property(value)};" for name, value in properties.items())


def _message(diagnostic: Diagnostic, context: Context) -> str:
    place = diagnostic.place
    info = "info: " if diagnostic.severity is Severity.INFO else ""
    where = visible(f"{context.shown(place.path)}:{place.line}:{place.column}")
    text = f"{where} {diagnostic.name} {info}{visible(diagnostic.message)}"
    if diagnostic.help:
        text += f" (help: {visible(diagnostic.help)})"
    if url := context.url(diagnostic.code, diagnostic.name):
        text += f" {url}"
    return text.replace("%", "%AZP25")


def _harmless(text: str) -> str:
    """Text without a command in it: Azure finds one anywhere in a line."""
    return text.replace("##", "# #")


def _property(text: str) -> str:
    return visible(text).replace("%", "%AZP25").replace(";", "%3B").replace("]", "%5D")
