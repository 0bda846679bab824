"""List the folders of a large site in a process beside this one, which reads what is stored meanwhile."""

from __future__ import annotations

import contextlib
import marshal
from collections.abc import Callable, Iterable, Sequence

from ..core.beside import WORTH_IT, process_for
from .tree import ELSEWHERE, DiskTree


def scan_beside(
    disk: DiskTree, folders: Sequence[str], files: int, meanwhile: Iterable[Callable[[], object]] = ()
) -> Callable[[], None]:
    """Begin to list folders that hold about so many files; what is returned waits for the end.

    While it waits it does what else there is to do, one after the other. What the process cannot say, and everything where
    there is none, the tree itself looks up when it is asked.
    """
    # One outside the root is not known to the tree yet.
    inside = [folder for folder in folders if not folder.startswith(ELSEWHERE)]
    process = (
        process_for(lambda: marshal.dumps({folder: dict(disk.scan(folder)) for folder in inside}))
        if files >= WORTH_IT
        else None
    )
    if process is None:
        return lambda: None

    def join() -> None:
        for work in meanwhile:
            if process.has_answered:
                break
            work()
        with contextlib.suppress(EOFError, ValueError, TypeError):
            disk.take(marshal.loads(process.result()))  # noqa: S302  # our own bytes

    return join
