"""What an input has broken, and the file in which it can be repeated."""

from __future__ import annotations

import json
import resource
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb, format_exception
from typing import Any, NamedTuple

Files = Mapping[str, bytes]
"""Every input is a small site: paths below its root, and contents."""
Law = Callable[[Files], None]
"""Raises whatever is wrong about an input."""

SECONDS, SECONDS_PER_KB = 5.0, 0.5
"""Processor time that one input may take: far above what it takes, far below what is not linear."""
MEGABYTES, MEGABYTES_PER_KB = 100.0, 1.0
"""By how much one input may raise the peak of memory."""


class BrokenError(Exception):
    """A law does not hold: which one, and how that shows."""


class SlowError(KeyboardInterrupt):
    """An input takes too long. It passes as Ctrl-C does: anything else that a rule raises is an error of the rule."""


class Failure(NamedTuple):
    """One broken law."""

    key: str
    """Inputs with the same key have broken the same law at the same place."""
    text: str


def failure_of(law: Law, files: Files) -> Failure | None:
    """What is wrong about an input; None if nothing is."""
    size = sum(map(len, files.values())) / 1024
    before = _peak()
    try:
        with _clock(SECONDS + SECONDS_PER_KB * size):
            law(files)
    except SlowError as error:
        return Failure("too slow", "".join(format_exception(error)))
    except Exception as error:  # noqa: BLE001  # the unexpected is what is looked for
        frames = extract_tb(error.__traceback__)
        own = [frame for frame in frames if "/vitdlint/" in frame.filename] or list(frames)
        where = f"{Path(own[-1].filename).name}:{own[-1].name}"
        law_broken = str(error).partition(":")[0] if isinstance(error, BrokenError) else where
        return Failure(f"{type(error).__name__} {law_broken}", "".join(format_exception(error)))
    if (grown := _peak() - before) > MEGABYTES + MEGABYTES_PER_KB * size:
        return Failure("too much memory", f"{grown:.0f} MB for {size:.0f} KB")
    return None


def _peak() -> float:
    """Megabytes: the most that this process has ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def _clock(seconds: float) -> Iterator[None]:
    """End what takes more processor time than that."""

    def end(_signal: int, frame: Any) -> None:
        raise SlowError(f"{seconds:.0f} s in {frame.f_code.co_filename}:{frame.f_lineno}")

    signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


SHRINKING = 30.0
"""Seconds spent on making one failing input smaller."""


def shrunk(law: Law, files: Files, key: str) -> Files:
    """A smaller input that fails in the same way: files, then lines, then characters are left out."""
    until = time.monotonic() + SHRINKING

    def fails(candidate: Files) -> bool:
        found = failure_of(law, candidate) if time.monotonic() < until else None
        return found is not None and found.key == key

    names = _fewer(sorted(files), lambda kept: fails({name: files[name] for name in kept}))
    small = {name: files[name] for name in names}
    for name in names:
        for parts in (bytes.splitlines, None):
            whole = small[name]
            pieces = (
                whole.splitlines(keepends=True) if parts else [whole[i : i + 1] for i in range(len(whole))]
            )
            left = _fewer(pieces, lambda kept, name=name: fails({**small, name: b"".join(kept)}))
            small[name] = b"".join(left)
    return small


def _fewer(parts: list[Any], fails: Callable[[list[Any]], bool]) -> list[Any]:
    """As few of the parts as still fail: leave out halves, then quarters, and so on."""
    length = len(parts)
    while length > 1 or (length == 1 and len(parts) == 1):
        length = max(1, length // 2)
        at = 0
        while at < len(parts):
            without = parts[:at] + parts[at + length :]
            if without != parts and fails(without):
                parts = without
            else:
                at += length
        if length == 1:
            break
    return parts


def stored(folder: Path, kind: str, name: str, files: Files, failure: Failure) -> Path:
    """Write an input that fails into a file, in ASCII whatever is in it."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {path: data.decode("utf-8", "surrogateescape") for path, data in files.items()}
    file = folder / f"{name}.json"
    entry = {"kind": kind, "why": failure.text.rstrip().splitlines()[-1], "files": texts}
    file.write_text(json.dumps(entry, indent=1) + "\n", "utf-8")
    return file


def read(file: Path) -> tuple[str, Files]:
    """The kind and the files of an input that was stored."""
    entry = json.loads(file.read_text("utf-8"))
    files = {path: text.encode("utf-8", "surrogateescape") for path, text in entry["files"].items()}
    return entry["kind"], files
