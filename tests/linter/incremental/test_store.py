"""What is remembered between runs never changes what is said."""

from __future__ import annotations

import os
import pickle
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.run import VITDLINT, run, write

from vitdlint.linter.check_site import lint
from vitdlint.linter.incremental.last_run import COARSE
from vitdlint.linter.incremental.store import Cache, default_file
from vitdlint.page.page import Settings
from vitdlint.page.read import read_page

FORMAT = ("--output-format", "json", "--exit-zero")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Thirty pages that link to each other, old enough to be recognised by their times."""
    root = tmp_path / "site"
    pages = {
        f"content/posts/p{i}.md": f"---\ntitle: Page {i}\n---\n\n## Part\n\n[a](/posts/p{(i * 7) % 40}/#part) text {i}\n"
        for i in range(30)
    }
    write(root, {"hugo.toml": "", **pages})
    time.sleep(COARSE / 1e9 + 0.2)
    return root


def cache_of(site: Path) -> Path:
    os.environ["XDG_CACHE_HOME"] = str(site / ".cache")
    try:
        return default_file(os.path.realpath(site))
    finally:
        del os.environ["XDG_CACHE_HOME"]


def test_to_open_a_cache_writes_nothing_into_it(tmp_path: Path) -> None:
    file = tmp_path / "own.sqlite"
    Cache(file).keep({b"key": b"value"})
    os.utime(file, (1, 1))
    assert Cache(file).recall(b"key") == b"value"
    assert file.stat().st_mtime == 1


def test_an_unchanged_tree_is_answered_with_the_same_bytes(site: Path) -> None:
    cold = run("check", *FORMAT, "--no-cache", cwd=site)
    first = run("check", *FORMAT, cwd=site)
    assert cache_of(site).exists()
    warm = run("check", *FORMAT, cwd=site)
    assert cold.stdout == first.stdout == warm.stdout


@pytest.mark.slow
def test_random_edits_are_seen_whatever_they_are(site: Path) -> None:
    draw = random.Random(3)
    run("check", *FORMAT, cwd=site)
    for step in range(12):
        page = site / f"content/posts/p{draw.randrange(30)}.md"
        before = page.stat() if page.exists() else None
        match step % 6:
            case 0:
                page.write_text(page.read_text() + f"\n[new](/nowhere/{step}/)\n")
            case 1:
                page.unlink()
            case 2:
                page.write_text("---\ntitle: Again\naliases: [/posts/p39/]\n---\n\nText\n")
            case 3:  # the same size and the same time
                page.write_text(page.read_text().replace("Part", "Trap").replace("Page", "Gape"))
                if before:
                    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
            case 4:
                page.rename(page.with_name(f"moved{step}.md"))
            case _:
                (site / "hugo.toml").write_text(f"uglyURLs = {str(step % 12 == 5).lower()}\n")
        if not page.exists():
            page.write_text("---\ntitle: New\n---\n\nText\n")
        warm = run("check", *FORMAT, cwd=site)
        cold = run("check", *FORMAT, "--no-cache", cwd=site)
        assert warm.stdout == cold.stdout, f"step {step}"


def test_a_page_that_is_published_by_the_passing_of_time_is_noticed(site: Path) -> None:
    write(site, {"content/posts/p31.md": "---\ntitle: Later\ndate: 2030-01-01\n---\n\nText\n"})
    write(site, {"content/posts/p32.md": "---\ntitle: Link\n---\n\n[l](/posts/p31/)\n"})
    time.sleep(COARSE / 1e9 + 0.2)
    early, late = ("--clock=2029-12-31T12:00:00Z",), ("--clock=2030-01-02T12:00:00Z",)
    first = run("check", *FORMAT, *early, cwd=site)
    assert run("check", *FORMAT, *early, cwd=site).stdout == first.stdout
    assert "link-to-unpublished" in first.stdout
    assert "link-to-unpublished" not in run("check", *FORMAT, *late, cwd=site).stdout
    assert "link-to-unpublished" in run("check", *FORMAT, *early, cwd=site).stdout


def test_an_edit_to_the_configuration_is_noticed(site: Path) -> None:
    write(site, {"vitdlint.toml": 'ignore = ["dead-link"]\n'})
    time.sleep(COARSE / 1e9 + 0.2)
    assert "dead-link" not in run("check", *FORMAT, cwd=site).stdout
    assert "dead-link" not in run("check", *FORMAT, cwd=site).stdout
    write(site, {"vitdlint.toml": 'ignore = ["dead-lint"]\n'})
    assert run("check", *FORMAT, cwd=site).returncode == 2
    write(site, {"vitdlint.toml": ""})
    assert "dead-link" in run("check", *FORMAT, cwd=site).stdout


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_broken_cache_is_an_empty_one(site: Path, damage: bytes) -> None:
    good = run("check", *FORMAT, cwd=site)
    cache_of(site).write_bytes(damage)
    for _ in range(2):
        done = run("check", *FORMAT, cwd=site)
        assert (done.returncode, done.stdout, done.stderr) == (0, good.stdout, good.stderr)


@pytest.mark.parametrize("table", ["kept where length(value) < 6000", "kept", "results"])
def test_values_that_cannot_be_read_are_checked_again(site: Path, table: str) -> None:
    good = run("check", *FORMAT, cwd=site)
    with sqlite3.connect(cache_of(site)) as db:
        name, _, where = table.partition(" ")
        db.execute(f"update {name} set value = ? {where}", (b"junk",))
    write(site, {"content/posts/p1.md": (site / "content/posts/p1.md").read_text() + " "})
    done = run("check", *FORMAT, cwd=site)
    assert (done.returncode, done.stdout) == (0, good.stdout)


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(site: Path) -> None:
    good = run("check", *FORMAT, "--no-cache", cwd=site)
    for where in ("/dev/null", "/proc"):
        done = run("check", *FORMAT, cwd=site, XDG_CACHE_HOME=where)
        assert (done.returncode, done.stdout, done.stderr) == (0, good.stdout, good.stderr)


def test_a_disk_that_is_full_costs_nothing_but_time(site: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits the size of files as a full disk does")
    good = run("check", *FORMAT, "--no-cache", cwd=site)
    for limit in (0, 4096, 40_000):
        done = subprocess.run(
            [*VITDLINT, "check", *FORMAT],
            cwd=site,
            env={**os.environ, "XDG_CACHE_HOME": str(site / f".cache{limit}")},
            # No file may grow beyond this: writing fails as it does on a full disk.
            preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, good.stdout, good.stderr), limit


def test_several_runs_at_once_say_the_same(site: Path) -> None:
    env = {**os.environ, "XDG_CACHE_HOME": str(site / ".cache")}
    started = [
        subprocess.Popen([*VITDLINT, "check", *FORMAT], cwd=site, env=env, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    outputs = {process.communicate(timeout=120)[0] for process in started}
    assert len(outputs) == 1
    assert {process.returncode for process in started} == {0}


@pytest.mark.slow
def test_a_run_killed_at_any_moment_leaves_a_cache_that_works(site: Path) -> None:
    good = run("check", *FORMAT, "--no-cache", cwd=site)
    env = {**os.environ, "XDG_CACHE_HOME": str(site / ".cache")}
    for tenths in range(1, 12):
        write(
            site,
            {
                "content/posts/p0.md": f"---\ntitle: Page 0\n---\n\n## Part\n\n[a](/posts/p0/#part) text {tenths}\n"
            },
        )
        process = subprocess.Popen(
            [*VITDLINT, "check", *FORMAT], cwd=site, env=env, stdout=subprocess.DEVNULL
        )
        time.sleep(tenths / 10)
        process.send_signal(signal.SIGKILL)
        process.wait()
    write(
        site, {"content/posts/p0.md": "---\ntitle: Page 0\n---\n\n## Part\n\n[a](/posts/p0/#part) text 0\n"}
    )
    assert run("check", *FORMAT, cwd=site).stdout == good.stdout


def test_the_cache_is_shown_and_cleared(site: Path) -> None:
    run("check", *FORMAT, cwd=site)
    assert str(cache_of(site)) in run("cache", cwd=site).stdout
    assert "removed" in run("cache", "--clear", cwd=site).stdout
    assert not cache_of(site).exists()


def test_facts_come_back_from_a_pickle_as_they_were() -> None:
    text = '{"title": "Sun", "tags": ["a"]}\n\n# Sun\n\n[a](b.md) <a href="c"></a> {{< ref "d" >}}\n<!-- vitdlint-disable x -->\n'
    facts = read_page("content/a.md", text.encode(), Settings(), None).facts
    again = pickle.loads(pickle.dumps(facts))
    assert again == facts
    for one, other in zip(again, facts, strict=True):
        assert type(one) is type(other)
    for one, other in zip(
        (*again.links, *again.anchors, *again.shortcodes, *again.suppressions),
        (*facts.links, *facts.anchors, *facts.shortcodes, *facts.suppressions),
        strict=True,
    ):
        assert type(one) is type(other)
    assert len(again.links) == 2


def test_what_decides_a_result_is_the_same_in_every_process(site: Path) -> None:
    """The order of a set is another in each: one in what the results of pages are kept by, and none is found again."""
    write(
        site,
        {
            "hugo.toml": '[security]\nallowContent = ["text/markdown"]\n',
            "vitdlint.toml": 'ignore = ["VD3"]\n',
        },
    )
    code = (
        "from pathlib import Path\n"
        "from vitdlint.core.clock import current_time\n"
        "from vitdlint.files.find_site import locate\n"
        "from vitdlint.linter.run_settings import RunSettings\n"
        "from vitdlint.linter.session import open_session\n"
        "session = open_session(locate([Path()]), RunSettings(current_time(None)))\n"
        'print(session.salt(session.job())("posts/a.md").hex())\n'
    )
    salts = {
        subprocess.check_output(
            [sys.executable, "-c", code], cwd=site, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        for seed in "12345678"
    }
    assert len(salts) == 1


def test_a_check_without_a_cache_keeps_no_results(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added: list[object] = []
    monkeypatch.setattr(Cache, "add", lambda _cache, rows: added.extend(rows))
    lint(site, cached=False, jobs=1)
    assert added == []
    lint(site, jobs=1)
    assert len(added) == 30
