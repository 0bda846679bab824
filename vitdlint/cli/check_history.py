"""The file that `check --history FILE` appends to: a line for each run."""

from __future__ import annotations

from pathlib import Path

from ..core.errors import UsageError
from ..files.find_site import Located
from ..files.git import GitError, find
from ..files.regular import regular
from ..linter.history import History, HistoryError, read
from .options import CheckOptions
from .output import require_writable


def opened(options: CheckOptions, located: Located) -> tuple[str, History]:
    """The text and the meaning of the file, which may be missing. UsageError if the run cannot be recorded in it."""
    file = options.history or Path()
    for name, value in (
        ("paths", options.paths),
        ("--select", options.select),
        ("--ignore", options.ignore),
        ("--extend-select", options.extend_select),
    ):
        if value:
            raise UsageError(f"--history is about the whole site and all rules; leave out {name}")
    require_writable(file, located, options.environment)
    return read_file(file)


def read_file(file: Path) -> tuple[str, History]:
    """The text and the meaning of a history; empty if there is no such file. UsageError."""
    try:
        text = regular(file).read_text(encoding="utf-8")
    except FileNotFoundError:
        return "", History()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: {error}") from error
    try:
        return text, read(text, str(file))
    except HistoryError as error:
        raise UsageError(str(error)) from error


def commit_of(located: Located) -> str:
    """The commit that is checked out, short; '' if there is none."""
    try:
        return find(located.root).resolve("HEAD")[:12]
    except GitError:
        return ""
