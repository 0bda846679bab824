"""A table in Markdown, for a job summary or a comment on a pull request; no content becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.model import Diagnostic, Report
from ..core.visible import visible
from . import Context
from .closing import closing

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&:$]|(?i:\bwww(?=\.))|[@#]")


def render(report: Report, context: Context) -> Iterator[str]:
    """A heading, counts by rule, every finding as a row of a table."""
    yield from _head(report, context)
    for diagnostic in report.diagnostics:
        yield _row(diagnostic, context)


def table(report: Report, context: Context, limit: int) -> str:
    """The same, errors and changed files first, cut to `limit` bytes of UTF-8 with a count of what was left out."""
    text = "".join(_head(report, context))
    size = len(text.encode("utf-8", "replace")) + 200
    rows: list[str] = []
    ordered = sorted(
        report.diagnostics, key=lambda found: (-found.severity, found.place.path not in context.changed)
    )
    for diagnostic in ordered:
        row = _row(diagnostic, context)
        size += len(row.encode("utf-8", "replace"))
        if size > limit:
            rows.append(f"\n{len(ordered) - len(rows):,} more findings are left out.\n")
            break
        rows.append(row)
    return text + "".join(rows)


def _head(report: Report, context: Context) -> Iterator[str]:
    yield "## vitdlint\n\n"
    for line in closing(report, context):
        yield f"- {escaped(line.rstrip())}\n"
    if report.diagnostics:
        yield "\n| Place | Rule | Severity | Message |\n| --- | --- | --- | --- |\n"


def _row(diagnostic: Diagnostic, context: Context) -> str:
    place = diagnostic.place
    where = f"{context.shown(place.path)}:{place.line}:{place.column}"
    url = context.url(diagnostic.code, diagnostic.name)
    rule = f"{diagnostic.code} {diagnostic.name}"
    shown = f"[{escaped(rule)}](<{url}>)" if url else escaped(rule)
    text = f"{diagnostic.message} ({diagnostic.help})" if diagnostic.help else diagnostic.message
    return f"| {escaped(where)} | {shown} | {diagnostic.severity.word} | {escaped(text)} |\n"


def escaped(text: str) -> str:
    """Text as Markdown that shows it as it is: nothing is markup, a link, a mention or a new line."""
    return _SPECIAL.sub(_escape, visible(text))


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    entity = f"&#{ord(found)};" if len(found) == 1 else found
    # Forges look for mentions, issues and hosts in the rendered text: a comment between the parts hides them.
    return f"{entity}<!-- -->" if found in "@#" or len(found) > 1 else entity
