"""The last lines of every format for people: how many findings, what can be fixed, what was not checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..core.model import Diagnostic, NotChecked, Report, Severity
from ..core.visible import visible
from . import Context

_MOST_NAMES = 6


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def mark(diagnostic: Diagnostic) -> str:
    """`[*]` for a finding with a safe fix, `[~]` for one with an unsafe fix, else ''."""
    if diagnostic.fix is None:
        return ""
    return "[*]" if diagnostic.fix.safe else "[~]"


def closing(report: Report, context: Context) -> Iterator[str]:
    """The closing lines, each ended; none where they are not wanted."""
    if not context.closing:
        return
    time = "" if context.elapsed is None else f" in {context.elapsed:.1f} s"
    pages = _count(report.pages, "page")
    counts = [
        _count(number, noun)
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
    fixes = [diagnostic.fix for diagnostic in report.diagnostics if diagnostic.fix]
    safe = sum(fix.safe for fix in fixes)
    unsafe = len(fixes) - safe
    if safe:
        more = f" ({unsafe:,} more with `--unsafe-fixes`)" if unsafe else ""
        yield f"[*] {safe:,} fixable with `--fix`{more}.\n"
    elif unsafe:
        yield f"[~] {unsafe:,} fixable with `--unsafe-fixes`.\n"
    if report.suppressed:
        yield f"{_count(report.suppressed, 'finding')} suppressed.\n"
    for line in left_out(report.not_checked):
        yield f"Not checked: {visible(line)}\n"


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


def statistics(report: Report) -> Iterator[str]:
    """How many findings each rule has, the most frequent first: count, code, mark, name."""
    counts: dict[str, int] = {}
    fixable: dict[str, int] = {}
    names: dict[str, Diagnostic] = {}
    for diagnostic in report.diagnostics:
        code = diagnostic.code
        names.setdefault(code, diagnostic)
        counts[code] = counts.get(code, 0) + 1
        fixable[code] = fixable.get(code, 0) + (diagnostic.fix is not None)
    if not counts:
        return
    wide = max(len(f"{number:,}") for number in counts.values())
    for code in sorted(counts, key=lambda code: (-counts[code], code)):
        can_fix = f"  {fixable[code]:,} fixable" if fixable[code] else ""
        yield f"{counts[code]:>{wide},}  {code}  {names[code].severity.word:<7}  {names[code].name}{can_fix}\n"
    yield "\n"
