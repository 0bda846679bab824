"""How far a network pass is: a bar on a terminal, a line now and then elsewhere; always on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..probe.refresh import Moment

_EVERY = 15.0
"""Seconds between two plain lines."""


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[Moment], None]]:
    """Something to call with each Moment, as long as the pass runs."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar() as show:
            yield show
    else:
        yield _Lines()


def words(moment: Moment) -> str:
    """Rate, hosts and time left, in words."""
    rate = moment.done / moment.seconds if moment.seconds else 0.0
    left = moment.left
    if rate:
        left = max(left, (moment.total - moment.done) / rate) if moment.busy else left
    return f"{rate:.1f}/s, {moment.busy:,} hosts busy, about {_duration(left)} left"


class _Lines:
    def __init__(self) -> None:
        self._next = time.monotonic() + _EVERY

    def __call__(self, moment: Moment) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            sys.stderr.write(f"vitdlint: {moment.done:,} of {moment.total:,} links, {words(moment)}\n")


@contextmanager
def _bar() -> Iterator[Callable[[Moment], None]]:
    from rich.console import Console  # noqa: PLC0415  # only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415  # see above

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[words]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("links", total=None, words="")

        def show(moment: Moment) -> None:
            bar.update(task, completed=moment.done, total=moment.total, words=words(moment))

        yield show


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
