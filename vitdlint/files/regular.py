"""What may be read as a file: a named pipe would hold the program, and a device never ends."""

from __future__ import annotations

import errno
import stat
from pathlib import Path


def regular(path: Path) -> Path:
    """The same path, if there is a file, a folder or nothing. Raises OSError."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return path  # reading it says why
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return path
    raise OSError(errno.EINVAL, kind_of(mode), str(path))


def kind_of(mode: int) -> str:
    """What is no file, in words, by its `st_mode`."""
    if stat.S_ISDIR(mode):
        return "is a folder"
    if stat.S_ISFIFO(mode):
        return "is a named pipe"
    if stat.S_ISSOCK(mode):
        return "is a socket"
    return "is not a regular file"
