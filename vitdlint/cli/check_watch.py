"""`check --watch`: check again when a file of the site changes, and print what is new."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from ..core import terminal
from ..core.errors import ConfigError, UsageError
from ..core.model import Report
from ..core.number_of import number_of
from ..files.find_site import CONFIGS
from ..files.tree import DiskTree
from ..linter.check_site import check_site
from ..linter.config_layers import layers_of
from ..linter.fingerprint import new_and_gone
from .check_task import Task, task_of
from .output import context_of, write_report

PAUSE = 0.7
"""Seconds from one look at the files to the next: 14,000 files cost a tenth of that."""


def watch(task: Task) -> NoReturn:
    """Write the whole report, then after each change the findings that are new; ends with Ctrl-C."""
    gc.enable()  # this one runs for hours
    known: Counter[tuple[str, str, str]] = Counter()
    for report in _reports(task):
        # Without the line: a finding that moved down is not new.
        found = [((d.place.path, d.code, d.message), d) for d in report.diagnostics]
        new, gone = new_and_gone(known, found)
        if known or new:
            text_of = task.text_of(DiskTree(task.located.root).read)
            context = context_of(task.located, text_of, closing=not task.options.quiet)
            write_report(replace(report, diagnostics=new), task.outputs, context, task.options.color)
        if not task.options.quiet:
            terminal.say(
                *([f"{gone.total():,} fixed"] if gone else []),
                f"{number_of(len(report.diagnostics), 'finding')} in all; waiting for a change, Ctrl-C ends",
            )
        terminal.flush()
        known = Counter(identity for identity, _ in found)
    raise AssertionError  # the reports never end


def _read_besides(task: Task) -> Iterator[Path]:
    """The files besides the site's own that decide the report."""
    yield from () if task.located.config is None else (task.located.config,)
    yield from () if task.baseline is None else (task.baseline.file,)
    with suppress(ConfigError):  # which is said already
        yield from layers_of(task.located).files


def _reports(task: Task) -> Iterator[Report]:
    """A report at once, and one after each change. What is wrong with a configuration is said, and waited for."""
    root, options = task.located.root, task.options
    folders, paths = set[str](), set(CONFIGS)
    while True:
        # Taken before the check: what is saved meanwhile differs from it, and is checked next.
        before = DiskTree(root).state(folders, paths)
        report = error = None
        try:
            task = task_of(options, time.time_ns())
            report = task.report(check_site(task.located, task.settings), task.located.tree.read)
        except (ConfigError, UsageError) as wrong:
            error = wrong
        looked = task.located.disk.looked_at()
        also = {task.located.path_of(file) for file in _read_besides(task)}
        if not folders.issuperset(looked[0]) or not paths.issuperset(also.union(looked[1])):
            # It looked at more than `before` has marks of, which may have been saved since: once more, now recalled.
            folders, paths = folders.union(looked[0]), paths.union(also, looked[1])
            continue
        if error is not None:
            terminal.note(str(error))
        if report is not None:
            yield report
        while DiskTree(root).state(folders, paths) == before:
            time.sleep(PAUSE)
