"""What may be wrong around the program, one function a condition."""

from __future__ import annotations

from collections.abc import Callable


class SkipError(Exception):
    """This machine does not permit the condition: why."""


CONDITIONS: dict[str, Callable[[], None]] = {}
