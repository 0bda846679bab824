"""`python -m vitdlint`, and the console script."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; the one place where the unexpected becomes a message and exit code 3."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from . import __version__  # noqa: PLC0415  # answers at once, without a command line parser

        print(f"vitdlint {__version__}")  # noqa: T201  # this is the output
        return
    from .cli import run  # noqa: PLC0415  # see above

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
