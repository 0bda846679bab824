"""A buffer of an editor on standard input is checked as quickly as the same edit on disk, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from support.run import CLOCK, VITDLINT, report, run, write

PAGE = "content/posts/sun.md"
PAGES = {
    "hugo.toml": "",
    PAGE: "---\ntitle: Sun\n---\n\n## Light\n\nText.\n",
    "content/posts/moon.md": "---\ntitle: Moon\n---\n\n[light](/posts/sun/#light)\n",
}
BUFFERS = {
    "as on disk": PAGES[PAGE],
    "a dead link": PAGES[PAGE] + "\n[x](/none/)\n",
    "a heading that others link to": PAGES[PAGE].replace("Light", "Dark"),
    "another URL": PAGES[PAGE].replace("title:", "slug: star\ntitle:"),
    "not UTF-8": PAGES[PAGE].encode() + b"\xff\n",
    "nothing": "",
}


def checked(site: Path, path: str, buffer: str | bytes, *options: str) -> subprocess.CompletedProcess[str]:
    words = ["check", "-", "--stdin-filename", path, CLOCK, "--output-format", "json", *options]
    done = subprocess.run(
        [*VITDLINT, *words],
        cwd=site,
        input=buffer.encode() if isinstance(buffer, str) else buffer,
        env={**os.environ, "XDG_CACHE_HOME": str(site / ".cache")},
        capture_output=True,
        check=False,
    )
    assert not done.stderr, done.stderr
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), "")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, PAGES)
    assert run("check", CLOCK, cwd=tmp_path).returncode == 0
    return tmp_path


@pytest.mark.parametrize("name", BUFFERS)
def test_a_buffer_is_reported_as_from_scratch_and_the_disk_as_before(site: Path, name: str) -> None:
    for path in (PAGE, "content/posts/new.md"):
        assert (
            checked(site, path, BUFFERS[name]).stdout
            == checked(site, path, BUFFERS[name], "--no-cache").stdout
        )
    done = run("check", CLOCK, "--output-format", "json", cwd=site)
    assert report(done)["diagnostics"] == []
