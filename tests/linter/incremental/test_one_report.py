"""However a report is made, it is the same bytes: on real pages, by every way there is to make one."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.run import CLOCK, git, run

from vitdlint.linter.incremental.last_run import COARSE

CHECK = ("check", "--output-format", "json", "--exit-zero", CLOCK)


@pytest.fixture(scope="module")
def site(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real pages, committed."""
    archive = shared / "corpus" / "vitd-posts.tar.gz"
    if not archive.is_file():
        pytest.skip("the real pages are not in ../shared/corpus")
    site = tmp_path_factory.mktemp("real") / "site"
    shutil.unpack_archive(archive, site, filter="data")
    git(site, "init", "-q")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "All pages")
    return site


def printed(site: Path, cache: Path, *options: str) -> str:
    """What a run with a cache of its own prints."""
    done = run(*CHECK, *options, cwd=site, timeout=600, XDG_CACHE_HOME=str(cache))
    assert done.returncode == 0, done.stderr
    return done.stdout


def one_report(site: Path, caches: Path, ways: dict[str, tuple[str, ...]], *options: str) -> str:
    """The report, after every way to make it was compared with the first run."""
    time.sleep(COARSE / 1e9 + 0.5)  # what was just written is not recognised by its times
    cold = printed(site, caches / "fast", *options)
    assert printed(site, caches / "fast", *options) == cold, "recalled"
    for way, more in ways.items():
        assert printed(site, caches / "others", *options, *more) == cold, way
    # A new time is no change: the report is made from what is remembered of each page.
    for page in sorted((site / "content").rglob("*.md"))[::100]:
        os.utime(page)
    assert printed(site, caches / "fast", *options) == cold, "remembered pages"
    assert printed(site, caches / "fast", *options, "--jobs", "1") == cold, "remembered pages, once more"
    return cold


FEW = {"one process": ("--no-cache", "--jobs", "1"), "reference": ("--reference", "--jobs", "2")}
EVERY = {
    **FEW,
    "three processes": ("--no-cache", "--jobs", "3"),
    "reference, recalled": ("--reference", "--jobs", "2"),
    "reference, one process": ("--no-cache", "--reference", "--jobs", "1"),
}


@pytest.mark.slow
def test_the_report_of_real_pages_is_the_same_bytes_however_it_is_made(site: Path, tmp_path: Path) -> None:
    assert one_report(site, tmp_path, EVERY).count('"code"') > 1_000


@pytest.mark.slow
@pytest.mark.parametrize("how", ["--since=HEAD", "--staged"])
def test_what_a_change_of_real_pages_causes_is_the_same_bytes_however_it_is_made(
    site: Path, tmp_path: Path, how: str
) -> None:
    pages = sorted((site / "content").rglob("*.md"))
    try:
        for page in pages[10:30]:
            page.write_bytes(
                page.read_bytes() + b"\n\n[away](/posts/not-there/) and [x](https://exa mple.org)\n"
            )
        for page in pages[200:205]:
            page.unlink()
        pages[300].rename(pages[300].with_name("moved.md"))
        pages[400].write_bytes(pages[400].read_bytes().replace(b'"title": "', b'"title": "New ', 1))
        git(site, "add", "-A")
        whole = printed(site, tmp_path / "fast")
        reported = one_report(site, tmp_path, FEW, how)
    finally:
        git(site, "reset", "-q", "--hard")
    assert reported.count("/posts/not-there/") >= 20
    assert reported.count('"code"') < whole.count('"code"')


@pytest.mark.slow
def test_after_an_edit_of_a_real_page_stored_results_give_the_bytes_of_a_first_run(
    site: Path, tmp_path: Path
) -> None:
    pages = sorted((site / "content").rglob("*.md"))
    old = printed(site, tmp_path)
    edits: dict[str, Callable[[], object]] = {
        "body": lambda: pages[7].write_bytes(pages[7].read_bytes() + b"\n[away](/posts/not-there/)\n"),
        "title": lambda: pages[9].write_bytes(
            pages[9].read_bytes().replace(b'"title": "', b'"title": "N ', 1)
        ),
        "slug": lambda: pages[11].write_bytes(
            pages[11].read_bytes().replace(b'"slug": "', b'"slug": "n-', 1)
        ),
        "deleted": pages[13].unlink,
        "added": lambda: (
            pages[13].with_name("added.md").write_text("---\ntitle: Added\nslug: nowhere\n---\n")
        ),
        "body again": lambda: pages[7].write_bytes(pages[7].read_bytes() + b"\nOne more line.\n"),
        "taken back": lambda: git(site, "checkout", "-q", "."),
        "all taken back": lambda: git(site, "clean", "-qdf"),
    }
    try:
        for name, edit in edits.items():
            edit()
            warm = printed(site, tmp_path)
            assert warm == printed(site, tmp_path, "--no-cache"), name
        assert warm == old
    finally:
        git(site, "checkout", "-q", ".")
        git(site, "clean", "-qdf")
