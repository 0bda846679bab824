"""Work in a process beside this one, for which a second core is free: what it makes comes back as bytes."""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

WORTH_IT = 3000
"""Pages or files below which a process takes longer than it saves."""


T = TypeVar("T")


class Process:
    """A process that does some work."""

    def __init__(self, number: int, reader: int) -> None:
        """Its number, and where what it makes can be read."""
        self.number = number
        self._reader = reader

    @property
    def has_answered(self) -> bool:
        """Whether what it makes is there, at least in part."""
        return bool(select.select([self._reader], (), (), 0)[0])

    def result(self) -> bytes:
        """What it has made, waiting for its end; nothing if it failed. To be called once."""
        with open(self._reader, "rb") as pipe:
            found = pipe.read()
        with contextlib.suppress(ChildProcessError):  # who started this one may have its children forgotten
            os.waitpid(self.number, 0)
        return found[:-1] if found.endswith(_DONE) else b""


_DONE = b"\n"
"""The last byte of what is complete."""


def process_for(work: Callable[[], bytes]) -> Process | None:
    """Begin some work in a process of its own; None where there is no second core, or no process to be had."""
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return None
    if threading.active_count() > 1:  # one of them may hold a lock that the process would wait for
        return None
    try:
        reader, writer = os.pipe()
        number = os.fork()
    except OSError:  # as many as this user may have
        return None
    if number == 0:
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to handle
            with open(writer, "wb") as pipe:
                pipe.write(work())
                pipe.write(_DONE)
        finally:
            os._exit(0)
    os.close(writer)
    return Process(number, reader)


def begin(work: Callable[[], T], size: int) -> Callable[[], T]:
    """Begin some work on so many pages; what is returned gives its result, which must pickle.

    It is done here, when that is asked for, where it is little, where no process is to be had, and where that failed. Of
    what it changes besides, nothing is sure.
    """
    process = process_for(lambda: pickle.dumps(work(), pickle.HIGHEST_PROTOCOL)) if size >= WORTH_IT else None
    if process is None:
        return work

    def result() -> T:
        found = process.result()
        return pickle.loads(found) if found else work()  # noqa: S301  # our own bytes

    return result
