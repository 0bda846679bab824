"""What one run of a command costs: seconds, CPU seconds, and the peak of memory over its whole process tree."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple


class Command(NamedTuple):
    """What is run, where, with which environment besides our own."""

    words: Sequence[str]
    folder: Path
    environment: Mapping[str, str]

    def start(self, output: IO[bytes]) -> subprocess.Popen[bytes]:
        """Start it; what it prints is thrown away, what it complains of goes to a file."""
        return subprocess.Popen(
            self.words,
            cwd=self.folder,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=output,
        )


def seconds(command: Command) -> tuple[float, float]:
    """Wall and CPU seconds of one run, children included. Ends this program if it fails."""
    with tempfile.TemporaryFile() as output:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.perf_counter()
        code = command.start(output).wait()
        wall = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        _require(command, code, output)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def megabytes(command: Command) -> float:
    """The peak of the sum of the proportional sizes of all processes of one run; 0 where there is no /proc."""
    with tempfile.TemporaryFile() as output:
        process = command.start(output)
        highest = 0
        ended = threading.Event()
        threading.Thread(target=lambda: (process.wait(), ended.set()), daemon=True).start()
        while not ended.wait(0.01):
            highest = max(highest, sum(map(_proportional, _family(process.pid))))
        _require(command, process.returncode, output)
    return highest / 1024


def _require(command: Command, code: int, output: IO[bytes]) -> None:
    if code not in (0, 1):  # 1: it has found something
        output.seek(0)
        words = output.read().decode("utf-8", "replace")[:2000]
        sys.exit(f"{' '.join(command.words)} failed ({code}): {words}")


def _family(pid: int) -> list[int]:
    """A process and all below it, but for what ends meanwhile."""
    found = [pid]
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                found += [p for child in (task / "children").read_text().split() for p in _family(int(child))]
    return found


def _proportional(pid: int) -> int:
    """A process's share of memory in kilobytes: what it shares is divided by those who share it."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
