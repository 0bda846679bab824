"""Progress of `check`: on a terminal, when it takes long; nowhere else, and gone in the end."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import corpus
import pytest
from support.run import VITDLINT, run, write

CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


def on_a_terminal(*args: str, cwd: Path) -> tuple[str, str]:
    """What a run writes on standard output, and on the terminal that is its standard error."""
    ours, theirs = pytest.importorskip("pty", reason="no terminals to make here").openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "XDG_CACHE_HOME": str(cwd / ".cache")}
    words = [*VITDLINT, "check", "--exit-zero", *args]
    with (cwd / "out.txt").open("wb") as out:
        process = subprocess.Popen(words, cwd=cwd, env=env, stdout=out, stderr=theirs)
    os.close(theirs)
    seen = b""
    try:
        while data := os.read(ours, 65536):
            seen += data
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(ours)
    assert process.wait() == 0
    return (cwd / "out.txt").read_text(), seen.decode()


def test_a_short_run_shows_nothing(site: Path) -> None:
    assert on_a_terminal(cwd=site)[1] == ""


@pytest.mark.slow
def test_a_long_run_counts_pages_on_one_line_that_is_erased(tmp_path: Path) -> None:
    corpus.write(tmp_path, 3000)
    quick = ("--no-cache", "--jobs", "1", "--output-format", "json", "--select", "VD0,VD1,VD2")
    piped = run("check", "--exit-zero", *quick, cwd=tmp_path)
    assert piped.stderr == ""
    out, seen = on_a_terminal(*quick, cwd=tmp_path)
    assert out == piped.stdout
    counts = [int(n) for n in re.findall(r"(\d+)/3000 pages", CONTROL.sub("", seen))]
    assert len(counts) > 2
    assert counts == sorted(counts)
    assert any(0 < n < 3000 for n in counts)
    assert counts[-1] == 3000
    assert "3000/3000 pages, now their links" in CONTROL.sub("", seen)
    assert "\n" not in seen[: seen.index("now their links")], "one line"
    _, erased, after = seen.rpartition("\x1b[2K")
    assert erased
    assert CONTROL.sub("", after) == ""
    assert seen.count("\x1b[?25l") == seen.count("\x1b[?25h") == 1, "the cursor is back"


@pytest.mark.parametrize(
    ("after", "option", "shown"), [(60, "-v", 0), (0, "-q", 0), (0, "-v", 1), (0, "--color=never", 1)]
)
def test_a_bar_is_loaded_only_where_it_is_shown(site: Path, after: int, option: str, shown: int) -> None:
    write(site, {f"content/posts/p{i}.md": f"---\ntitle: P{i}\n---\n\nText.\n" for i in range(30)})
    code = (
        "import sys; sys.stderr.isatty = lambda: True; from vitdlint.reporters import progress as p;"
        "p._SHOW_AFTER = float(sys.argv[1]); from vitdlint.cli.app import run;"
        "run(['check', '--output-format', 'json', sys.argv[2]]); print(int('rich.progress' in sys.modules))"
    )
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(after), option],
        cwd=site,
        env={**env, "TERM": "xterm", "XDG_CACHE_HOME": str(site / ".cache")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split()[-1] == str(shown)
    assert ("31/31 pages" in CONTROL.sub("", done.stderr)) == bool(shown)
    colored = re.search(r"\x1b\[(?:9\d|3\d)[;m]", done.stderr) is not None
    assert colored == (shown == 1 and option != "--color=never")
