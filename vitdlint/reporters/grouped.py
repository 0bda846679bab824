"""One line a finding, under the name of its file, columns aligned; what has one cause in many files comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..core.model import Diagnostic, Report
from ..core.number_of import number_of
from ..core.visible import visible
from ..linter.causes import Cause
from . import Context
from .closing import closing
from .concise import sentence
from .fold import items
from .overview import rest
from .statistics import statistics


def render(report: Report, context: Context) -> Iterator[str]:
    """Causes, findings by file, then the closing lines; of too many only the worst, and the rest counted."""
    if context.statistics:
        yield from statistics(report, context)
        yield from closing(report, context)
        return
    found = items(report, context)
    long = context.most is not None and len(found) > context.most
    if long and not context.sort:
        found = items(report, context._replace(sort="worst"))
    shown = found[: context.most]
    # What is in one file stays together, in the order in which files come up.
    files: dict[str, list[Diagnostic]] = {}
    for item in shown:
        if item.cause is None:
            for diagnostic in item.all:
                files.setdefault(diagnostic.place.path, []).append(diagnostic)
    yield from _causes(item.cause for item in shown if item.cause is not None)
    for path in files if context.sort or long else sorted(files):
        yield from _file(context.shown(path), files[path])
    if long and context.closing:
        yield from rest(report, context)
    yield from closing(report, context, short=long)


def _causes(found: Iterable[Cause]) -> Iterator[str]:
    after = ""
    for cause in found:
        count = f"{number_of(len(cause.diagnostics), 'finding')} in {number_of(cause.pages, 'page')}"
        yield f"{count}: {cause.code} {cause.name} {visible(cause.message)}\n"
        after = "\n"
    yield after


def _file(path: str, found: Sequence[Diagnostic]) -> Iterator[str]:
    places = [f"{diagnostic.place.line}:{diagnostic.place.column}" for diagnostic in found]
    wide = max(map(len, places))
    yield visible(path) + "\n"
    for place, diagnostic in sorted(zip(places, found, strict=True), key=lambda pair: pair[1].order):
        yield f"  {place:<{wide}}  {diagnostic.code} {diagnostic.name} {sentence(diagnostic)}\n"
    yield "\n"
