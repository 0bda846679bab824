"""Checkstyle XML, which Jenkins, Bitbucket, SonarQube and many editors read: a `file` each, an `error` a finding."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import quoteattr

from ..core.model import Report
from ..core.visible import visible
from . import Context


def render(report: Report, context: Context) -> Iterator[str]:
    """One document, with files and findings in the report's order; `source` is `vitdlint.` and the rule's name."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n'
    for path, found in groupby(report.diagnostics, lambda diagnostic: diagnostic.place.path):
        yield f"  <file name={quoteattr(visible(context.shown(path)))}>\n"
        for diagnostic in found:
            place, help_ = diagnostic.place, f" ({diagnostic.help})" if diagnostic.help else ""
            message = quoteattr(visible(f"{diagnostic.code} {diagnostic.message}{help_}"))
            yield (
                f'    <error line="{place.line}" column="{place.column}" severity="{diagnostic.severity.word}"'
                f" message={message} source={quoteattr(f'vitdlint.{diagnostic.name}')}/>\n"
            )
        yield "  </file>\n"
    yield "</checkstyle>\n"
