"""The one door to standard output and standard error, and what the terminal behind them can do.

What is written is made safe here (`note`, `say`), or was made safe where it was rendered (`write`), or is meant for a
program byte for byte (`write_patch`). A test finds whatever goes past it.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Self, TextIO

from .visible import inert, visible

_PIECES = 500
"""Pieces of a report that are written at once."""

earned_code = 0
"""The exit code that this process has earned; see `earned`."""


class ClosedOutputError(Exception):
    """The reader of standard output has enough of it."""


class FullOutputError(Exception):
    """Standard output cannot be written: why, in a sentence."""

    @classmethod
    def of(cls, error: OSError) -> Self:
        """From what the system says."""
        return cls(f"standard output cannot be written: {error.strerror or error}")


def earned(code: int) -> None:
    """Note the exit code before the output is written: a reader who closes the pipe must not lose it."""
    global earned_code  # noqa: PLW0603  # one process, one code
    earned_code = code


def open_streams() -> None:
    """Before anything else: give every stream that is closed a place to go, or the next file opened would be it."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # until the end
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # until the end
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show a character gets its escape, not a traceback. Files and pipes get the same bytes
        # on every system, whatever the code page of Windows is.
        sys.stdout.reconfigure(errors="backslashreplace")
        if not sys.stdout.isatty() and not os.environ.get("PYTHONIOENCODING"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")


def note(*sentences: str) -> None:
    """Say on standard error what is no finding, each sentence behind the program's name."""
    _error("".join(f"vitdlint: {inert(sentence)}\n" for sentence in sentences))


def error_text(text: str) -> None:
    """Print on standard error what has lines of its own, such as a traceback."""
    _error(f"{inert(text)}\n")


def say(*lines: str) -> None:
    """Print lines on standard output that contain names of files, or texts of a site."""
    write(f"{inert(line)}\n" for line in lines)


def write(pieces: Iterable[str]) -> None:
    """Write what a reporter rendered, which has made every text of unknown origin visible."""
    for text in _joined(pieces):
        _output(sys.stdout.write, text)


def write_json(pieces: Iterable[str]) -> None:
    """Write a JSON document, in which no service for CI finds a `##[command]` of its own."""
    for text in _joined(pieces):
        _output(sys.stdout.write, text.replace("##", "#\\u0023"))


def _joined(pieces: Iterable[str]) -> Iterator[str]:
    """What is written at once: a call for each line of a long report takes longer than to render it."""
    rest = iter(pieces)
    while some := list(islice(rest, _PIECES)):
        yield "".join(some)


def write_patch(pieces: Iterable[str]) -> None:
    """Write a patch byte for byte; on a terminal, where it can only be looked at, every character visibly."""
    if output_is_terminal():
        write("\n".join("\t".join(map(visible, line.split("\t"))) for line in p.split("\n")) for p in pieces)
        return
    flush()
    for piece in pieces:
        _output(sys.stdout.buffer.write, piece.encode("utf-8", "surrogateescape"))
    _output(sys.stdout.buffer.flush)


def flush() -> None:
    """Make sure that all of standard output is written."""
    _output(sys.stdout.flush)


def close_output() -> None:
    """Let the interpreter write what is left of the output nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _output(give: Callable[..., object], *what: object) -> None:
    try:
        give(*what)
    except BrokenPipeError as error:
        raise ClosedOutputError from error
    except OSError as error:
        raise FullOutputError.of(error) from error


def _error(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        return  # there is nowhere left to say so; the exit code stays


def output_is_terminal() -> bool:
    """Whether a person looks at standard output."""
    return sys.stdout.isatty()


def error_is_terminal() -> bool:
    """Whether a person looks at standard error."""
    return sys.stderr is not None and sys.stderr.isatty()  # a test's caller may have closed it


def error_wants_color(choice: str) -> bool:
    """Whether to write colours on standard error."""
    return wants_color(choice, sys.stderr)


def wants_color(choice: str, stream: TextIO | None = None) -> bool:
    """Whether to write colours: `always`, `never`, or `auto`, which asks the environment and the stream."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        if forced := os.environ.get(name):
            return forced not in ("0", "false")
    return (stream or sys.stdout).isatty() and os.environ.get("TERM") != "dumb"
