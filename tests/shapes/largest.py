"""A page of each shape as large as `max-page-size` allows, checked by the command itself: seconds of processor and megabytes.

    make largest [SHAPE='part of a name']

Ends with 1 if any takes more than 10 seconds or 500 MB.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from support.run import VITDLINT, write

from .shapes import Shape, shapes

PAGE = "content/posts/page.md"
LARGEST = 5_000_000
"""Bytes: the default of max-page-size."""
SECONDS = 10.0
MEGABYTES = 500.0
LIMIT = 60
"""Seconds of processor after which a run is ended."""


class Cost(NamedTuple):
    """What one run took."""

    seconds: float
    megabytes: float
    exit_code: int


def main() -> int:
    """Print a line for each shape of one page; the exit code."""
    parser = argparse.ArgumentParser(prog="largest", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", help="parts of the names of shapes; all without")
    parser.add_argument("--size", type=int, default=LARGEST, help="bytes of the page")
    asked = parser.parse_args()
    above = []
    for shape in shapes():
        if asked.names and not any(name in shape.name for name in asked.names):
            continue
        text = largest(shape, asked.size)
        if text is None:
            continue
        cost = check(text)
        print(
            f"{shape.name:36}{len(text.encode()):>10}{cost.seconds:9.1f} s {cost.megabytes:7.0f} MB{cost.exit_code:>4}",
            flush=True,
        )
        if cost.seconds > SECONDS or cost.megabytes > MEGABYTES or cost.exit_code not in (0, 1):
            above.append(shape.name)
    if above:
        print(f"too much: {', '.join(above)}")
    return int(bool(above))


def largest(shape: Shape, size: int = LARGEST) -> str | None:
    """The largest page of the shape within so many bytes; None of a shape that has more files."""
    if list(shape.make(2)) != [PAGE]:
        return None

    n = 1000
    for _ in range(20):
        page = shape.make(n)[PAGE]
        share = len(page.encode()) / size
        if 0.98 < share <= 1 or n >= size:
            return page
        n = min(max(int(n * 0.99 / share), n // 8), n * 64, size)
    return page


def check(text: str) -> Cost:
    """Check a site of this page with every rule, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        config = {
            "hugo.toml": 'baseURL = "https://example.org/"\n',
            "vitdlint.toml": 'select = ["all"]\n',
        }
        write(Path(folder), {PAGE: text, **config})
        process = subprocess.Popen(
            ["prlimit", f"--cpu={LIMIT}", *VITDLINT, "check", "--no-cache", "--jobs", "1", "content"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, process.returncode)


if __name__ == "__main__":
    sys.exit(main())
