"""How far a run is: a bar on a terminal, and for a network pass a line now and then elsewhere; always on standard error."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from ..core.terminal import error_is_terminal, error_wants_color, note

if TYPE_CHECKING:
    from ..external.fetch.refresh import Moment
    from ..linter.page_work import PageResult, Pages, PageWork, Source

_EVERY = 15.0
"""Seconds between two plain lines."""
_SHOW_AFTER = 1.0
"""Seconds that a run may take before it says how far it is."""
_REDRAWN = 0.1
"""Seconds between two states of its bar."""


@contextmanager
def progress(*, quiet: bool, color: str) -> Iterator[Callable[[Moment], None]]:
    """Something to call with each Moment, as long as the pass runs."""
    if quiet:
        yield lambda _: None
    elif error_is_terminal():
        with _bar(alive=True, color=color) as show:
            yield lambda moment: show(completed=moment.done, total=moment.total, words=words(moment))
    else:
        yield _Lines()


@contextmanager
def checking(pages: Pages, *, quiet: bool, color: str = "auto") -> Iterator[Pages]:
    """`pages`, which says how far it is if that takes long and somebody looks; erased when the context ends."""
    if quiet or not error_is_terminal():
        yield pages
        return
    with ExitStack() as erased:
        yield partial(_counted, pages, _Checking(erased, color))


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
            note(f"{moment.done:,} of {moment.total:,} links, {words(moment)}")


def _counted(
    pages: Pages, show: _Checking, work: PageWork, sources: Iterable[Source]
) -> Iterator[PageResult]:
    listed = list(sources)
    for done, result in enumerate(pages(work, listed), 1):
        show(done, len(listed), "pages")
        yield result
    show(len(listed), len(listed), "pages, now their links", last=True)


class _Checking:
    """The bar of one check, drawn where pages are counted: no thread, since worker processes may still be forked."""

    def __init__(self, erased: ExitStack, color: str) -> None:
        self._erased = erased
        self._color = color
        self._due = time.monotonic() + _SHOW_AFTER
        self._show: Callable[..., None] | None = None

    def __call__(self, done: int, total: int, what: str, *, last: bool = False) -> None:
        now = time.monotonic()
        if now < self._due and not (last and self._show):
            return
        self._due = now + _REDRAWN
        if self._show is None:
            self._show = self._erased.enter_context(_bar(alive=False, color=self._color, total=total))
        self._show(completed=done, words=what)


@contextmanager
def _bar(*, alive: bool, color: str, total: int | None = None) -> Iterator[Callable[..., None]]:
    """What draws a bar that is erased in the end; `alive` redraws it from a thread of its own."""
    from rich.console import Console  # only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[words]}"),
        console=Console(stderr=True, no_color=not error_wants_color(color)),
        transient=True,
        auto_refresh=alive,
        # What a plug-in prints belongs on its own stream.
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = bar.add_task("", total=total, words="")
    with bar:
        yield partial(bar.update, task, refresh=True)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
