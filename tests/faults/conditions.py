"""What may be wrong around the program, one function a condition; each raises AssertionError or Lost."""

from __future__ import annotations

import ctypes
import os
import random
import resource
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from support.memory_folder import memory_folder
from support.run import CLOCK

from .kills import WRITERS, is_whole, prepare, unkilled
from .process import Done, run, site, state

CENTURY = 36525 * 24 * 3600
WRITING = tuple(name for name in WRITERS if name != "links")
"""The writers that need no server."""
CHECK = ("check", "--output-format", "json", CLOCK)


class SkipError(Exception):
    """This machine does not permit the condition: why."""


def _right(done: Done, *codes: int) -> None:
    assert not done.plain(), done.plain()
    assert not codes or done.code in codes, (done.code, done.err[-500:])
    assert done.code != 2 or len(done.err.strip().splitlines()) <= 3, f"more than a sentence: {done.err}"


def _every_writer(before: Callable[[], object], prepared: Callable[[Path], object] = lambda _: None) -> None:
    for name in WRITING:
        writer = WRITERS[name]
        whole = unkilled(writer, 9)
        with memory_folder() as root:
            prepare(writer, root, 9)
            prepared(root)
            _right(run(root, *writer.argv, before=before))
            if writer.argv != writer.following:
                is_whole(writer, whole, root, name)


def full_disk() -> None:
    """No file may grow beyond a limit: writing fails as on a full disk."""
    for limit in (0, 3000):
        _every_writer(lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))


def full_file_system() -> None:
    """A real file system with nothing left."""
    with memory_folder() as root:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=200k", "none", root], capture_output=True, check=False
        )
        if mounted.returncode:
            raise SkipError("nothing can be mounted here")
        try:
            site(root)
            with suppress(OSError), (root / "filler").open("wb", buffering=0) as filler:
                while filler.write(b"x" * 4096):
                    pass
            old = state(root)
            for name in WRITING:
                _right(run(root, *WRITERS[name].argv))
                _right(run(root, "check", "--quiet"), 0, 1)
                assert state(root) == old, (
                    f"{name} changed {[p for p, data in state(root).items() if old.get(p) != data]}"
                )
        finally:
            subprocess.run(["umount", root], check=False)


def _as_anybody() -> None:
    """Of root leave what any owner of the files may do: no capability, so that the modes of files count."""
    if os.geteuid() == 0 and sys.platform == "linux":
        header = struct.pack("Ii", 0x20080522, 0)  # version 3, this process
        if ctypes.CDLL(None).capset(header, bytes(24)):
            raise SkipError("root cannot become anybody here")


def _closed_to_writing(root: Path) -> None:
    for path in (root, *root.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)


def read_only_folders() -> None:
    """Nothing of the site can be written."""
    _every_writer(_as_anybody, _closed_to_writing)


def unreadable_folder() -> None:
    """A folder of pages cannot be looked into: the report says so."""
    with memory_folder() as root:
        site(root)
        closed = root / "content/closed"
        closed.mkdir()
        closed.chmod(0)
        for path in (root, root / "content", root / "content/posts"):
            path.chmod(0o755)
        done = run(root, *CHECK, before=_as_anybody)
        _right(done, 1)
        assert "content/closed" in done.out, "the folder is not reported"


def unreadable_file() -> None:
    """A page, and the configuration, cannot be read."""
    for name, codes in (
        ("content/posts/p1.md", (1,)),
        ("vitdlint.toml", (2,)),
        ("hugo.toml", (2,)),
        ("baseline.json", (2,)),
    ):
        with memory_folder() as root:
            site(root).chmod(0o755)
            (root / name).chmod(0)
            done = run(root, *CHECK, before=_as_anybody)
            _right(done, *codes)
            assert Path(name).name in done.out + done.err


def vanishing_files() -> None:
    """Pages go and come back while they are read."""
    chance = random.Random(1)
    for writer in ("cache", "--fix", "--add-suppressions"):
        for _ in range(6):
            with memory_folder() as root:
                pages = sorted(site(root).glob("content/posts/*.md"))

                def vanish(_pid: int, pages: list[Path] = pages) -> None:
                    for page in chance.sample(pages, 4):
                        time.sleep(chance.random() / 50)
                        page.unlink(missing_ok=True)

                _right(run(root, *WRITERS[writer].argv, after_start=vanish))
                _right(run(root, "check"), 0, 1)


def _again(root: Path, argv: tuple[str, ...], done: list[Done], _pid: int) -> None:
    done.append(run(root, *argv))


def two_at_once() -> None:
    """Two of the same command on one site: together they leave what one leaves, or one of them says why not."""
    for name in WRITING:
        writer = WRITERS[name]
        whole = unkilled(writer, 9)
        for _ in range(3):
            with memory_folder() as root:
                prepare(writer, root, 9)
                second: list[Done] = []
                first = run(root, *writer.argv, after_start=partial(_again, root, writer.argv, second))
                for done in (first, *second):
                    _right(done)
                if name not in ("--history", "--add-suppressions"):  # which do more when they are done twice
                    is_whole(writer, whole, root, name)


def clock_that_jumps() -> None:
    """A run a century ahead or behind, and files as old or as young, leave nothing that changes the next report."""
    with memory_folder() as root:
        site(root)
        right = run(root, *CHECK, "--no-cache")
        for offset in (CENTURY, -CENTURY // 2, 0):
            for year in ("2126", "1926", "0002", "9998"):
                _right(run(root, "check", f"--clock={year}-01-01T00:00:00Z"), 0, 1)
            for year in ("0001", "9999"):
                _right(run(root, "check", f"--clock={year}-01-01T00:00:00Z"), 2)
            for path in root.rglob("*.md"):
                os.utime(path, (time.time() + offset,) * 2)
            for _ in range(2):
                done = run(root, *CHECK)
                _right(done)
                assert done.out == right.out, "the report depends on what another clock has stored"


def streams() -> None:
    """Standard output that is closed or full, standard error that is full, standard input that is closed."""

    def full(number: int) -> Callable[[], None]:
        return lambda: os.dup2(os.open("/dev/full", os.O_WRONLY), number)

    if not Path("/dev/full").exists():
        raise SkipError("there is no /dev/full")
    for command in (
        ("check",),
        ("check", "--fix"),
        ("check", "--diff"),
        ("site",),
        ("rules",),
        ("init", "--dry-run"),
    ):
        for before, codes in (
            (full(1), (2,)),
            (lambda: os.close(1), (0, 1, 2)),
            (full(2), (0, 1, 2)),
            (lambda: os.close(0), (0, 1, 2)),
        ):
            with memory_folder() as root:
                site(root)
                if command[0] == "init":
                    (root / "vitdlint.toml").unlink()
                done = run(root, *command, before=before)
                assert done.code in codes, (command, done)
                assert "Traceback" not in done.err, done.err


def deleted_folder() -> None:
    """The folder that one is in is gone."""
    for command in (
        ("check",),
        ("check", "--fix"),
        ("init",),
        ("site",),
        ("cache",),
        ("rules",),
        ("mv", "a.md", "b.md"),
    ):
        with memory_folder() as root:
            gone = root / "gone"
            gone.mkdir()
            _right(run(gone, *command, before=gone.rmdir), 2)


CONDITIONS: dict[str, Callable[[], None]] = {
    condition.__name__.replace("_", " "): condition
    for condition in (
        *(full_disk, full_file_system, read_only_folders, unreadable_folder, unreadable_file),
        *(vanishing_files, two_at_once, clock_that_jumps, streams, deleted_folder),
    )
}
