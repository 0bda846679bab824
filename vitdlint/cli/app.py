"""The command line: arguments in, a command called, an exit code out.

Only the command asked for is registered, and only its module is loaded.
"""

from __future__ import annotations

import errno
import gc
import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from ..core import terminal
from ..core.model import Exit
from ..files.find_site import require_folder
from .options import COMMANDS, STATISTICS

_OF_THE_SYSTEM = frozenset(
    getattr(errno, name, None)
    for name in [
        "EACCES",
        "EPERM",
        "EROFS",
        "ENOSPC",
        "EDQUOT",
        "EIO",
        "ENAMETOOLONG",
        "ELOOP",
        "EMFILE",
        "ENFILE",
        "ESTALE",
    ]
)
"""What no program can do anything about: a closed folder, a full disk."""


def run(argv: Sequence[str]) -> int:
    """Run one command line. Expected failures end in a message and their exit code; see Exit."""
    terminal.open_streams()
    app = application(argv)
    try:
        try:
            options = app(_with_values(argv), standalone_mode=False, prog_name="vitdlint")
        except SystemExit as error:  # so the parser ends where nobody reads its help
            raise terminal.ClosedOutputError from error
        except OSError as error:
            raise terminal.FullOutputError.of(error) from error
        name = next((name for name, kind in COMMANDS.items() if isinstance(options, kind)), None)
        if name:
            require_folder()
        command = _command(name) if name else None
        gc.enable()  # `main` has disabled it while modules load
        code = command(options) if command else options
        terminal.flush()
    except typer.Exit as error:
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        terminal.note("interrupted")
        return Exit.INTERRUPTED
    except terminal.ClosedOutputError:  # the exit code is what it would have been
        terminal.close_output()
        return terminal.earned_code
    except terminal.FullOutputError as error:
        terminal.close_output()
        terminal.note(str(error))
        return max(terminal.earned_code, Exit.USAGE)
    except Exception as error:  # noqa: BLE001  # the one place that turns the unexpected into a report
        return _failed(error, argv)
    return code if isinstance(code, int) else Exit.CLEAN


def _command(name: str) -> Any:
    """The function that a command's module is named after."""
    plain = name.replace("-", "_")
    return getattr(import_module(f".{plain}", __package__), plain)


def _with_values(argv: Sequence[str]) -> list[str]:
    """The arguments, with `rule` for an option `--statistics` without a value."""
    return [
        f"{word}=rule" if word == "--statistics" and not _is_statistic(following) else word
        for word, following in zip(argv, [*argv[1:], ""], strict=True)
    ]


def _is_statistic(word: str) -> bool:
    """Whether it is what to count by, perhaps misspelt, rather than an option or a path."""
    from ..core.options import nearest

    if word in STATISTICS or not word or word.startswith("-"):
        return word in STATISTICS
    return nearest(word, STATISTICS) != "" and not Path(word).exists()


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

        terminal.say(f"vitdlint {__version__}")
        raise typer.Exit


def _usage_error(error: Any, argv: Sequence[str]) -> str:
    """What is wrong with a command line, what was probably meant, and where help is."""
    from ..core.options import nearest

    context = getattr(error, "ctx", None)
    words, meant = str(error.format_message()).rstrip("."), ""
    if "o such option" in words:
        words = f"there is no option {error.option_name}"
        meant = nearest(
            error.option_name, [name for p in context.command.params for name in p.opts] if context else []
        )
    elif (param := getattr(error, "param", None)) is not None and error.message:
        said = re.sub(r"is not in the range x>=(\d+)", r"is less than \1", error.message.rstrip("."))
        words = f"{param.opts[0]}: {said}"
        given = re.match(r"'([^']*)' is not one of ", error.message)
        meant = nearest(given[1], param.type.choices) if given else ""
    command = f"vitdlint {argv[0]}" if argv and argv[0] in COMMANDS else "vitdlint"
    return f"{words}{'' if words.endswith('?') else '.'}{meant} See {command} --help"


def _failed(error: Exception, argv: Sequence[str]) -> int:
    """A message and an exit code for an exception: expected ones in a sentence, others as a report to send."""
    from ..core.errors import ConfigError, HugoFailedError, PluginError, UsageError, WorkerDiedError
    from ..edits.transaction import WriteError

    if isinstance(error, typer.BadParameter.__mro__[2]):  # every error of typer's parser
        terminal.note(_usage_error(error, argv))
        return Exit.USAGE
    if isinstance(error, (UsageError, ConfigError, WriteError)):
        terminal.note(str(error))
        return Exit.USAGE
    if isinstance(error, OSError) and error.errno in _OF_THE_SYSTEM:
        terminal.note(f"{error.filename}: {error.strerror}" if error.filename else f"{error.strerror}")
        return Exit.USAGE
    if isinstance(error, (HugoFailedError, PluginError, WorkerDiedError)):
        terminal.note(str(error))
        return Exit.CRASH
    import traceback

    terminal.error_text("".join(traceback.format_exception(error)).rstrip())
    terminal.note("internal error: please report this bug with the traceback above")
    return Exit.CRASH
