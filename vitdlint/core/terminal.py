"""What the terminal can do, and what the user wants of it."""

from __future__ import annotations

import os
from typing import TextIO

earned_code = 0
"""The exit code that this process has earned; see `earned`."""


def earned(code: int) -> None:
    """Note the exit code before the output is written: a reader who closes the pipe must not lose it."""
    global earned_code  # noqa: PLW0603  # one process, one code
    earned_code = code


def wants_color(choice: str, stream: TextIO) -> bool:
    """Whether to write colours: `always`, `never`, or `auto`, which asks the environment and the stream."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        if forced := os.environ.get(name):
            return forced not in ("0", "false")
    return stream.isatty() and os.environ.get("TERM") != "dumb"
