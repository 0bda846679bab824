"""Trees: the same answers from the disk, from memory and through an overlay."""

from __future__ import annotations

import os
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from vitdlint.files.tree import CLOSED_FOLDER, LINK, DiskTree, MemoryTree, OverlayTree, Tree

FILES = {"a.md": b"a", "content/b.md": b"bb", "content/deep/c.md": b"", "contents/d.md": b"d"}


@pytest.fixture(params=["disk", "memory", "overlay"])
def tree(request: pytest.FixtureRequest, tmp_path: Path) -> Tree:
    for path, data in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    if request.param == "disk":
        return DiskTree(tmp_path)
    if request.param == "memory":
        return MemoryTree(FILES)
    return OverlayTree(MemoryTree({**FILES, "content/b.md": b"old"}), {"content/b.md": b"bb"})


def test_files_below_a_folder_are_listed_with_their_sizes(tree: Tree) -> None:
    assert dict(tree.files("content")) == {"content/b.md": 2, "content/deep/c.md": 0}
    assert dict(tree.files("content/deep")) == {"content/deep/c.md": 0}
    assert dict(tree.files("")) == {path: len(data) for path, data in FILES.items()}
    assert dict(tree.files("none")) == {}


def test_a_folder_and_a_file_exist_and_nothing_else(tree: Tree) -> None:
    assert tree.exists("content")
    assert tree.exists("content/b.md")
    assert not tree.exists("content/x.md")
    assert tree.read("content/b.md") == b"bb"
    with pytest.raises(FileNotFoundError):
        tree.read("content/x.md")


def test_links_are_listed_and_none_leads_out_of_the_root(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/secret").write_text("s")
    site = tmp_path / "site"
    site.mkdir()
    (site / "file").symlink_to("../out/secret")
    (site / "folder").symlink_to("../out")
    (site / "self").symlink_to(".")
    tree = DiskTree(site)
    assert dict(tree.files("")) == {"file": LINK, "folder": LINK, "self": LINK}
    assert dict(tree.files("folder")) == {}
    assert dict(DiskTree(site).files("folder")) == {}
    for path in ("file", "folder/secret", "../out/secret"):
        with pytest.raises(OSError, match=r"outside|is a"):
            tree.read(path)


def test_the_state_of_a_tree_sees_every_change(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    page = tmp_path / "content/a.md"
    page.write_text("one")

    def sign() -> dict[str, bytes]:
        tree = DiskTree(tmp_path)
        tree.files("content")
        tree.exists("hugo.toml")
        return tree.state(*tree.looked_at())

    seen = [sign()]
    before = page.stat()
    page.write_text("two")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    seen.append(sign())
    (tmp_path / "content/b.md").write_text("")
    seen.append(sign())
    (tmp_path / "hugo.toml").write_text("")
    seen.append(sign())
    page.unlink()
    seen.append(sign())
    assert all(one != other for one, other in pairwise(seen))
    assert seen[-1] == sign()


def test_a_folder_that_is_itself_a_link_is_listed_whoever_listed_the_root_before(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.md").write_text("a")
    (tmp_path / "content").symlink_to("real")
    tree = DiskTree(tmp_path)
    assert dict(tree.files("")) == {"content": LINK, "real/a.md": 1}
    assert dict(tree.files("content")) == {"content/a.md": 1}
    assert tree.read("content/a.md") == b"a"


def test_folders_that_link_to_one_another_are_listed_at_once(tmp_path: Path) -> None:
    for one in range(10):
        (tmp_path / f"{one}").mkdir()
        for other in range(10):
            (tmp_path / f"{one}/to{other}").symlink_to(f"../{other}")
    assert set(DiskTree(tmp_path).files("").values()) == {LINK}


def test_folders_nested_beyond_what_the_system_takes_are_reported_where_they_end(tmp_path: Path) -> None:
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(2500):
            os.mkdir("d")
            os.chdir("d")
    finally:
        os.chdir(here)
    try:
        ((path, size),) = DiskTree(tmp_path).files("").items()
        assert size == CLOSED_FOLDER
        assert path.count("/") > 1000
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)  # pytest would fail to


def test_a_folder_that_may_not_be_read_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    real = os.open

    def closed(path: str, flags: int) -> int:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, flags)

    monkeypatch.setattr(os, "open", closed)  # nothing is closed to root
    assert dict(DiskTree(tmp_path).files("")) == {"closed": CLOSED_FOLDER}
