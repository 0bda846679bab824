"""Plug-ins: their examples run, their edits count, their errors have a place."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.hooks import alone, git, hook_of  # noqa: F401  # `alone` is a fixture
from support.paths import ROOT
from support.run import names, report, run, write

import vitdlint
from vitdlint.linter.page_work import PageWork
from vitdlint.linter.plugins import load_plugin
from vitdlint.linter.workers import _start, packed
from vitdlint.page.page import Settings

PLUGIN = '''"""Lamps are named by their light.

Say lux.
"""

from vitdlint import Bad, Finding, Good, Page, Rule

WORD = "Light"


def check(page, _):
    at = page.body.prose.find(WORD)
    if at >= 0:
        yield Finding(page.span(at, at + len(WORD)), f"say lux, not {WORD}")


RULES = (Rule("MY001", "no-light", on=Page, check=check, examples=(Good("Sun\\n"), Bad("Light\\n", at=["1:1"]))),)
'''
JSON = ("--output-format", "json")
SECOND = 1_700_000_000
"""Of a file: the same before and after an edit."""


@pytest.fixture
def lamps(site: Path) -> Path:
    return write(site, {"vitdlint.toml": 'plugins = ["lint/mine.py"]\n', "lint/mine.py": PLUGIN})


def test_an_edited_plug_in_changes_the_next_report(lamps: Path) -> None:
    assert names(run("check", *JSON, cwd=lamps)) == ["no-light"]
    # As long as before, and in the same second.
    write(lamps, {"lint/mine.py": PLUGIN.replace('WORD = "Light"', 'WORD = "Night"')})
    assert names(run("check", *JSON, cwd=lamps)) == []
    write(lamps, {"lint/mine.py": PLUGIN})
    assert names(run("check", *JSON, cwd=lamps)) == ["no-light"]
    assert not list(lamps.rglob("__pycache__"))


@pytest.mark.parametrize(
    "line",
    [
        "from .words import WORD",
        "from . import words\n\nWORD = words.WORD",
        "def late():\n    from .words import WORD",
    ],
)
def test_so_does_an_edit_of_what_it_imports_from_beside_it(lamps: Path, line: str) -> None:
    if "late" in line:
        text = PLUGIN.replace('WORD = "Light"\n', "").replace(
            "    at = page", "    from .words import WORD\n\n    at = page"
        )
    else:
        text = PLUGIN.replace('WORD = "Light"', line)
    words = lamps / "lint/words.py"
    write(lamps, {"lint/mine.py": text, "lint/words.py": 'WORD = "Light"\n'})
    os.utime(words, (SECOND, SECOND))
    assert names(run("check", *JSON, cwd=lamps, PYTHONDONTWRITEBYTECODE="")) == ["no-light"]
    # As long as before, and in the same second.
    write(lamps, {"lint/words.py": 'WORD = "Night"\n'})
    os.utime(words, (SECOND, SECOND))
    assert names(run("check", *JSON, cwd=lamps, PYTHONDONTWRITEBYTECODE="")) == []
    assert not list(lamps.rglob("__pycache__"))


@pytest.mark.usefixtures("alone")
def test_so_it_does_in_the_hook(lamps: Path) -> None:
    write(lamps, {"lint/mine.py": PLUGIN.replace('WORD = "Light"', 'WORD = "Night"')})
    git(lamps, "init", "-q")
    git(lamps, "add", "-A")
    git(lamps, "commit", "-qm", "one")
    write(lamps, {"content/posts/moon.md": "---\ntitle: Moon\n---\n\nLight, and more Light.\n"})
    git(lamps, "add", "-A")
    for _ in range(2):
        assert names(run("check", "--staged", *JSON, cwd=lamps)) == []
    write(lamps, {"lint/mine.py": PLUGIN})
    # Also while it is not staged: a plug-in is a program, not content. What the rule finds on the old page was there before.
    for _ in range(2):
        found = report(run("check", "--staged", *JSON, cwd=lamps))["diagnostics"]
        assert [(f["path"], f["name"]) for f in found] == [("content/posts/moon.md", "no-light")]
        git(lamps, "add", "-A")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("import sys\n\nsys.exit(0)\n", 3, r"it ends the program \(exit code 0\)"),
        ("x = 1\nraise ValueError('no lamp')\n", 2, "ValueError: no lamp"),
        ("import asyncio\nraise asyncio.CancelledError\n", 2, "CancelledError"),
        ("def check(page, _:\n    pass\n", 1, "SyntaxError"),
        ("import no_such_module\n", 1, "ModuleNotFoundError"),
        ("from . import gone\n", 1, "ImportError"),
        ("RULE = 1\n", 1, "has no RULES"),
        ("RULES = (1,)\n", 1, "an item of RULES is of type int, not Rule"),
    ],
)
def test_a_plug_in_that_cannot_be_loaded_is_an_error_with_its_place(
    lamps: Path, text: str, line: int, words: str
) -> None:
    write(lamps, {"lint/mine.py": text})
    for command in (("check",), ("check", "--select", "dead-link"), ("test-plugin", "lint/mine.py")):
        done = run(*command, cwd=lamps)
        assert done.returncode == 3, done.stderr
        assert re.search(rf"lint/mine\.py:{line}: .*{words}", done.stderr), done.stderr
    assert run("check", "--no-plugins", cwd=lamps).returncode == 0


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("on=Page", "on=str", "on must be Page, Site or Links"),
        ("on=Page", "on=Page, severity='warning'", "severity must be Severity.ERROR, WARNING or INFO"),
        ("on=Page", "on=Page, options=dict", "options must be a dataclass with a default for each field"),
        ("check=check", "check=3", "check must be a function"),
        ('"no-light"', '"No Light"', "name must be of small letters, digits and hyphens"),
        ('"MY001"', "1", "code must be of capital letters and digits"),
        (
            'examples=(Good("Sun\\n"), Bad("Light\\n", at=["1:1"]))',
            "examples=Good(1)",
            "examples must be a tuple",
        ),
    ],
)
def test_a_rule_that_cannot_run_is_an_error_of_its_plug_in(
    lamps: Path, right: str, wrong: str, words: str
) -> None:
    assert right in PLUGIN
    write(lamps, {"lint/mine.py": PLUGIN.replace(right, wrong)})
    for command in (("check",), ("rules",), ("explain", "dead-link"), ("test-plugin", "lint/mine.py")):
        done = run(*command, cwd=lamps)
        assert done.returncode == 3, done.stderr
        assert "lint/mine.py:1: the rule " in done.stderr
        assert words in done.stderr


def test_an_error_in_a_file_beside_it_has_the_place_there(lamps: Path) -> None:
    write(
        lamps, {"lint/mine.py": "from .words import WORD\n" + PLUGIN, "lint/words.py": "\n\nWORD = 1 / 0\n"}
    )
    assert "lint/words.py:3: " in run("check", cwd=lamps).stderr


@pytest.mark.parametrize(
    "failure",
    [
        "yield 1 / 0",
        "raise SystemExit(0)\n    yield",
        "sys.exit('bye')\n    yield",
        "raise BaseException('lamp')\n    yield",
    ],
)
@pytest.mark.parametrize("options", [("--select", "no-light"), ("--ignore", "rule-crashed"), ()])
def test_a_rule_that_fails_says_where_whatever_is_selected(
    lamps: Path, failure: str, options: tuple[str, ...]
) -> None:
    text = re.sub(r"    at = .*?\n\n\n", f"    {failure}\n\n\n", PLUGIN, flags=re.DOTALL)
    write(lamps, {"lint/mine.py": text.replace("from vitdlint", "import sys\n\nfrom vitdlint", 1)})
    for _ in range(2):
        done = run("check", *options, *JSON, cwd=lamps)
        assert done.returncode == 3
        (found,) = report(done)["diagnostics"]
        assert (found["name"], found["path"]) == ("rule-crashed", "content/posts/sun.md")
        assert re.search(r"no-light failed here: .*\(mine\.py:\d+\)", found["message"])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("return None", "'NoneType' object is not iterable"),
        ("yield 'text'", "'str' object has no attribute 'span'"),
        ("yield Finding(page.span(5, 999), 'x')", "no span of this page, which has 27 characters: 5 to 999"),
        ("yield Finding(page.span(-4, 3), 'x')", "no span of this page"),
        ("yield Finding(page.span(9, 3), 'x')", "no span of this page"),
    ],
)
def test_a_rule_that_yields_no_finding_of_the_page_has_the_place_of_its_check(
    lamps: Path, line: str, words: str
) -> None:
    write(
        lamps, {"lint/mine.py": re.sub(r"    at = .*?\n\n\n", f"    {line}\n\n\n", PLUGIN, flags=re.DOTALL)}
    )
    (found,) = report(run("check", *JSON, cwd=lamps))["diagnostics"]
    assert words in found["message"]
    assert found["message"].endswith("(mine.py:11)")


@pytest.mark.usefixtures("alone")
def test_a_rule_that_failed_before_the_change_too_is_reported_in_the_hook(lamps: Path) -> None:
    write(
        lamps,
        {"lint/mine.py": re.sub(r"    at = .*?\n\n\n", "    yield 1 / 0\n\n\n", PLUGIN, flags=re.DOTALL)},
    )
    git(lamps, "init", "-q")
    git(lamps, "add", "-A")
    git(lamps, "commit", "-qm", "one")
    write(lamps, {"content/posts/sun.md": "---\ntitle: Sun\n---\n\nMore light.\n"})
    git(lamps, "add", "-A")
    for options in (("--staged",), ("--staged", "--no-cache"), ("--since", "HEAD")):
        done = run("check", *options, *JSON, cwd=lamps)
        assert done.returncode == 3
        assert {f["name"] for f in report(done)["diagnostics"]} == {"rule-crashed"}, options


def test_rules_and_explain_know_it(lamps: Path) -> None:
    assert "no-light" in run("rules", cwd=lamps).stdout
    assert "Say lux." in run("explain", "MY001", cwd=lamps).stdout
    assert "no-light" not in run("rules", "--no-plugins", cwd=lamps).stdout
    write(lamps, {"vitdlint.toml": "selct = []\n"})
    done = run("explain", "dead-link", cwd=lamps)
    assert done.returncode == 0
    assert "vitdlint.toml:1:1" in done.stderr


def test_a_wrong_example_is_shown_with_the_right_place(lamps: Path) -> None:
    assert run("test-plugin", "lint/mine.py", cwd=lamps).returncode == 0
    write(
        lamps,
        {"lint/mine.py": PLUGIN.replace('at=["1:1"]', 'at=["1:3"]').replace('Good("Sun', 'Good("A Light')},
    )
    done = run("test-plugin", "lint/mine.py", cwd=lamps)
    assert done.returncode == 1
    assert "example 1 (Good): expected findings at no place, found them at 1:3" in done.stdout
    assert (
        "example 2 (Bad): expected findings at 1:3, found them at 1:1\n  1:1-1:6: say lux, not Light"
        in done.stdout
    )


def test_a_place_that_is_none_is_named(lamps: Path) -> None:
    for wrong, words in (
        ('"1:1"', 'at must be a list of places: at=["1:1"]'),
        ('["top"]', '"top" is not a place'),
    ):
        write(lamps, {"lint/mine.py": PLUGIN.replace('["1:1"]', wrong)})
        done = run("test-plugin", "lint/mine.py", cwd=lamps)
        assert done.returncode == 1
        assert f"example 2 (Bad): {words}" in done.stdout


def test_a_wrong_fix_is_shown_as_a_difference(lamps: Path) -> None:
    text = PLUGIN.replace("import Bad, Finding,", "import Bad, Edit, Finding, Fix,")
    text = text.replace(
        'not {WORD}")', 'not {WORD}", fix=Fix("say lux", (Edit(page.span(at, at + 5), "Lux"),)))'
    ).replace('at=["1:1"]', 'at=["1:1"], fixed="lux\\n"')
    write(lamps, {"lint/mine.py": text})
    done = run("test-plugin", "lint/mine.py", cwd=lamps)
    assert done.returncode == 1
    assert "-lux\n  +Lux" in done.stdout


def test_a_rule_with_the_code_of_another_is_refused(lamps: Path) -> None:
    write(lamps, {"lint/mine.py": PLUGIN.replace("MY001", "VD601")})
    done = run("check", cwd=lamps)
    assert done.returncode == 2
    assert "vitdlint.toml:1:12: " in done.stderr
    assert "defines VD601 (no-light), which exists already" in done.stderr


def test_a_new_process_loads_the_plug_in_first(lamps: Path) -> None:
    """As where processes are not forked."""
    (rule,) = load_plugin(lamps / "lint/mine.py").rules
    work = PageWork((rule,), Settings(), (), (lamps / "lint/mine.py",))  # type: ignore[arg-type]  # any value that pickles
    code = (
        "import pickle, sys\nfrom vitdlint.linter import workers\n"
        "workers._start(pickle.load(sys.stdin.buffer))\nprint(workers._state[0].active[0].name)"
    )
    import pickle

    done = subprocess.run(
        [sys.executable, "-c", code],
        input=pickle.dumps(packed(work, len)),  # type: ignore[arg-type]  # a function that pickles
        capture_output=True,
        env={"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.stdout.decode().strip() == "no-light", done.stderr.decode()
    assert callable(_start)


def test_the_public_names_are_there_and_load_nothing_before_they_are_used() -> None:
    code = (
        "import sys, vitdlint; print(*[m for m in sys.modules if m.startswith('vitdlint.')]); vitdlint.Rule"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == ""
    for name in vitdlint.__all__:
        assert getattr(vitdlint, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        vitdlint.Nothing  # type: ignore[attr-defined]  # noqa: B018  # that is what is tested


def test_lint_gives_the_report_of_the_command_line(lamps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(lamps / ".cache"))
    found = vitdlint.lint(lamps, clock="2026-01-31T12:00:00Z")
    printed = report(run("check", "--clock=2026-01-31T12:00:00Z", *JSON, cwd=lamps))["diagnostics"]
    assert [(d.place.path, d.place.line, d.name, d.message) for d in found.diagnostics] == [
        (d["path"], d["line"], d["name"], d["message"]) for d in printed
    ]
    assert vitdlint.lint(lamps, select=["dead-link"], plugins=False, cached=False).diagnostics == ()
    with pytest.raises(vitdlint.UsageError, match="no page"):
        vitdlint.lint(lamps / "lint")
