"""What is wrong in a configuration file: one way of saying it, whatever file it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.run import run, write

from vitdlint.core.errors import ConfigError
from vitdlint.core.options import Problem
from vitdlint.linter.config_file import ConfigFile

BEFORE = "a = {\n  b = 1, # TOML 1.1\n}\n"
BROKEN = f'{BEFORE}c = [\n  "x"\n  "y"\n]\n'
SAID = 'a comma is missing: write `,`\n  |\n 5|   "x"\n  |      ^\n'


@pytest.mark.parametrize(
    ("path", "before", "line"),
    [
        ("vitdlint.toml", "", 5),
        ("pyproject.toml", '[project]\nname = "x"\n[tool.vitdlint]\n', 8),
        ("hugo.toml", "[params]\n", 6),
        ("config/_default/params.toml", "", 5),
        ("themes/t/hugo.toml", "[params]\n", 6),
    ],
)
def test_a_syntax_error_has_the_same_words_in_every_file(
    tmp_path: Path, path: str, before: str, line: int
) -> None:
    write(tmp_path, {"hugo.toml": 'theme = "t"\n', "content/a.md": "", path: before + BROKEN})
    done = run("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"vitdlint: {path}:{line}:6: {SAID.replace(' 5|', f' {line}|')}"


def test_front_matter_has_them_too(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": "", "content/a.md": f"+++\n{BROKEN}+++\n"})
    done = run("check", "--output-format", "concise", cwd=tmp_path)
    assert "content/a.md:6:6: " in done.stdout
    assert "a comma is missing" in done.stdout


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        (
            "hugo.yaml",
            "# c\n---\na: b: c\n",
            'hugo.yaml:3:4: a value with ": " in it must be between quotes: write `"b: c"`',
        ),
        ("hugo.json", '{"a": 1,}\n', 'hugo.json:1:8: no comma is allowed before a closing "}": remove'),
        (
            "hugo.toml",
            "x = 1\nx = 2\n",
            'hugo.toml:2:1: "x" appears twice: keep one of them\n  |\n 2| x = 2\n',
        ),
        ("hugo.toml", b"a = 1\nb = '\xff'\n", "hugo.toml:2:6: this is not UTF-8"),
        ("vitdlint.toml", b"a = 1\n# \xff\n", "vitdlint.toml:2:3: this is not UTF-8"),
        (
            "vitdlint.toml",
            "select = []\nselect = []\n",
            'vitdlint.toml:2:1: "select" appears twice: keep one',
        ),
        ("vitdlint.toml", "a = \x1b[31m\n", "vitdlint.toml:1:5: "),
        ("pyproject.toml", "tool = 1\n", "the configuration is the number 1; it must be a table"),
    ],
)
def test_the_place_is_exact_and_nothing_steers_the_terminal(
    tmp_path: Path, path: str, text: str | bytes, said: str
) -> None:
    write(tmp_path, {"content/a.md": "", path: text})
    if not path.startswith("hugo"):
        write(tmp_path, {"hugo.toml": ""})
    done = run("check", *(["--config", path] if path == "pyproject.toml" else []), cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "\x1b" not in done.stderr
    assert "Hugo" not in done.stderr


def test_toml_of_today_is_read_and_errors_after_it_are_placed(tmp_path: Path) -> None:
    file = tmp_path / "vitdlint.toml"
    file.write_text('[rules]\nown-host = {\n  hosts = [\n    "\\x41",\n  ],\n}\n[severity]\nx = 1\n')
    read = ConfigFile(file)
    assert read.table == {"rules": {"own-host": {"hosts": ["A"]}}, "severity": {"x": 1}}
    (message,) = read.placed([Problem(("severity", "x"), "no")])
    assert message.endswith("vitdlint.toml:8:5: no\n  |\n 8| x = 1\n  |     ^")


def test_pyproject_may_have_what_other_tools_read(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text("[tool.x]\na = 1\nA = 2\n[tool.X]\n[tool.vitdlint]\nselect = []\n")
    assert ConfigFile(file).table == {"select": []}


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        ConfigFile(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="no pipes with names, and links need rights")
@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "dangling"])
def test_a_configuration_that_is_no_file_is_never_ignored(site: Path, kind: str) -> None:
    file = site / "vitdlint.toml"
    make = {
        "folder": file.mkdir,
        "pipe": lambda: os.mkfifo(file),
        "loop": lambda: file.symlink_to(file.name),
        "dangling": lambda: file.symlink_to("nowhere"),
    }
    make[kind]()
    done = run("check", cwd=site, timeout=30)
    assert done.returncode == 2
    assert file.name in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
