"""A folder in memory, for tests that write thousands of sites."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")
"""A file system in memory, where there is one."""


@contextmanager
def memory_folder() -> Iterator[Path]:
    """An empty folder in memory, removed afterwards."""
    made = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
