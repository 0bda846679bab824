"""Paths as the report writes them: relative, with slashes on every system."""

from __future__ import annotations

import os


def relative(path: str | os.PathLike[str], start: str | os.PathLike[str]) -> str:
    """The way from one folder to a path; the absolute path where there is none, on another drive of Windows."""
    try:
        found = os.path.relpath(path, start)
    except ValueError:
        found = os.path.abspath(path)
    return found.replace(os.sep, "/")
