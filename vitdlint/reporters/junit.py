"""JUnit XML: a test suite a file, a failed test case a finding; one passing case when nothing is found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from ..core.model import Diagnostic, Report
from ..core.visible import visible
from . import Context


def render(report: Report, context: Context) -> Iterator[str]:
    """One document, with suites in the report's order."""
    total = len(report.diagnostics)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="vitdlint" tests="{max(1, total)}" failures="{total}" errors="0">\n'
    for path, group in groupby(report.diagnostics, lambda diagnostic: diagnostic.place.path):
        found = list(group)
        shown = visible(context.shown(path))
        count = len(found)
        yield f'  <testsuite name={quoteattr(shown)} tests="{count}" failures="{count}" errors="0">\n'
        for diagnostic in found:
            yield from _case(diagnostic, shown, context.url(diagnostic.code, diagnostic.name))
        yield "  </testsuite>\n"
    if not total:
        yield '  <testsuite name="vitdlint" tests="1" failures="0" errors="0">\n'
        yield f'    <testcase name="{report.pages} pages checked" classname="vitdlint"/>\n'
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _case(diagnostic: Diagnostic, path: str, url: str | None) -> Iterator[str]:
    place = diagnostic.place
    name = f"{diagnostic.code} {diagnostic.name} {place.line}:{place.column}"
    message = visible(diagnostic.message)
    detail = f"{path}:{place.line}:{place.column}: {diagnostic.code} {message}"
    if diagnostic.help:
        detail += f"\n{visible(diagnostic.help)}"
    if url:
        detail += f"\n{visible(url)}"
    yield f"    <testcase name={quoteattr(name)} classname={quoteattr(path)}>\n"
    yield f'      <failure message={quoteattr(message)} type="{diagnostic.severity.word}">'
    yield f"{escape(detail)}</failure>\n    </testcase>\n"
