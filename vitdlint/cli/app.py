"""The command line: arguments in, a command called, an exit code out.

Only the command asked for is registered, and only its module is loaded.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from ..core import terminal
from ..core.model import Exit
from .options import COMMANDS


def run(argv: Sequence[str]) -> int:
    """Run one command line. Expected failures end in a message and their exit code; see Exit."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show a character gets its escape, not a traceback. Files and pipes get the same bytes
        # on every system, whatever the code page of Windows is.
        sys.stdout.reconfigure(errors="backslashreplace")
        if not sys.stdout.isatty() and not os.environ.get("PYTHONIOENCODING"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    app = application(argv)
    try:
        options = app(list(argv), standalone_mode=False, prog_name="vitdlint")
        name = next((name for name, kind in COMMANDS.items() if isinstance(options, kind)), None)
        code = _command(name)(options) if name else options
        sys.stdout.flush()
    except typer.Exit as error:
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        sys.stderr.write("\nvitdlint: interrupted\n")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has enough: print nothing, and keep the interpreter from trying again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return terminal.earned_code
    except Exception as error:  # noqa: BLE001  # the one place that turns the unexpected into a report
        return _failed(error)
    return code if isinstance(code, int) else Exit.CLEAN


def _command(name: str) -> Any:
    """The function that a command's module is named after."""
    plain = name.replace("-", "_")
    return getattr(import_module(f".{plain}", __package__), plain)


def application(argv: Sequence[str]) -> typer.Typer:
    """The parser, with the one command that is asked for, or all of them for help and completion."""
    app = typer.Typer(
        name="vitdlint",
        help="Lint the content of a Hugo site: front matter, Markdown, HTML, and links in the site's own URL space.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,
        add_completion=not argv or argv[0] not in COMMANDS,  # its options come before any command
    )
    app.callback()(_top)
    wanted = next((word for word in argv if not word.startswith("-")), "")
    for name, options in COMMANDS.items():
        if wanted not in COMMANDS or name == wanted:
            app.command(name)(options)
    return app


def _top(
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version.")] = False,
) -> None:
    if version:
        from .. import __version__

        typer.echo(f"vitdlint {__version__}")
        raise typer.Exit


def _failed(error: Exception) -> int:
    """A message and an exit code for an exception: expected ones in a sentence, others as a report to send."""
    from ..core.errors import ConfigError, PluginError, UsageError, WorkerDiedError
    from ..edits.transaction import WriteError

    if isinstance(error, typer.BadParameter.__mro__[2]):  # every error of typer's parser
        sys.stderr.write(f"vitdlint: {getattr(error, 'message', error)}\n")
        return Exit.USAGE
    if isinstance(error, (UsageError, ConfigError, WriteError)):
        sys.stderr.write(f"vitdlint: {error}\n")
        return Exit.USAGE
    if isinstance(error, (PluginError, WorkerDiedError)):
        sys.stderr.write(f"vitdlint: {error}\n")
        return Exit.CRASH
    import traceback

    traceback.print_exception(error)
    sys.stderr.write("vitdlint: internal error: please report this bug with the traceback above\n")
    return Exit.CRASH
