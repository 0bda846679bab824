"""A content folder that is a symbolic link: Hugo follows it, though none below it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.run import CLOCK, names, run, write

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs rights there")
PAGES = {
    "posts/a.md": "---\ntitle: A\n---\n[b](/posts/b/) [c](/nowhere/)\n",
    "posts/b.md": "---\ntitle: B\n---\nText\n",
}


def linked(root: Path, there: str) -> Path:
    site = write(root, {"site/hugo.toml": 'baseURL = "https://example.org/"\n'}) / "site"
    write(site / there, PAGES)
    (site / "content").symlink_to(there)
    return site


@pytest.mark.parametrize("path", ["", "content", "content/posts", "content/posts/a.md"])
def test_pages_are_checked_by_whatever_path(tmp_path: Path, path: str) -> None:
    site = linked(tmp_path, "real")
    done = run(
        "check", "--output-format", "json", "--select", "dead-link", CLOCK, *filter(None, [path]), cwd=site
    )
    assert (done.returncode, names(done)) == (1, ["dead-link"])


@pytest.mark.parametrize("folder", ["content", "real"])
def test_nothing_is_moved_there_and_one_sentence_says_so(tmp_path: Path, folder: str) -> None:
    site = linked(tmp_path, "real")
    done = run("mv", f"{folder}/posts/b.md", f"{folder}/posts/c.md", CLOCK, cwd=site)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert (site / "real/posts/b.md").exists()


def test_a_link_out_of_the_site_is_said(tmp_path: Path) -> None:
    site = linked(tmp_path, "../elsewhere")
    done = run("check", CLOCK, cwd=site)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "leads out of the site" in done.stderr
