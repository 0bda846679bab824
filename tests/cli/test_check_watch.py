"""`check --watch` in a real process: what is saved is judged, and so is a new configuration."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.run import VITDLINT, run, write


@contextmanager
def watching(site: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A watcher of a site, and what it prints."""
    process = subprocess.Popen(
        [*VITDLINT, "check", "--watch", "--output-format", "concise", *options],
        cwd=site,
        env={**os.environ, "XDG_CACHE_HOME": str(site / ".cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    limit = threading.Timer(60, process.kill)  # so that a line that never comes fails the test
    limit.start()
    try:
        yield process
    finally:
        limit.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def until(process: subprocess.Popen[str], words: str) -> str:
    """What is printed up to a line with these words."""
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(said)


def save(site: Path, files: dict[str, str]) -> None:
    """Write files, each in one step, as editors do: a watcher must not see one that is still empty."""
    new = site / ".cache/new"  # where it does not look
    for path, text in files.items():
        new.write_text(text)
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        new.replace(site / path)


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The watcher of a site with one page."""
    write(
        tmp_path, {"hugo.toml": "", "vitdlint.toml": "", "content/posts/a.md": "---\ntitle: A\n---\n\nText\n"}
    )
    with watching(tmp_path) as process:
        yield process


@pytest.mark.slow
def test_what_is_saved_is_reported_and_after_an_error_in_the_configuration_it_waits(
    watcher: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert "0 findings in all" in until(watcher, "waiting")
    page = "---\ntitle: A\n---\n\n[x](/gone/)\n"
    save(tmp_path, {"content/posts/a.md": page})
    assert "dead-link" in until(watcher, "waiting")
    save(tmp_path, {"content/posts/a.md": f"{page}\n[y](/lost/)\n"})
    said = until(watcher, "waiting")
    assert "/lost/" in said
    assert "/gone/" not in said
    save(tmp_path, {"vitdlint.toml": 'ignore = ["dead-lint"]\n'})
    assert 'Did you mean "dead-link"?' in until(watcher, "^^^^")
    save(tmp_path, {"vitdlint.toml": 'ignore = ["dead-link"]\n'})
    assert "2 fixed" in until(watcher, "waiting")
    os.killpg(watcher.pid, signal.SIGINT)
    assert watcher.wait(60) == 130


@pytest.mark.slow
def test_what_a_baseline_records_is_not_reported_and_a_new_configuration_is_seen(tmp_path: Path) -> None:
    page = "---\ntitle: A\n---\n\n[x](/nowhere/)\n"
    write(tmp_path, {"hugo.toml": "", "content/posts/a.md": page})
    run("check", "--baseline", "known.json", "--update-baseline", cwd=tmp_path)
    with watching(tmp_path, "--baseline", "known.json") as process:
        assert "0 findings in all" in until(process, "waiting")
        save(tmp_path, {"content/posts/a.md": f"{page}\n[y](/gone/)\n"})
        said = until(process, "waiting")
        assert "/gone/" in said
        assert "/nowhere/" not in said
        save(tmp_path, {"vitdlint.toml": 'ignore = ["dead-link"]\n'})
        assert "1 fixed" in until(process, "waiting")
        save(tmp_path, {"known.json": "{"})
        assert "known.json" in until(process, "known.json")
        save(tmp_path, {"known.json": '{"version": 1, "findings": {}}', "vitdlint.toml": ""})
        assert "2 findings in all" in until(process, "2 findings")


@pytest.mark.slow
def test_the_baseline_of_the_configuration_holds_too(tmp_path: Path) -> None:
    page = "---\ntitle: A\n---\n\n[x](/nowhere/)\n"
    config = 'baseline = "known.json"\n'
    write(tmp_path, {"hugo.toml": "", "vitdlint.toml": config, "content/posts/a.md": page})
    run("check", "--update-baseline", cwd=tmp_path)
    with watching(tmp_path) as process:
        assert "0 findings in all" in until(process, "waiting")
        save(tmp_path, {"content/posts/a.md": f"{page}\n[y](/gone/)\n"})
        said = until(process, "waiting")
        assert "/gone/" in said
        assert "/nowhere/" not in said
        assert "1 finding in all" in said


@pytest.mark.slow
def test_files_that_are_made_moved_and_removed_are_seen(
    watcher: subprocess.Popen[str], tmp_path: Path
) -> None:
    posts = tmp_path / "content/posts"
    assert "0 findings in all" in until(watcher, "waiting")
    save(tmp_path, {"content/posts/b.md": "---\ntitle: B\n---\n\n[x](/posts/c/)\n"})
    assert "/posts/c/" in until(watcher, "1 finding in all")
    (posts / "a.md").rename(posts / "c.md")
    assert "1 fixed" in until(watcher, "waiting")
    (posts / "c.md").unlink()
    assert "dead-link" in until(watcher, "waiting")
    save(tmp_path, {"content/new/folder/d.md": "---\ntitle: D\n---\n\n[y](/posts/b/)\n"})
    assert "1 finding in all" in until(watcher, "waiting")
    posts.rename(tmp_path / "content/notes")
    said = until(watcher, "2 findings in all")
    assert "content/new/folder/d.md" in said
    assert "content/notes/b.md" in said
    shutil.rmtree(tmp_path / "content/notes")
    (tmp_path / "static/posts/b").mkdir(parents=True)
    (tmp_path / "static/posts/b/index.html").write_text("B")
    assert "0 findings in all" in until(watcher, "0 findings")
