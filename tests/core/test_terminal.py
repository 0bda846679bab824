"""The door to standard output and standard error: nothing goes past it, and nothing hostile goes through it."""

from __future__ import annotations

import ast
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import ROOT

from vitdlint.core.visible import inert, visible

PACKAGE = ROOT / "vitdlint"
DOOR = PACKAGE / "core/terminal.py"
STREAMS = {"stdout", "stderr", "__stdout__", "__stderr__"}
READ_ONLY = {"vitdlint/__main__.py": "before anything is loaded, for the version and an interrupt"}
CONSOLES = {"vitdlint/reporters/manual.py", "vitdlint/reporters/progress.py"}
"""What draws with rich: texts of our own, into a string that goes through the door, or numbers."""


def bypasses(tree: ast.AST) -> list[str]:
    """Where a module writes by itself."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name("sys"), attr=name) if name in STREAMS:
                found.append(f"{node.lineno}: sys.{name}")
            case ast.ImportFrom(module="sys", names=names) if STREAMS & {name.name for name in names}:
                found.append(f"{node.lineno}: from sys import")
            case ast.Call(func=ast.Name("print" | "echo" | "secho" | "Console" as name)):
                found.append(f"{node.lineno}: {name}()")
            case ast.Call(
                func=ast.Attribute(attr="echo" | "secho" | "print_exception" | "print_exc" as name)
            ):
                found.append(f"{node.lineno}: {name}()")
            case ast.Call(func=ast.Attribute(value=ast.Name("os"), attr="write")):
                found.append(f"{node.lineno}: os.write()")
    return found


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_everything_is_written_through_the_door(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    found = bypasses(ast.parse(path.read_text(encoding="utf-8")))
    if name in CONSOLES:
        found = [each for each in found if not each.endswith(("Console()",))]
    if path != DOOR and name not in READ_ONLY:
        assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "print('x')",
        "sys.stderr.write('x')",
        "from sys import stdout",
        "typer.echo('x')",
        "traceback.print_exception(error)",
        "os.write(1, b'x')",
    ],
)
def test_a_bypass_is_found(code: str) -> None:
    assert bypasses(ast.parse(code))


HOSTILE = (
    "\x1b[31m",
    "\x9b31m",
    "\r",
    "\b",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ue000",
    "\udc80",
    "\ufffe",
    "\U0001ffff",
    "\ufdd0",
    "##[error]x",
    "##vso[task.setvariable]x",
    "##teamcity[message]",
    "\u2028::error::x",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_visible(text: str) -> None:
    assert text not in visible(text)
    assert text not in inert(f"a {text}\n{text}")


@pytest.mark.parametrize("text", ["::error::x", "  ::add-mask::x", "a\n::error::x", "a\r\n\t::set-output::"])
def test_no_line_begins_as_a_workflow_command(text: str) -> None:
    assert not any(line.lstrip().startswith("::") for line in inert(text).splitlines())


def test_harmless_text_stays() -> None:
    text = "Grüße, 日本語, العربية, \u200dपरिमाण 👩\u200d🚀: ## Heading [x], std::string"
    assert inert(text) == visible(text) == text


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_what_is_visible_can_be_xml(text: str) -> None:
    from xml.sax.saxutils import escape, quoteattr

    document = f"<a b={quoteattr(visible(text))}>{escape(visible(text))}</a>"
    assert ET.fromstring(document).text == (visible(text) or None)
