"""`check --watch`: judge again whenever a file of the site changes, and print what is new."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ..core.errors import ConfigError
from ..core.model import Report
from ..files.tree import DiskTree
from ..linter.fingerprint import new_and_gone

PAUSE = 0.7
"""Seconds from one look at the files to the next: 14,000 files cost a tenth of that."""


def watch(
    disk: DiskTree, also: Sequence[str], judge: Callable[[], Report], tell: Callable[[Report], None]
) -> None:
    """Tell the whole report, then after each change the findings that are new; ends with Ctrl-C.

    `also` are files to look at besides those that `judge` looks at. A configuration that is wrong is told, and waited for.
    """
    known: Counter[tuple[str, str, str]] = Counter()
    for report in _reports(disk, also, judge):
        # Without the line: a finding that moved down is not new.
        found = [((d.place.path, d.code, d.message), d) for d in report.diagnostics]
        new, gone = new_and_gone(known, found)
        if known or new:
            tell(replace(report, diagnostics=new))
        if gone:
            sys.stdout.write(f"{gone.total():,} mended\n")
        sys.stdout.write(f"{len(report.diagnostics):,} findings in all; waiting for a change, Ctrl-C ends\n")
        sys.stdout.flush()
        known = Counter(identity for identity, _ in found)


def _reports(disk: DiskTree, also: Sequence[str], judge: Callable[[], Report]) -> Iterator[Report]:
    """A report at once, and one after each change."""
    folders, paths = set[str](), set(also)
    while True:
        # Taken before the judgement: what is saved meanwhile differs from it, and is judged next.
        before = DiskTree(disk.root).state(folders, paths)
        report = error = None
        try:
            report = judge()
        except ConfigError as wrong:
            error = wrong
        looked = disk.looked_at()
        if not folders.issuperset(looked[0]) or not paths.issuperset(looked[1]):
            # It looked at more than `before` tells of, which may have been saved since: once more, now from memory.
            folders, paths = folders.union(looked[0]), paths.union(looked[1])
            continue
        if error is not None:
            sys.stderr.write(f"{error}\n")
            sys.stderr.flush()
        if report is not None:
            yield report
        while DiskTree(disk.root).state(folders, paths) == before:
            time.sleep(PAUSE)
