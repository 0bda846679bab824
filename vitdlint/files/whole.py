"""Files that are written as a whole or not at all: a disk that fills up leaves what was there."""

from __future__ import annotations

import glob
import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from .regular import regular

_OLD = 60.0
"""Seconds after which a new file that was never renamed is of a run that was killed."""


def write_whole(file: Path, content: bytes) -> None:
    """Write beside the file and rename, so that it has its old content or the new one. Raises OSError.

    What is no file (a device, a pipe) is written into, and so is a file in a folder in which none can be made.
    """
    target = Path(os.path.realpath(file))
    mode: int | None = None
    with suppress(FileNotFoundError):
        status = target.stat()
        mode = stat.S_IMODE(status.st_mode)
        if not stat.S_ISREG(status.st_mode):
            target.write_bytes(content)
            return
    if mode is not None and not os.access(target.parent, os.W_OK):
        target.write_bytes(content)
        return
    start = f".{target.name[:100]}.new-"
    for left in target.parent.glob(f"{glob.escape(start)}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _OLD:
                left.unlink()
    new = target.with_name(f"{start}{os.getpid()}")
    try:
        with new.open("wb") as stream:
            stream.write(content)
            stream.flush()
            if mode is not None:
                new.chmod(mode)
            os.fsync(stream.fileno())
        new.replace(target)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise


def add_line(file: Path, line: str) -> None:
    """Add a line to a file of lines, which need not be there. Raises OSError."""
    before = b""
    with suppress(FileNotFoundError):
        before = regular(file).read_bytes()
    end = b"" if not before or before.endswith(b"\n") else b"\n"
    write_whole(file, before + end + line.removesuffix("\n").encode("utf-8", "surrogateescape") + b"\n")
