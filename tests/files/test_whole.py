"""A file is written as a whole or not at all: full disks, links, devices, folders that are closed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.run import CLOCK, VITDLINT, write

from vitdlint.files.whole import add_line, write_whole

SITE = {
    "hugo.toml": "",
    "content/a.md": "---\ntitle: A\n---\n" + "[a](/nowhere/)\n" * 500,
    "vitdlint.toml": 'select = ["dead-link"]\n',
}


def test_the_content_is_replaced_and_the_mode_stays(tmp_path: Path) -> None:
    file = write(tmp_path, {"report.txt": "old"}) / "report.txt"
    file.chmod(0o640)
    write_whole(file, b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)
    assert list(tmp_path.iterdir()) == [file]


def test_a_new_file_has_the_mode_of_any_other(tmp_path: Path) -> None:
    write_whole(tmp_path / "new", b"")
    (tmp_path / "other").touch()
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="needs rights there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    write(tmp_path, {"there/report.txt": "old"})
    (tmp_path / "link").symlink_to("there/report.txt")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there/report.txt").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="no such devices")
def test_what_is_no_file_is_written_into(tmp_path: Path) -> None:
    write_whole(Path("/dev/null"), b"new")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        write_whole(pipe, b"new")
        assert reader.communicate()[0] == b"new"


def test_what_a_killed_run_left_is_removed_and_what_another_writes_is_not(tmp_path: Path) -> None:
    write(tmp_path, {".report.txt.new-1": "half", ".report.txt.new-2": "half", ".other.new-1": "half"})
    old = time.time() - 3600
    for name in (".report.txt.new-1", ".other.new-1"):
        os.utime(tmp_path / name, (old, old))
    write_whole(tmp_path / "report.txt", b"new")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"report.txt", ".report.txt.new-2", ".other.new-1"}


@pytest.mark.parametrize(
    ("before", "after"),
    [(None, b"b\n"), (b"a", b"a\nb\n"), (b"a\r\n", b"a\r\nb\n"), (b"\xff\n", b"\xff\nb\n")],
)
def test_a_line_is_added_to_what_is_there(tmp_path: Path, before: bytes | None, after: bytes) -> None:
    file = write(tmp_path, {} if before is None else {"lines": before}) / "lines"
    add_line(file, "b\n")
    assert file.read_bytes() == after


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files as a full disk does")
@pytest.mark.parametrize(
    ("args", "kept"),
    [
        (["--output-format", "json=out.json"], "out.json"),
        (["--output-format", "html=out.html"], "out.html"),
        (["--output-file", "out.txt"], "out.txt"),
        (["--baseline", "base.json", "--update-baseline"], "base.json"),
    ],
)
def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, args: list[str], kept: str
) -> None:
    import resource  # Windows has none

    write(tmp_path, SITE)
    command = [*VITDLINT, "check", "--no-cache", CLOCK, *args]
    first = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "cannot" not in first.stderr
    old = (tmp_path / kept).read_bytes()
    write(tmp_path, {"content/a.md": SITE["content/a.md"].replace("nowhere", "elsewhere")})
    before = sorted(tmp_path.iterdir())

    done = subprocess.run(
        command,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),  # one thread
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1, done.stderr
    assert "cannot be written: File too large" in done.stderr
    assert (tmp_path / kept).read_bytes() == old
    assert sorted(tmp_path.iterdir()) == before
