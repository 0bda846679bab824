"""What to do after a report: the commands that fit it, each with what it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..core.model import Report
from ..core.number_of import number_of
from ..linter.causes import Cause
from . import Context

_MANY = 200
"""From so many findings on, a list needs its causes; and if no fix settles them, a baseline is proposed."""


class Step(NamedTuple):
    """A command to paste, and what it does."""

    command: str
    what: str


def fixable(report: Report) -> tuple[int, int, int]:
    """How many findings have a safe fix, in how many files, and how many more an unsafe one."""
    fixes = [diagnostic.fix for diagnostic in report.diagnostics if diagnostic.fix]
    files = {edit.place.path for fix in fixes if fix.safe for edit in fix.edits}
    safe = sum(fix.safe for fix in fixes)
    return safe, len(files), len(fixes) - safe


def steps(ranked: Sequence[Cause], report: Report, context: Context) -> Iterator[Step]:
    """The steps after a long report with these causes, the worst first."""
    safe, files, unsafe = fixable(report)
    if safe:
        more = f"; {unsafe:,} more with --unsafe-fixes" if unsafe else ""
        what = f"fixes {number_of(safe, 'finding')} in {number_of(files, 'file')}{more}; look first: --diff"
        yield Step(f"{context.command} --fix", what)
    worst = next((cause for cause in ranked if cause.kind != "fix"), None)
    if worst is not None:
        yield _first(worst, report, context)
        yield Step(
            f"{context.any_rule} --select {worst.name} --output-format concise",
            "lists every place of that rule",
        )
    yield Step(f"{context.command} --statistics cause", "lists all causes; or: section, page, rule")
    if context.configured is False:
        yield Step("vitdlint init", "writes a configuration that fits this site")
    if context.baseline is False and len(report.diagnostics) - safe > _MANY:
        what = "accepts what is there now; from then on only new findings fail"
        yield Step(f"{context.command} --baseline vitdlint-baseline.json --update-baseline", what)


def _first(worst: Cause, report: Report, context: Context) -> Step:
    """What to do about the worst cause: the command that ends it, else the manual."""
    share = f"{len(worst.diagnostics):,} of {len(report.diagnostics):,} findings"
    if worst.stops:
        return Step(f"vitdlint explain {worst.name}", "what stops the build; fix that first")
    from ..linter.cures import cures  # only after a long report

    commands = (line for cure in cures(worst, context.any_rule, context.today) for line in cure.paste)
    command = next((line for line in commands if line.startswith("vitdlint ")), "")
    if command:
        return Step(command, f"shows how to end the worst cause, {share}")
    return Step(f"vitdlint explain {worst.name}", f"what the worst cause means, {share}")


def hint(report: Report, context: Context) -> Iterator[str]:
    """One sentence after a short report."""
    if not report.diagnostics:
        return
    if len(report.diagnostics) > _MANY and not context.statistics:
        yield f"Next: `{context.command} --statistics cause` shows what to do first: the causes, the worst at the top.\n"
    elif context.configured is False:
        yield "Next: `vitdlint init` writes a configuration that fits this site.\n"
    elif context.configured:
        worst = max(report.diagnostics, key=lambda diagnostic: diagnostic.severity)
        yield f"Next: `vitdlint explain {worst.name}` says what it means and what to do.\n"
