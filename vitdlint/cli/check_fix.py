"""`check --fix` and `--diff`: new texts, written whole or not at all, or printed as a patch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..core.model import Diagnostic, Exit, Report
from ..core.number_of import number_of
from ..core.terminal import earned
from ..edits.fix import Fixed
from ..edits.follow import followed
from ..edits.transaction import Change
from ..linter.fix_site import fix_site
from .check_baseline import Baseline, write_with
from .check_task import Found, Task
from .patch import show_patch

_RULES = 8
"""So many rules are named in the sentence about what was fixed."""


def fix(task: Task) -> Found:
    """Write the fixes, of recorded findings too, and what is recorded of them; what is found afterwards."""
    fixed = _fixed(task)
    return fixed.found._replace(done=_write(task, fixed))


def print_patch(task: Task) -> Exit:
    """Print what `fix` would write as a patch for `git apply`, byte for byte."""
    fixed = _fixed(task)
    task.note(*fixed.found.report.notes)
    texts = fixed.result.texts
    code = Exit.FOUND if texts and not task.options.exit_zero else Exit.CLEAN
    earned(code)
    show_patch(task.located.root, texts, lambda path: fixed.original[path].decode("utf-8"))
    if fixed.result.applied:
        flags = "--fix --unsafe-fixes" if task.options.unsafe_fixes else "--fix"
        task.note(f"{flags} would fix {_counted(fixed.result.applied, len(texts))}")
    return code


class _FixedSite(NamedTuple):
    result: Fixed
    original: Mapping[str, bytes]
    """The bytes that each changed file had."""
    found: Found
    """In the new texts, without what the baseline has then."""
    baseline: Baseline | None
    """As the fixes change it; None where it stays."""


def _fixed(task: Task) -> _FixedSite:
    """What the fixes make of the site."""
    session = task.session()
    first = session.check()
    task.require_pages(first)
    read = task.located.tree.read

    def narrow(report: Report) -> Report:
        return replace(report, diagnostics=tuple(d for d in report.diagnostics if task.covers(d.place.path)))

    result, original, after = fix_site(session, first, narrow, unsafe=task.options.unsafe_fixes)
    read_after = session.overlay(result.texts).read
    baseline = task.baseline
    if baseline is not None and result.texts:
        baseline = baseline.after_fixes(
            first.report.diagnostics,
            after.report.diagnostics,
            task.text_of(read),
            task.text_of(read_after),
            partial(followed, rounds=result.rounds),
        )
        task = task._replace(baseline=baseline)
    found = task.found(after, read_after)
    return _FixedSite(result, original, found, baseline if result.texts else None)


def _write(task: Task, fixed: _FixedSite) -> str:
    """Write the new texts, and say what was left alone and why; the sentence about what was done."""
    result = fixed.result
    root = task.located.root
    groups = [
        [
            Change(Path(root, path), fixed.original[path], result.texts[path].encode("utf-8"))
            for path in sorted(unit)
        ]
        for unit in result.units
    ]
    change = fixed.baseline.change() if fixed.baseline is not None else None
    written = write_with(root, groups, change)
    kept = "it was left alone" if written.paths else "nothing was written; run again"
    task.warn(*(f"{path}: changed meanwhile, so {kept}" for path in written.changed_meanwhile))
    for refused in result.refused:
        place = refused.diagnostic.place
        task.warn(f"{place.path}:{place.line}: {refused.diagnostic.name} was not fixed: {refused.reason}")
    if not result.settled:
        task.warn("not settled after eight rounds; run again, and report it if that never ends")
    return f"fixed {_counted(result.applied, len(written.paths))}" if result.applied else ""


def _counted(applied: Sequence[Diagnostic], files: int) -> str:
    """`3 findings in 2 files: 2 prose-link, 1 bad-host`."""
    rules = Counter(diagnostic.name for diagnostic in applied)
    ranked = sorted(rules.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{count:,} {name}" for name, count in ranked[:_RULES]]
    if others := ranked[_RULES:]:
        shown.append(f"{sum(count for _, count in others):,} of {len(others):,} other rules")
    return f"{number_of(len(applied), 'finding')} in {number_of(files, 'file')}: {', '.join(shown)}"
