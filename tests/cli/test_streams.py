"""Standard output and standard error that are closed, full or read by nobody, and hostile text in every message."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from support.run import VITDLINT, git, run, write

ESCAPE = "\x1b]0;owned\x07\u202e\ufffe"
COMMAND = "::error::owned"
DEAD = "---\ntitle: Dead\n---\n\n[x](/posts/nowhere/)\n"
CRASHING = """
from vitdlint import Page, Rule


def check(page, options):
    raise ValueError("no")


RULE = Rule("XX001", "crashing", on=Page, check=check, examples=())
"""


def shell(line: str, site: Path) -> subprocess.CompletedProcess[str]:
    """What bash makes of a line in which `V` is the program; its code is that of the first command."""
    program = " ".join(f"'{part}'" for part in VITDLINT)
    return subprocess.run(
        ["bash", "-c", line.replace("V ", f"{program} ", 1) + "; exit ${PIPESTATUS[0]}"],
        cwd=site,
        env={**os.environ, "NO_COLOR": "1", "XDG_CACHE_HOME": str(site / ".cache")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(os.name == "nt", reason="the shell is bash")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("V check | true", 1),
        ("V check --exit-zero | true", 0),
        ("V check --fail-on never | true", 0),
        ("V check --output-format json | true", 1),
        ("V check --diff | true", 0),
        ("V check --select nope 2>&1 | true", 2),
        ("V --help | true", 0),
        ("V --version | true", 0),
        ("V rules | true", 0),
        ("V site | true", 0),
        ("V check >&-", 1),
        ("V check 2>&-", 1),
        ("V check <&- >&- 2>&-", 1),
        ("V --version >&-", 0),
        pytest.param(
            "V check >/dev/full", 2, marks=pytest.mark.skipif(sys.platform != "linux", reason="its own")
        ),
        pytest.param(
            "V --version >/dev/full", 2, marks=pytest.mark.skipif(sys.platform != "linux", reason="its own")
        ),
        pytest.param(
            "V -V >/dev/full", 2, marks=pytest.mark.skipif(sys.platform != "linux", reason="its own")
        ),
        pytest.param(
            "V --help >/dev/full", 2, marks=pytest.mark.skipif(sys.platform != "linux", reason="its own")
        ),
        pytest.param(
            "V check 2>/dev/full", 1, marks=pytest.mark.skipif(sys.platform != "linux", reason="its own")
        ),
    ],
)
def test_exit_codes_hold_whatever_becomes_of_the_output(site: Path, line: str, code: int) -> None:
    write(site, {"content/posts/dead.md": DEAD})
    done = shell(line, site)
    assert done.returncode == code
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="the shell is bash")
@pytest.mark.parametrize(
    "line", ["V check | true", "V check >/dev/full", "V check >&-", "V check --exit-zero | true"]
)
def test_the_exit_code_of_a_crash_stays_3(site: Path, line: str) -> None:
    write(site, {"vitdlint.toml": 'plugins = ["p.py"]\n', "p.py": CRASHING})
    assert shell(line, site).returncode == 3


@pytest.mark.skipif(os.name == "nt", reason="the folder that one is in cannot be deleted there")
@pytest.mark.parametrize("command", ["check", "rules", "site", "init", "links --dry-run", "cache"])
def test_a_deleted_folder_costs_one_sentence(tmp_path: Path, command: str) -> None:
    done = shell(f"mkdir gone; cd gone; rmdir ../gone; V {command}", tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "deleted" in done.stderr


def is_inert(text: str) -> bool:
    """Whether no line steers a terminal or a service for CI."""
    lines = text.split("\n")
    return not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ufffe]", text) and not any(
        line.lstrip().startswith(COMMAND) for line in lines
    )


HOSTILE = f"x\n{COMMAND} {ESCAPE}"


@pytest.mark.skipif(os.name == "nt", reason="such names are no names there")
@pytest.mark.parametrize(
    ("files", "args"),
    [
        ({"vitdlint.toml": f'select = ["{ESCAPE}\\n{COMMAND}"]\n'.replace("\x1b", "\\u001b").replace("\x07", "")}, ["check"]),
        ({"vitdlint.toml": f'"x\\n{COMMAND}" = 1\n'}, ["check"]),
        ({"vitdlint.toml": f"x = {ESCAPE}\n{COMMAND}\n"}, ["check"]),
        ({"hugo.toml": f"x = {ESCAPE}\n{COMMAND}\n"}, ["check"]),
        ({"hugo.toml": f'defaultContentLanguage = "x\\n{COMMAND}\\u001b[31m"\n'}, ["check"]),
        ({"vitdlint.toml": 'schemas = {"**" = "s.json"}\n', "s.json": json.dumps({"type": HOSTILE})}, ["check"]),
        ({"vitdlint.toml": 'schemas = {"**" = "s.json"}\n', "s.json": f'{{"type": "{ESCAPE}\n{COMMAND}'}, ["check"]),
        ({"vitdlint.toml": 'plugins = ["p.py"]\n', "p.py": f"raise ValueError({HOSTILE!r})"}, ["check"]),
        ({"vitdlint.toml": 'plugins = ["p.py"]\n', "p.py": f"raise SystemExit({HOSTILE!r})"}, ["check"]),
        ({"vitdlint.toml": 'plugins = ["p.py"]\n', "p.py": CRASHING.replace('"no"', repr(HOSTILE))}, ["check"]),
        ({"p.py": CRASHING.replace('"crashing"', repr(HOSTILE))}, ["test-plugin", "p.py"]),
        ({}, ["check", HOSTILE]),
        ({}, ["check", "--select", HOSTILE]),
        ({}, ["check", "--output-format", HOSTILE]),
        ({}, ["check", f"--{HOSTILE}"]),
        ({}, ["explain", HOSTILE]),
        ({}, ["mv", "content/posts/sun.md", f"content/posts/{HOSTILE}.md"]),
        ({}, ["mv", HOSTILE, "x.md"]),
        ({".vitdlint-journal.json": HOSTILE}, ["check"]),
        ({f"content/posts/{HOSTILE}.md": DEAD}, ["check"]),
        ({f"content/posts/{HOSTILE}.md": DEAD}, ["check", "--output-format", "full"]),
        ({f"content/posts/{HOSTILE}.md": DEAD}, ["check", "--output-format", "grouped"]),
        ({f"content/posts/{HOSTILE}.md": DEAD}, ["check", "--output-format", "json"]),
        ({f"content/posts/{HOSTILE}.md": DEAD}, ["site", "--output-format", "text"]),
        ({f"content/posts/{HOSTILE}.md": DEAD}, ["init", "--dry-run"]),
        ({"hugo.toml": f'title = "x\\n{COMMAND}\\u001b[31m"\n'}, ["init", "--dry-run"]),
        ({".vitdlint-links.txt": HOSTILE}, ["check", "--external"]),
        ({".git": f"gitdir: {HOSTILE}"}, ["check", "--staged"]),
    ],
)  # fmt: skip
def test_nothing_hostile_is_written(site: Path, files: dict[str, str], args: Sequence[str]) -> None:
    write(site, files)
    done = run(*args, cwd=site, GITHUB_ACTIONS="true")
    assert is_inert(done.stderr)
    assert is_inert(done.stdout)
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="such names are no names there")
@pytest.mark.parametrize("name", ["concise", "full", "grouped", "json", "jsonl", "sarif", "gitlab", "rdjson", "junit", "markdown"])  # fmt: skip
def test_a_path_is_no_workflow_command(site: Path, name: str) -> None:
    write(site, {f"content/{COMMAND}##[add-mask]x.md": DEAD})
    done = run("check", "--output-format", name, cwd=site / "content")
    assert done.returncode == 1
    assert is_inert(done.stdout)
    assert "##[" not in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="such names are no names there")
def test_reports_in_files_take_names_of_every_kind(site: Path) -> None:
    write(site, {"content/posts/a\udc80\x1b\ufffe.md": DEAD.replace("nowhere", "no\ufffe\U0001ffff&<>'\"")})
    formats = "full=a,concise=b,json=c,sarif=d,junit=e,gitlab=f,markdown=g,rdjson=h"
    done = run("check", "--output-format", formats, cwd=site)
    assert (done.returncode, done.stderr) == (1, "")
    for file in "cdfh":
        json.loads((site / file).read_bytes())
    ET.parse(site / "e")


def test_git_says_nothing_hostile(site: Path) -> None:
    git(site, "init", "-q")
    done = run("check", "--since", f"main\n{COMMAND}{ESCAPE}", cwd=site)
    assert done.returncode == 2
    assert is_inert(done.stderr)
