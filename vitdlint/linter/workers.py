"""Run the page station over all sources: in this process, or in several where that pays.

The result is the same list in the same order, however it was made.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from ..core.errors import WorkerDiedError
from ..hugo.files import ContentFile
from .page_work import PageResult, PageWork, Source, read_or_error

Read = Callable[[str], bytes]

WORTH_IT = 200
"""Pages below which starting processes costs more than it saves."""
CHUNK = 40
"""Pages sent to a worker at a time: enough to amortise a message, few enough to keep all workers busy."""


def here(work: PageWork, sources: Iterable[Source]) -> Iterator[PageResult]:
    """One page after the other, in this process."""
    for file, read in sources:
        yield work(file, read_or_error(read))


def checked(
    jobs: int, read: Read, work: PageWork, listed: Sequence[Source]
) -> Iterator[tuple[PageResult, bytes | None]]:
    """Every source's result, and how a worker pickled it (None where it was made here), in order.

    `read` gets a file's bytes by its path, and must pickle.
    """
    if jobs < 2 or len(listed) < WORTH_IT:
        for result in here(work, listed):
            yield result, None
        return
    from concurrent.futures import ProcessPoolExecutor  # a few pages need no processes
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_all_start_methods, get_context

    files = [file for file, _ in listed]
    chunks = [files[i : i + CHUNK] for i in range(0, len(files), CHUNK)]
    # A forked worker has everything at once; elsewhere it imports and unpickles.
    context = get_context("fork" if "fork" in get_all_start_methods() else "spawn")
    state = (work, read) if context.get_start_method() == "fork" else packed(work, read)
    pool = ProcessPoolExecutor(min(jobs, len(chunks)), context, _start, (state,))
    try:
        with _no_interrupt():
            mapped = pool.map(_chunk, chunks)
        for results in mapped:
            for pickled in results:
                yield pickle.loads(pickled), pickled  # noqa: S301  # from our own worker
    except BrokenProcessPool as error:
        raise WorkerDiedError(
            "a worker process died (killed, or out of memory); try again with --jobs 1"
        ) from error
    except BaseException:
        for process in pool._processes.values():  # noqa: SLF001  # there is no public way to end them at once
            process.kill()
        raise
    else:
        pool.shutdown()  # the command may end this process without waiting for others
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Hold Ctrl-C back while processes are made: they inherit that, and it is the parent's alone to handle."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def default_jobs() -> int:
    """How many processes this machine gives us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_state: tuple[PageWork, Read]


def packed(work: PageWork, read: Read) -> tuple[tuple[Path, ...], bytes]:
    """What a process that starts from nothing needs: the plug-ins to load before it can read the rest."""
    return work.plugins, pickle.dumps((work, read))


def _start(state: tuple[Any, Any]) -> None:
    global _state  # noqa: PLW0603  # a worker's one piece of state, set once
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    if isinstance(state[1], bytes):
        from .plugins import load_plugin

        for path in state[0]:
            load_plugin(path)
        state = pickle.loads(state[1])  # noqa: S301  # our own bytes
    _state = state


def _chunk(files: list[ContentFile]) -> list[bytes]:
    work, read = _state
    return [
        pickle.dumps(work(file, read_or_error(partial(read, file.path))), pickle.HIGHEST_PROTOCOL)
        for file in files
    ]
