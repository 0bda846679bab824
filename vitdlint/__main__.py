"""`python -m vitdlint`, and the console script."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

INTERRUPTED = 130


def main() -> None:
    """Run the command line; the one place where the unexpected becomes a message and exit code 3."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from . import __version__  # answers at once, without a command line parser

        try:
            if sys.stdout is not None:  # it is closed
                sys.stdout.write(f"vitdlint {__version__}\n")
                sys.stdout.flush()
        except BrokenPipeError:
            os._exit(0)  # nobody reads it
        except OSError as error:
            with suppress(OSError, AttributeError):
                sys.stderr.write(f"vitdlint: standard output cannot be written: {error.strerror}\n")
                sys.stderr.flush()
            os._exit(2)
        return
    gc.disable()  # while modules load: what they make stays, and to look for cycles in it takes 4 ms
    try:
        from .cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while modules were still loading
        code = INTERRUPTED
    # At once: without freeing every object, which is a tenth of a short run, and, when interrupted, without waiting for
    # the threads that feed worker processes. All files are closed by then.
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
