"""Run the page station over all sources: in this process, or in several where that pays.

The result is the same list in the same order, however it was made.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from sys import intern
from typing import Any

from ..core.errors import WorkerDiedError
from ..files.tree import digest_of
from ..hugo.files import ContentFile
from .incremental.store import Cache, unpickled
from .pipeline import PageResult, Pages, PageWork, Source, read_or_error

Read = Callable[[str], bytes]

WORTH_IT = 200
"""Pages below which starting processes costs more than it saves."""
LARGE = 5000
"""Pages from which on it pays to hold each term once."""
BATCH = 500
"""Results that are written to the cache at a time: all of a large site would be a hundred megabytes."""
CHUNK = 40
"""Pages sent to a worker at a time: enough to amortise a message, few enough to keep all workers busy."""


def here(work: PageWork, sources: Iterable[Source]) -> Iterator[PageResult]:
    """One page after the other, in this process."""
    for file, read in sources:
        yield work(file, read_or_error(read))


def processes(jobs: int, read: Read) -> Pages:
    """A page station of that many processes; `read` gets a file's bytes by its path, and must pickle."""

    def station(work: PageWork, sources: Iterable[Source]) -> Iterator[PageResult]:
        for result, _ in _judged(jobs, read, work, list(sources)):
            yield result

    return station


def remembered(
    jobs: int, read: Read, cache: Cache, salt: bytes, identify: Callable[[str], str | None] = lambda _: None
) -> Pages:
    """As `processes`, asked only for what the cache does not hold; order is kept.

    A result is kept by the file's path and content; `salt` stands for everything else that decides it. `identify`
    gives what identifies a file's content where that is known without reading it. Where nothing is kept yet, no file
    is read here: the workers do.
    """

    def station(work: PageWork, sources: Iterable[Source]) -> Iterator[PageResult]:
        listed = list(sources)
        known: dict[bytes | None, PageResult] = {}
        keys: list[bytes | None] = [None] * len(listed)
        shared = _sharing if len(listed) >= LARGE else _as_it_is
        if cache.holds_results():
            sure = [identify(file.path) for file, _ in listed]
            keys = [_key(salt, file.path, digest) for (file, _), digest in zip(listed, sure, strict=True)]
            known = _kept(cache, keys, shared)
            doubtful = [i for i, key in enumerate(keys) if key not in known]
            for i in doubtful:
                file, give = listed[i]
                data = read_or_error(give)
                keys[i] = None if isinstance(data, OSError) else _key(salt, file.path, digest_of(data))
            known |= _kept(cache, [keys[i] for i in doubtful], shared)
        missing = [source for source, key in zip(listed, keys, strict=True) if key not in known]
        fresh = _judged(jobs, read, work, missing)
        new: list[tuple[bytes, bytes]] = []
        for key in keys:
            found = known.pop(key, None) if key is not None else None
            if found is not None:
                yield found
                continue
            result, pickled = next(fresh)
            if not result.crashes and not result.facts.unreadable:
                new.append(_row(salt, result, pickled))
                if len(new) == BATCH:
                    cache.add(new)
                    new.clear()
            yield shared(result)
        if new:
            cache.add(new)

    return station


def _judged(
    jobs: int, read: Read, work: PageWork, listed: Sequence[Source]
) -> Iterator[tuple[PageResult, bytes | None]]:
    """Every source's result, and how a worker pickled it (None where it was made here), in order."""
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
    state = (work, read) if context.get_start_method() == "fork" else pickle.dumps((work, read))
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
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def salt_of(program: bytes, work: PageWork) -> bytes:
    """What decides a page's result besides its path and content."""
    digest = hashlib.blake2b(program, digest_size=16)
    for active in work.active:
        digest.update(f"{active.rule.code} {active.options!r} {active.severity}\0".encode())
    for glob, schema in work.schemas:
        digest.update(f"{glob} {schema.digest}\0".encode())
    digest.update(repr(work.settings).encode())
    return digest.digest()


def kept(cache: Cache, salt: bytes, path: str, digest: str) -> PageResult | None:
    """One page's result, if the cache holds it."""
    return next(iter(_kept(cache, [_key(salt, path, digest)], _as_it_is).values()), None)


def keep(cache: Cache, salt: bytes, results: Iterable[PageResult]) -> None:
    """Keep the results of pages."""
    cache.add([_row(salt, result) for result in results])


def _row(salt: bytes, result: PageResult, pickled: bytes | None = None) -> tuple[bytes, bytes]:
    """A result as it is kept: by what was read, for the file may have changed since it was looked up."""
    key = _digest_key(salt, result.facts.path, result.facts.digest)
    return key, pickled or pickle.dumps(result, pickle.HIGHEST_PROTOCOL)


def _kept(
    cache: Cache, keys: Iterable[bytes | None], shared: Callable[[PageResult], PageResult]
) -> dict[bytes | None, PageResult]:
    values = cache.results(key for key in keys if key is not None)
    # One that cannot be read is no result: that page is judged anew.
    return {
        key: shared(result) for key, value in values if isinstance(result := unpickled(value), PageResult)
    }


def _as_it_is(result: PageResult) -> PageResult:
    return result


def _sharing(result: PageResult) -> PageResult:
    """Pages name the same terms again and again: one string for each of them is a third less memory for a large site."""
    data: Any = result.facts.front.data
    for key, value in data.items():
        if type(value) is list:
            with suppress(TypeError):  # not all of them are strings
                data[key] = list(map(intern, value))
    return result


def _key(salt: bytes, path: str, digest: str | None) -> bytes | None:
    return None if digest is None else _digest_key(salt, path, digest)


def _digest_key(salt: bytes, path: str, digest: str) -> bytes:
    named = salt + digest.encode() + path.encode("utf-8", "surrogateescape")
    return hashlib.blake2b(named, digest_size=16).digest()


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


def _start(state: tuple[PageWork, Read] | bytes) -> None:
    global _state  # noqa: PLW0603  # a worker's one piece of state, set once
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _state = pickle.loads(state) if isinstance(state, bytes) else state  # noqa: S301  # our own bytes


def _chunk(files: list[ContentFile]) -> list[bytes]:
    work, read = _state
    return [
        pickle.dumps(work(file, read_or_error(partial(read, file.path))), pickle.HIGHEST_PROTOCOL)
        for file in files
    ]
