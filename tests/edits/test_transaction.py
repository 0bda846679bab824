from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from support.paths import ROOT

from vitdlint.edits.journal import NAME, interrupted
from vitdlint.edits.transaction import Change, WriteError, recover, write

KILLED = """
import os, signal, sys
from pathlib import Path
from vitdlint.edits.transaction import Change, write

root, stop = Path(sys.argv[1]), int(sys.argv[2])
count = 0

def step(name):
    global count
    count += 1
    if count == stop:
        os.kill(os.getpid(), signal.SIGKILL)

write(root, [[
    Change(root / "content/a.md", b"old a\\n", b"new a\\n"),
    Change(root / "content/b.md", b"old b\\n", None),
    Change(root / "content/deep/er/c.md", None, b"new c\\n"),
    Change(root / "content/d.md", b"old d\\n", b"new d\\n"),
]], step)
print(count)
"""


def site(folder: Path) -> Path:
    (folder / "content").mkdir(parents=True)
    for name in "abd":
        (folder / f"content/{name}.md").write_bytes(f"old {name}\n".encode())
    return folder


def state(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


OLD = {"content/a.md": b"old a\n", "content/b.md": b"old b\n", "content/d.md": b"old d\n"}
NEW = {"content/a.md": b"new a\n", "content/d.md": b"new d\n", "content/deep/er/c.md": b"new c\n"}


def run_and_kill(folder: Path, stop: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(stop)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


STEPS = 11  # journal, three contents, ready, four renames, done, end


def test_a_write_takes_the_steps_that_are_tested(tmp_path: Path) -> None:
    done = run_and_kill(site(tmp_path), 0)
    assert (done.returncode, done.stdout) == (0, f"{STEPS}\n")
    assert state(tmp_path) == NEW


@pytest.mark.parametrize("stop", range(1, STEPS + 1))
def test_killed_at_any_step_the_next_command_leaves_all_old_or_all_new(tmp_path: Path, stop: int) -> None:
    done = run_and_kill(site(tmp_path), stop)
    assert done.returncode == -signal.SIGKILL
    notes = recover(tmp_path)
    assert state(tmp_path) == (OLD if stop <= 5 else NEW)
    assert len(notes) == (0 if stop in (1, STEPS) else 1)
    assert recover(tmp_path) == ()


def test_killed_while_recovering_the_next_command_goes_on(tmp_path: Path) -> None:
    run_and_kill(site(tmp_path), 8)
    before = state(tmp_path)
    code = (
        "import os, signal, sys; from pathlib import Path; import vitdlint.edits.transaction as j\n"
        "take = j._Step.take\n"
        "def once(self): take(self); os.kill(os.getpid(), signal.SIGKILL)\n"
        "j._Step.take = once; j.recover(Path(sys.argv[1]))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert state(tmp_path) != before
    recover(tmp_path)
    assert state(tmp_path) == NEW


def test_a_file_edited_after_the_crash_is_left_alone_and_named(tmp_path: Path) -> None:
    run_and_kill(site(tmp_path), 7)  # a.md is new, the others wait
    (tmp_path / "content/d.md").write_bytes(b"edited\n")
    notes = recover(tmp_path)
    assert "content/d.md was changed in the meantime" in notes[1]
    assert state(tmp_path) == {**NEW, "content/d.md": b"edited\n"}


def test_a_file_edited_after_a_crash_before_any_rename_rolls_everything_back(tmp_path: Path) -> None:
    run_and_kill(site(tmp_path), 6)
    (tmp_path / "content/d.md").write_bytes(b"edited\n")
    assert "rolled back" in recover(tmp_path)[0]
    assert state(tmp_path) == {**OLD, "content/d.md": b"edited\n"}


def test_a_file_that_changed_meanwhile_keeps_its_whole_group_back(tmp_path: Path) -> None:
    site(tmp_path)
    a, b, d = (tmp_path / f"content/{name}.md" for name in "abd")
    done = write(
        tmp_path,
        [
            [Change(a, b"other\n", b"new a\n"), Change(b, b"old b\n", b"new b\n")],
            [Change(d, b"old d\n", b"new d\n")],
        ],
    )
    assert done.paths == (d,)
    assert done.changed_meanwhile == (a,)
    assert state(tmp_path) == {**OLD, "content/d.md": b"new d\n"}


def test_mode_and_links_are_kept(tmp_path: Path) -> None:
    site(tmp_path)
    a, link = tmp_path / "content/a.md", tmp_path / "content/link.md"
    a.chmod(0o640)
    link.symlink_to("a.md")
    write(tmp_path, [[Change(link, b"old a\n", b"new a\n")]])
    assert link.is_symlink()
    assert a.read_bytes() == b"new a\n"
    assert stat.S_IMODE(a.stat().st_mode) == 0o640


def test_a_new_file_may_not_exist_already(tmp_path: Path) -> None:
    site(tmp_path)
    done = write(tmp_path, [[Change(tmp_path / "content/a.md", None, b"x")]])
    assert done.paths == ()
    assert done.changed_meanwhile == (tmp_path / "content/a.md",)


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    site(tmp_path)
    (tmp_path / "content").chmod(0o500)
    with pytest.raises(WriteError, match="nothing was written"):
        write(tmp_path, [[Change(tmp_path / "content/a.md", b"old a\n", b"x")]])
    (tmp_path / "content").chmod(0o700)
    assert state(tmp_path) == OLD


def test_a_failure_while_contents_are_written_leaves_nothing(tmp_path: Path) -> None:
    site(tmp_path)

    def full(name: str) -> None:
        if name == "ready":
            raise OSError(28, "No space left on device")

    with pytest.raises(WriteError, match="No space left on device; nothing was written"):
        write(tmp_path, [[Change(tmp_path / "content/a.md", b"old a\n", b"x")]], full)
    assert state(tmp_path) == OLD


def test_two_programs_do_not_write_at_once(tmp_path: Path) -> None:
    site(tmp_path)
    refused = []

    def meanwhile(name: str) -> None:
        if name == "rename":
            try:
                write(tmp_path, [[Change(tmp_path / "content/d.md", b"old d\n", b"x")]])
            except WriteError as error:
                refused.append(str(error))

    write(tmp_path, [[Change(tmp_path / "content/a.md", b"old a\n", b"x")]], meanwhile)
    assert len(refused) == 1
    assert "another vitdlint" in refused[0]


@pytest.mark.parametrize(
    "journal",
    [
        b"",
        b"{",
        b"[]",
        b'{"ready": true, "files": [{"source": ""}]}',
        b'{"ready": true, "files": [{"source": "", "target": "/etc/hosts", "before": "", "after": ""}]}',
    ],
)
def test_a_journal_that_makes_no_sense_or_leads_outside_is_an_error(tmp_path: Path, journal: bytes) -> None:
    (tmp_path / NAME).write_bytes(journal)
    with pytest.raises(WriteError, match="remove it to go on"):
        recover(tmp_path)


def test_nothing_to_recover_is_quick_and_silent(tmp_path: Path) -> None:
    assert recover(tmp_path) == ()


def test_a_journal_of_a_stranger_removes_no_file_but_ours(tmp_path: Path) -> None:
    root = site(tmp_path / "site")
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    step = {"source": str(mine), "target": str(root / "content/a.md"), "before": "", "after": ""}
    for ready in (False, True):
        (root / NAME).write_text(json.dumps({"ready": ready, "files": [step]}))
        with pytest.raises(WriteError, match="not ours"):
            recover(root)
    assert mine.read_text() == "mine"


@pytest.mark.parametrize(
    "entry",
    [
        [],
        {"ready": True, "files": 5},
        {"ready": True, "files": [5]},
        {"ready": True, "files": [{"source": 1, "target": 2, "before": 3, "after": 4}]},
        {"ready": True, "files": [{"source": "", "target": "a\0", "before": "", "after": ""}]},
        {"files": []},
    ],
)
def test_a_journal_of_any_other_shape_is_an_error(tmp_path: Path, entry: object) -> None:
    (tmp_path / NAME).write_text(json.dumps(entry))
    with pytest.raises(WriteError, match="remove it to go on"):
        recover(tmp_path)


def test_a_journal_that_was_not_yet_in_place_is_removed(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.vitdlint-new").write_text("{")
    assert interrupted(tmp_path)
    assert recover(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site(tmp_path)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    a = tmp_path / "content/a.md"
    with pytest.raises(WriteError, match="No space left on device; nothing was written"):
        write(tmp_path, [[Change(a, b"old a\n", b"new a\n")]])
    assert state(tmp_path) == OLD
    assert not interrupted(tmp_path)


def test_a_rename_that_fails_is_finished_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site(tmp_path)
    changes = [
        Change(tmp_path / f"content/{n}.md", f"old {n}\n".encode(), f"new {n}\n".encode()) for n in "ab"
    ]

    replace = os.replace

    def broken(source: str, target: str) -> None:
        if str(target).endswith("b.md"):
            raise OSError(errno.EIO, "Input/output error")
        replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", broken)
        with pytest.raises(WriteError, match="the next run finishes that"):
            write(tmp_path, [changes])
    recover(tmp_path)
    assert (tmp_path / "content/a.md").read_bytes() == b"new a\n"
    assert not interrupted(tmp_path)
