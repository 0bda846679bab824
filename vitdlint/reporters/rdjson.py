"""reviewdog's diagnostics. Its columns count bytes of UTF-8 from 1, so each is computed from the line itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from json import dumps
from typing import Any

from ..core.model import Diagnostic, Place, Report
from . import Context


def render(report: Report, context: Context) -> Iterator[str]:
    """One document, a diagnostic a line."""
    text_of = lru_cache(maxsize=16)(context.text_of)
    yield '{"source": {"name": "vitdlint", "url": ""}, "diagnostics": ['
    before = "\n"
    for diagnostic in report.diagnostics:
        yield before + dumps(_entry(diagnostic, context, text_of))
        before = ",\n"
    yield "\n]}\n"


def _entry(diagnostic: Diagnostic, context: Context, text_of: Callable[[str], str | None]) -> dict[str, Any]:
    def location(place: Place) -> dict[str, Any]:
        return {"path": context.in_repository(place.path), "range": _range(place, text_of(place.path))}

    message = f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message
    entry: dict[str, Any] = {
        "message": f"{diagnostic.name}: {message}",
        "location": location(diagnostic.place),
        "severity": diagnostic.severity.name,
        "code": {"value": diagnostic.code, "url": context.url(diagnostic.code, diagnostic.name) or ""},
    }
    path = diagnostic.place.path
    if diagnostic.fix and all(edit.place.path == path for edit in diagnostic.fix.edits):
        # A suggestion has no path of its own: edits of other files cannot be shown.
        entry["suggestions"] = [
            {"range": _range(place, text_of(path)), "text": text} for place, text in diagnostic.fix.edits
        ]
    if diagnostic.related:
        entry["related_locations"] = [
            {"message": message, "location": location(place)} for place, message in diagnostic.related
        ]
    return entry


def _range(place: Place, text: str | None) -> dict[str, Any]:
    """Start and end, the end exclusive; without the text only lines, which mean whole ones."""
    if text is None:
        return {"start": {"line": place.line}, "end": {"line": place.end_line}}
    return {
        "start": {"line": place.line, "column": _bytes(text, place.start, place.column)},
        "end": {"line": place.end_line, "column": _bytes(text, place.end, place.end_column)},
    }


def _bytes(text: str, offset: int, column: int) -> int:
    """The column in bytes for an offset and a column in code points."""
    line = text[max(0, offset - column + 1) : offset]
    return len(line.encode("utf-8", "surrogatepass")) + 1
