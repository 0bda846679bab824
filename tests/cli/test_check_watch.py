"""`check --watch` in a real process: what is saved is judged, and so is a new configuration."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.run import VITDLINT, write


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A watched site with one page, and what its watcher prints."""
    write(
        tmp_path, {"hugo.toml": "", "vitdlint.toml": "", "content/posts/a.md": "---\ntitle: A\n---\n\nText\n"}
    )
    process = subprocess.Popen(
        [*VITDLINT, "check", "--watch", "--output-format", "concise"],
        cwd=tmp_path,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / ".cache")},
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


@pytest.mark.slow
def test_what_is_saved_is_told_and_a_mistake_in_the_configuration_is_waited_for(
    watcher: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert "0 findings in all" in until(watcher, "waiting")
    page = tmp_path / "content/posts/a.md"
    page.write_text(page.read_text() + "\n[x](/gone/)\n")
    assert "dead-link" in until(watcher, "waiting")
    page.write_text(page.read_text() + "\n[y](/lost/)\n")
    said = until(watcher, "waiting")
    assert "/lost/" in said
    assert "/gone/" not in said
    write(tmp_path, {"vitdlint.toml": 'ignore = ["dead-lint"]\n'})
    assert 'Did you mean "dead-link"?' in until(watcher, "^^^^")
    write(tmp_path, {"vitdlint.toml": 'ignore = ["dead-link"]\n'})
    assert "2 mended" in until(watcher, "waiting")
    os.killpg(watcher.pid, signal.SIGINT)
    assert watcher.wait(20) == 130
