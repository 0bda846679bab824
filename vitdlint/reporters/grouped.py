"""One line a finding, under the name of its file, columns aligned."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..core.model import Diagnostic, Report
from ..core.visible import visible
from . import Context
from .closing import closing, statistics
from .concise import sentence


def _path(diagnostic: Diagnostic) -> str:
    return diagnostic.place.path


def render(report: Report, context: Context) -> Iterator[str]:
    """Findings by file, then the closing lines."""
    if context.statistics:
        yield from statistics(report)
    else:
        for path, group in groupby(report.diagnostics, _path):
            found = list(group)
            places = [f"{diagnostic.place.line}:{diagnostic.place.column}" for diagnostic in found]
            wide = max(map(len, places))
            yield visible(context.shown(path)) + "\n"
            for place, diagnostic in zip(places, found, strict=True):
                yield f"  {place:<{wide}}  {diagnostic.code} {diagnostic.name} {sentence(diagnostic)}\n"
            yield "\n"
    yield from closing(report, context)
