"""Run the command line on a terminal, as a person sees it."""

from __future__ import annotations

import os
import re
import struct
import subprocess
from pathlib import Path

import pytest

from .run import VITDLINT

_STEERING = re.compile(r"\x1b\[\?25[lh]|\x1b\[\d*[AK]|\x1b\[2K|\r")


def on_terminal(*args: str, cwd: Path, columns: int = 80, rows: int = 40, **env: str) -> str:
    """What a run writes to standard output, where that is a terminal of that size; standard error is not."""
    pty, fcntl, termios = (
        pytest.importorskip(name, reason="no terminals to make here") for name in ("pty", "fcntl", "termios")
    )
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    known = {
        name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")
    }
    process = subprocess.Popen(
        [*VITDLINT, *args],
        cwd=cwd,
        env={**known, "TERM": "xterm-256color", "XDG_CACHE_HOME": str(cwd / ".cache"), **env},
        stdout=side,
        stderr=subprocess.PIPE,
    )
    os.close(side)
    seen = b""
    while True:
        try:
            piece = os.read(main, 1 << 16)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    process.communicate(timeout=60)
    os.close(main)
    return _STEERING.sub("", seen.decode())
