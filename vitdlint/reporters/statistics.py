"""Counts instead of findings: by rule, cause, section or page, the most frequent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..core.model import Diagnostic, Report, Severity
from ..core.number_of import number_of
from ..core.visible import visible
from ..linter.causes import Cause, causes
from . import Context

_FEW = 5
"""Fewer findings are not said to be in one folder…"""
_NEARLY = 0.8
"""…nor those of which fewer are in it."""
_MOSTLY = 0.9
"""A section with more of the findings than this is shown by its own sections."""


def statistics(report: Report, context: Context) -> Iterator[str]:
    """A line for each rule, cause, section or page, and an empty line; nothing if nothing was found."""
    if not report.diagnostics:
        return
    lines = {"rule": _by_rule, "cause": _by_cause, "section": _by_section, "page": _by_page}
    yield from lines[context.statistics](report, context)
    yield "\n"


def headline(cause: Cause) -> str:
    """A cause in one line: rule and message."""
    if cause.kind == "others":
        return f"{cause.name}: others"
    return visible(f"{cause.name}: {cause.message}" if cause.message else cause.name)


def sections(diagnostics: Iterable[Diagnostic], shown: Context) -> list[tuple[str, list[Diagnostic]]]:
    """The folders in which findings are, as deep as needed to say anything, the worst first."""
    found: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        found.setdefault(_folder(diagnostic.place.path, 2), []).append(diagnostic)
    total = sum(map(len, found.values()))
    for depth in range(3, 6):
        most = max(found.values(), key=len, default=[])
        parts: dict[str, list[Diagnostic]] = {}
        for diagnostic in most:
            parts.setdefault(_folder(diagnostic.place.path, depth), []).append(diagnostic)
        if len(most) <= _MOSTLY * total or len(parts) < 2:  # there is nothing to compare
            break
        found = {name: some for name, some in found.items() if some is not most} | parts
    named = [(f"{shown.shown(name)}/", some) for name, some in found.items()]
    return sorted(named, key=lambda item: (-len(item[1]), item[0]))


def folder_of(some: Sequence[Diagnostic], all_: Sequence[Diagnostic]) -> str:
    """The deepest folder with nearly all of some findings, ended by `/`, if most others are elsewhere; else ''."""
    if len(some) < _FEW:
        return ""
    folder = ""
    while True:
        parts = Counter(
            head
            for d in some
            if d.place.path.startswith(folder) and (head := _next_part(d.place.path, folder))
        )
        name, number = max(parts.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        if number < _NEARLY * len(some):
            break
        folder = name
    there = sum(d.place.path.startswith(folder) for d in all_)
    ours = sum(d.place.path.startswith(folder) for d in some)
    others = len(all_) - len(some)
    return folder if others and 3 * (there - ours) * len(some) <= ours * others else ""


def _next_part(path: str, folder: str) -> str:
    """The folder below, on the way to a file; '' if there is none."""
    name, _, rest = path[len(folder) :].partition("/")
    return f"{folder}{name}/" if rest else ""


def pages(diagnostics: Iterable[Diagnostic], context: Context) -> list[tuple[str, list[Diagnostic]]]:
    """The files with findings, the worst first."""
    found: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        found.setdefault(diagnostic.place.path, []).append(diagnostic)
    named = [(context.shown(path), some) for path, some in found.items()]
    return sorted(named, key=lambda item: (-len(item[1]), item[0]))


def _folder(path: str, depth: int) -> str:
    return "/".join(path.split("/")[:-1][:depth]) or "."


def _by_rule(report: Report, _: Context) -> Iterator[str]:
    counts = Counter(diagnostic.code for diagnostic in report.diagnostics)
    fixable = Counter(diagnostic.code for diagnostic in report.diagnostics if diagnostic.fix is not None)
    first: dict[str, Diagnostic] = {}
    for diagnostic in report.diagnostics:
        first.setdefault(diagnostic.code, diagnostic)
    wide = max(len(f"{number:,}") for number in counts.values())
    for code in sorted(counts, key=lambda code: (-counts[code], code)):
        can_fix = f"  {fixable[code]:,} fixable" if fixable[code] else ""
        yield f"{counts[code]:>{wide},}  {code}  {first[code].severity.word:<7}  {first[code].name}{can_fix}\n"


def _by_cause(report: Report, _: Context) -> Iterator[str]:
    found = causes(report)
    wide = max(len(f"{len(cause.diagnostics):,}") for cause in found)
    files = max(len(number_of(cause.pages, "page")) for cause in found)
    for cause in found:
        share = f" ({len(cause.diagnostics):,} of {cause.links:,} links)" if cause.links else ""
        fix = {"fix": "  fixable", "unsafe-fix": "  fixable with --unsafe-fixes"}.get(cause.kind, "")
        count = f"{len(cause.diagnostics):>{wide},} in {number_of(cause.pages, 'page'):<{files}}"
        yield f"{count}  {cause.code}  {cause.severity.word:<7}  {headline(cause)}{share}{fix}\n"


def _by_section(report: Report, context: Context) -> Iterator[str]:
    yield from _counted(sections(report.diagnostics, context), pages_too=True)


def _by_page(report: Report, context: Context) -> Iterator[str]:
    yield from _counted(pages(report.diagnostics, context), pages_too=False)


def _counted(groups: list[tuple[str, list[Diagnostic]]], *, pages_too: bool) -> Iterator[str]:
    wide = max(len(f"{len(some):,}") for _, some in groups)
    for name, some in groups:
        of = Counter(diagnostic.severity for diagnostic in some)
        words = [
            number_of(of[severity], noun)
            for severity, noun in (
                (Severity.ERROR, "error"),
                (Severity.WARNING, "warning"),
                (Severity.INFO, "note"),
            )
            if of[severity]
        ]
        files = f" in {number_of(len({d.place.path for d in some}), 'page')}" if pages_too else ""
        yield f"{len(some):>{wide},}  {visible(name)}  {', '.join(words)}{files}\n"
