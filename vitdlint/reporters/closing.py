"""The last lines of every format for people: how many findings, what can be fixed, what was not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..core.model import Diagnostic, NotChecked, Report, Severity
from ..core.number_of import number_of
from ..core.visible import visible
from . import Context
from .next_steps import fixable, hint

_MOST_NAMES = 6


def mark(diagnostic: Diagnostic) -> str:
    """`[*]` for a finding with a safe fix, `[~]` for one with an unsafe fix, else ''."""
    if diagnostic.fix is None:
        return ""
    return "[*]" if diagnostic.fix.safe else "[~]"


def closing(report: Report, context: Context, *, short: bool = False) -> Iterator[str]:
    """The closing lines, each ended; none where they are not wanted. `short` after what names the next steps itself."""
    if not context.closing:
        return
    time = "" if context.elapsed is None else f" in {context.elapsed:.1f} s"
    pages = number_of(report.pages, "page")
    counts = [
        number_of(number, noun)
        for severity, noun in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "note"),
        )
        if (number := report.count(severity))
    ]
    if counts:
        yield f"Found {', '.join(counts)}; checked {pages}{time}.\n"
    else:
        yield f"Nothing found; checked {pages}{time}.\n"
    if stops := sum(d.stops for d in report.diagnostics if d.fails_build):
        yield f"Hugo cannot build the site: {number_of(stops, 'error')} to fix first.\n"
    if not short:
        yield from _fixable(report)
    if report.suppressed:
        yield f"{number_of(report.suppressed, 'finding')} suppressed.\n"
    if short and context.elapsed is None:
        counts_of: Counter[str] = Counter()
        for entry in report.not_checked:
            counts_of[entry.what] += entry.count
        if counts_of:
            yield f"Not checked: {visible(', '.join(f'{n:,} {what}' for what, n in counts_of.items()))} (-v: why).\n"
        return
    for line in left_out(report.not_checked):
        yield f"Not checked: {visible(line)}\n"
    yield from hint(report, context)


def _fixable(report: Report) -> Iterator[str]:
    safe, files, unsafe = fixable(report)
    if safe:
        more = f" ({unsafe:,} more with `--unsafe-fixes`)" if unsafe else ""
        yield f"[*] {safe:,} fixable with `--fix` in {number_of(files, 'file')}{more}.\n"
    elif unsafe:
        yield f"[~] {unsafe:,} fixable with `--unsafe-fixes`.\n"


def left_out(entries: Iterable[NotChecked]) -> Iterator[str]:
    """What was not checked, a line for each reason, with the names that cause it most often."""
    grouped: dict[tuple[str, str], list[NotChecked]] = {}
    for entry in entries:
        grouped.setdefault((entry.what, entry.reason), []).append(entry)
    for (what, reason), same in grouped.items():
        line = f"{what} ({sum(entry.count for entry in same):,}): {reason}"
        named = sorted((entry for entry in same if entry.by), key=lambda entry: (-entry.count, entry.by))
        if named:
            line += ": " + ", ".join(f"{entry.by} ({entry.count:,})" for entry in named[:_MOST_NAMES])
            line += f" and {len(named) - _MOST_NAMES} more" if len(named) > _MOST_NAMES else ""
        yield line
