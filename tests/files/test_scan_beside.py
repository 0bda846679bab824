"""A process beside this one finds in the folders what the tree itself would find; if it fails, the tree does it."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from support.run import write

from vitdlint.files import scan_beside as module
from vitdlint.files.scan_beside import scan_beside
from vitdlint.files.tree import DiskTree
from vitdlint.linter.check_site import lint
from vitdlint.linter.incremental.last_run import COARSE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, {"content/a.md": "a", "content/deep/er/b é.md": "bb", "static/c": "ccc", "data/d": ""})
    (tmp_path / "content/link.md").symlink_to("a.md")
    os.mkfifo(tmp_path / "content/pipe")
    (tmp_path / os.fsdecode(b"content/\xff.md")).write_bytes(b"not UTF-8")
    return tmp_path


def _no_child_is_left() -> bool:
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    return True


def test_it_finds_what_the_tree_finds_and_the_tree_looks_no_more(site: Path) -> None:
    expected, disk = DiskTree(site), DiskTree(site)
    folders = ("content", "static", "none", "@/outside")
    content, state = expected.scan("content"), expected.state(folders[:2], ("none",))
    done: list[str] = []
    scan_beside(
        disk, folders, module.WORTH_IT, (lambda: done.append(""), lambda: time.sleep(1), *(pytest.fail,) * 9)
    )()
    assert _no_child_is_left()
    (site / "content/later.md").write_text("")
    assert disk.scan("content") == content != DiskTree(site).scan("content")
    assert dict(disk.files("static")) == {"static/c": 3}
    assert dict(disk.files("none")) == {}
    assert dict(disk.files("data")) == {"data/d": 0}
    assert disk.state(folders[:2], ("none",)) == state


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError, MemoryError])
def test_if_it_fails_the_tree_looks_itself(
    site: Path, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException]
) -> None:
    disk, scan = DiskTree(site), DiskTree.scan

    def failing(_tree: DiskTree, _folder: str) -> None:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(DiskTree, "scan", failing)
        scan_beside(disk, ("content",), module.WORTH_IT)()
    assert _no_child_is_left()
    assert disk.scan("content") == scan(DiskTree(site), "content")


def test_a_few_files_need_no_process(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a process"))
    scan_beside(DiskTree(site), ("content",), module.WORTH_IT - 1)()


def test_where_no_process_can_be_made_the_tree_looks_itself(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    disk = DiskTree(site)
    scan_beside(disk, ("content",), module.WORTH_IT)()
    assert disk.scan("content") == DiskTree(site).scan("content")


def test_it_works_where_ended_children_are_forgotten(site: Path) -> None:
    before, disk = signal.signal(signal.SIGCHLD, signal.SIG_IGN), DiskTree(site)
    try:
        scan_beside(disk, ("content",), module.WORTH_IT)()
    finally:
        signal.signal(signal.SIGCHLD, before)
    (site / "content/later.md").write_text("")
    assert "content/later.md" not in disk.scan("content")


def test_runs_with_and_without_it_report_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "---\ntitle: Page {0}\n---\n\nTo [one](/p1/) and [none](/none/{0}/).\n"
    write(tmp_path, {"hugo.toml": "", **{f"content/p{n}.md": page.format(n) for n in range(5)}})
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    monkeypatch.setattr(module, "WORTH_IT", 1)
    processes, fork = [], os.fork
    monkeypatch.setattr(os, "fork", lambda: processes.append(0) or fork())  # type: ignore[func-returns-value]
    time.sleep(COARSE / 1e9 + 0.2)
    for path, text in (("p1.md", None), ("p1.md", page.format(7)), ("new.md", "# New\n"), ("p2.md", "")):
        if text is not None:
            (tmp_path / "content" / path).write_text(text)
        assert lint(tmp_path, jobs=1) == lint(tmp_path, jobs=1) == lint(tmp_path, jobs=1, cached=False)
    assert len(processes) == 7, "every run but the first and those without stored results"
