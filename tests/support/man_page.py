"""The man page of the program, from its own parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer

from vitdlint import __version__
from vitdlint.cli.app import application

EXIT_CODES = (
    ("0", "nothing at or above --fail-on"),
    ("1", "findings"),
    ("2", "the command line or a configuration is wrong, or a named path holds no page"),
    ("3", "the run could not be finished"),
    ("130", "Ctrl-C"),
)


def man_page() -> str:
    """The page in the macros of man(7)."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    program: Any = typer.main.get_command(application([]))
    yield f'.TH VITDLINT 1 "" "vitdlint {__version__}" "User Commands"'
    yield ".SH NAME"
    yield "vitdlint \\- lint the content of a Hugo site"
    yield ".SH SYNOPSIS"
    yield ".B vitdlint"
    yield r"\fICOMMAND\fR [\fIOPTIONS\fR]"
    yield ".SH DESCRIPTION"
    yield _text(program.help)
    yield ".SH COMMANDS"
    for name, command in program.commands.items():
        yield ".SS " + _text(" ".join(["vitdlint", name, *_arguments(command)]))
        yield _text(command.help or "")
        for option in command.params:
            if option.param_type_name == "option" and not option.hidden:
                kind = "" if option.is_flag else f" {option.metavar or option.type.name.upper()}"
                yield ".TP"
                yield ".B " + _text(", ".join(option.opts) + kind)
                yield _text(option.help or "")
    yield ".SH EXIT STATUS"
    for code, meaning in EXIT_CODES:
        yield ".TP"
        yield f".B {code}"
        yield _text(meaning)
    yield ".SH FILES"
    yield ".TP"
    yield ".B vitdlint.toml"
    yield _text("the configuration, beside that of Hugo")


def _arguments(command: Any) -> list[str]:
    found = [p for p in command.params if p.param_type_name == "argument"]
    return [f"[{p.name}]" if not p.required else p.name for p in found]


def _text(text: str) -> str:
    """Text that troff shows as it is."""
    plain = re.sub(r"\s+", " ", text).strip().replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain
