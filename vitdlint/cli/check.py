"""`vitdlint check`: lint pages against the whole site. Options become a task, its mode runs, and a report is written."""

from __future__ import annotations

import gc
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.model import Exit
from ..core.number_of import number_of
from ..core.terminal import flush
from ..linter.check_site import check_site
from .check_task import Found, Task, task_of
from .options import CheckOptions, command_of
from .output import SUMMARIZED, context_of, exit_code, write_report

if TYPE_CHECKING:
    from ..reporters.background import Background
    from .record_history import Recorded

_HELD: list[object] = []
"""What the last run has found: to free it object by object takes longer than to end the process."""


def check(options: CheckOptions) -> int:
    """Run once and report; the exit code."""
    started = time.time_ns()
    # One run, whose objects live to its end: looking for cycles among them costs a fifth of it and finds none.
    gc.disable()
    task = task_of(options, started)
    task.note(*task.located.notes)
    found = _run(task)
    if isinstance(found, Exit):
        return found
    task.note(*found.report.notes)
    elapsed = (time.time_ns() - started) / 1e9 if options.verbose else None
    if elapsed is not None and not any(output.format in SUMMARIZED for output in task.outputs):
        task.note(f"checked {number_of(found.report.pages, 'page')} in {elapsed:.1f} s")
    code = exit_code(found.report, options.fail_on or found.fail_on, exit_zero=options.exit_zero)
    recorded = _recorded(task, found)
    context = context_of(
        task.located,
        found.text_of,
        background=partial(_background, task, found, recorded),
        statistics=options.statistics or "",
        sort=options.sort or "",
        most=options.max_findings,
        command=command_of(options),
        any_rule=command_of(options, rules=False),
        configured=task.located.config is not None,
        baseline=task.baseline is not None,
        today=task.settings.now.date(),
        changed=found.changed,
        closing=not options.quiet,
        elapsed=elapsed,
    )
    write_report(found.report, task.outputs, context, options.color)
    if found.done:
        flush()
        task.note(found.done)
    _HELD[:] = [found, context]
    return code


def _recorded(task: Task, found: Found) -> Recorded | None:
    """The history with this run, if it is kept."""
    file = task.options.history
    if file is None:
        return None
    from .record_history import record  # only where it is asked for

    return record(task, found, file)


def _background(task: Task, found: Found, recorded: Recorded | None) -> Background:
    """The site behind the report."""
    from .background import background_of  # for one format alone

    return background_of(task, found, recorded)


def _run(task: Task) -> Found | Exit:
    """What the mode of the run finds, or its exit code if it has no report."""
    match task.mode:
        case "--since" | "--staged":
            from .check_changes import changes  # needs git

            return changes(task)
        case "--fix":
            from .check_fix import fix

            return fix(task)
        case "--diff":
            from .check_fix import print_patch

            return print_patch(task)
        case "--add-suppressions":
            from .check_suppress import suppress

            return suppress(task)
        case "--watch":
            from .check_watch import watch

            return watch(task)
        case "--show-settings":
            from .check_show import show_settings  # checks nothing

            return show_settings(task)
        case "--show-files":
            from .check_show import show_files

            return show_files(task)
        case "-":
            return _standard_input(task)
    return _site(task)


def _site(task: Task) -> Found:
    """The site as it is."""
    outcome = check_site(task.located, task.settings)
    task.require_pages(outcome)
    read = task.located.tree.read
    if task.baseline is not None and task.options.update_baseline:
        report = outcome.narrow(task.covers)
        baseline, note = task.baseline.updated(report, task.text_of(read), task.checked(outcome))
        task.note(note)
        task = task._replace(baseline=baseline)
    return task.found(outcome, read)


def _standard_input(task: Task) -> Found:
    """The site with the page that standard input is."""
    from ..files.tree import OverlayTree
    from ..linter.rerun import SiteState, resume

    located, settings = task.located, task.settings
    path = located.path_of(task.options.stdin_filename or Path())
    tree = OverlayTree(located.tree, {path: sys.stdin.buffer.read()})
    slot = SiteState(settings.key(located), tree, located.disk, settings.started, buffer=path)
    outcome = resume(task.session(), slot, passing=True)
    task.require_pages(outcome)
    return task.found(outcome, tree.read)
