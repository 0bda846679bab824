"""List the folders of a large site in a process beside this one, which reads what is stored meanwhile."""

from __future__ import annotations

import contextlib
import marshal
import os
import select
import sys
import threading
from collections.abc import Callable, Iterable, Sequence

from .tree import ELSEWHERE, DiskTree

WORTH_IT = 3000
"""Files below which a process takes longer than it saves."""


def scan_beside(
    disk: DiskTree, folders: Sequence[str], files: int, meanwhile: Iterable[Callable[[], object]] = ()
) -> Callable[[], None]:
    """Begin to list folders that hold about so many files; what is returned waits for the end.

    While it waits it does what else there is to do, one after the other. What the process cannot say, and everything where
    there is no second core, the tree itself looks up when it is asked.
    """
    if sys.platform != "linux" or files < WORTH_IT or len(os.sched_getaffinity(0)) < 2:
        return _nothing
    if threading.active_count() > 1:  # one of them may hold a lock that the process would wait for
        return _nothing
    try:
        reader, writer = os.pipe()
        process = os.fork()
    except OSError:  # as many as this user may have
        return _nothing
    if process == 0:
        try:
            with open(writer, "wb") as pipe:
                # One outside the root is not known to the tree yet.
                inside = [folder for folder in folders if not folder.startswith(ELSEWHERE)]
                marshal.dump({folder: dict(disk.scan(folder)) for folder in inside}, pipe)
        finally:
            os._exit(0)
    os.close(writer)

    def join() -> None:
        for work in meanwhile:
            if select.select([reader], (), (), 0)[0]:
                break
            work()
        with open(reader, "rb") as pipe:
            found = pipe.read()
        with contextlib.suppress(ChildProcessError):  # who started this one may have its children forgotten
            os.waitpid(process, 0)
        with contextlib.suppress(EOFError, ValueError, TypeError):
            disk.take(marshal.loads(found))  # noqa: S302  # our own bytes

    return join


def _nothing() -> None:
    pass
