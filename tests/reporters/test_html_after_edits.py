"""The report to look at shows the whole site, also where a run has checked a few pages of it alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.run import run, write

from vitdlint.linter.incremental.last_run import COARSE

PAGE = "---\ntitle: {0} of many\ntags: [one, Lamp {0}]\ncategories: [zed]\n---\n\n[x](/posts/b/)\n"
CLOCK = "--clock=2026-11-01T00:00:00Z"


def body(posts: Path) -> None:
    posts.joinpath("a.md").write_text(PAGE.format("a") + "\nOne line more.\n")


def title(posts: Path) -> None:
    posts.joinpath("a.md").write_text(PAGE.format("Another"))


def added(posts: Path) -> None:
    posts.joinpath("new.md").write_text(PAGE.format("New"))


def removed(posts: Path) -> None:
    posts.joinpath("a.md").unlink()


@pytest.mark.parametrize("edit", [body, title, added, removed])
def test_it_is_the_same_as_from_scratch(tmp_path: Path, edit: Callable[[Path], None]) -> None:
    pages = {f"content/posts/{name}.md": PAGE.format(name) for name in "abcdefghij"}
    write(tmp_path, {"hugo.toml": 'baseURL = "https://x.example/"\n', **pages})
    time.sleep(COARSE / 1e9 + 0.2)  # or the files are too young, and nothing is stored of the run
    assert "checked 10 pages" in run("check", CLOCK, cwd=tmp_path).stdout
    edit(tmp_path / "content/posts")
    for file, more in (("after.html", ()), ("whole.html", ("--no-cache",))):
        run("check", CLOCK, *more, f"--output-format=html={file}", cwd=tmp_path)
    after, whole = (tmp_path.joinpath(file).read_bytes() for file in ("after.html", "whole.html"))
    assert after == whole
