"""The command `links` and what `check --external` reads afterwards, on a small site and local hosts."""

from __future__ import annotations

import asyncio
import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jsonschema
import pytest
from support.local_hosts import World, status, to

from vitdlint.cli.links import links
from vitdlint.cli.options import LinksOptions
from vitdlint.core.errors import UsageError


@contextmanager
def running(world: World) -> Iterator[World]:
    """The world in a thread of its own: the command runs its own loop."""
    ready, done = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def live() -> None:
        async with world:
            ready.set()
            await done.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(live(),))
    thread.start()
    ready.wait(10)
    try:
        yield world
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join(10)
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


def site(folder: Path, world: World, *pages: str, more: str = "") -> None:
    """A site whose pages link to these URLs."""
    (folder / "content").mkdir(exist_ok=True)
    (folder / "hugo.toml").write_text('baseURL = "https://example.org/"\n')
    control = world.url("control.test/")
    (folder / "vitdlint.toml").write_text(
        "[links]\ninterval = 0.0\nsecond-try = 0.05\ndeadline = 2.0\n"
        f'[links.endpoints]\ncontrol = "{control}"\ndoi = "{world.url("registry.test/api/handles/")}"\n{more}'
    )
    for number, text in enumerate(pages):
        (folder / "content" / f"p{number}.md").write_text(f"---\ntitle: Page {number}\n---\n{text}\n")


def run(world: World, folder: Path, **options: object) -> int:
    defaults = {"path": folder, "clock": "2026-01-31T06:00:00Z", "no_cache": True, "jobs": 1, "quiet": False}
    asked = LinksOptions()._replace(**{**defaults, **options})
    return links(asked, resolve=world.resolve, allow=lambda address: address.startswith("127."))


def test_the_first_run_reports_what_looks_dead_and_does_not_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    world = World(
        pages={
            "a.test/gone": status(404),
            "a.test/old": to("/new"),
            "b.test/x": status(403),
            "c.test/y": status(500),
        }
    )
    with running(world):
        gone, old, blocked, trouble = (
            world.url(u) for u in ("a.test/gone", "a.test/old", "b.test/x", "c.test/y")
        )
        site(
            tmp_path, world, f"[a]({gone}#part) and [b]({old})", f"[a]({gone}) [c]({blocked}) [d]({trouble})"
        )
        assert run(world, tmp_path) == 0
    out = capsys.readouterr().out
    assert "content/p0.md:4:5: warning[VD802]" in out.replace(" VD802", "[VD802]") or "VD802" in out
    assert out.count("suspect-external") == 2
    assert "moved-permanently" in out
    assert "unreachable-external" not in out
    assert "4 external links, 4 asked" in out
    assert "1  gone" in out
    assert len(world.asked("a.test/gone")) == 2, "asked twice, whatever the fragment and however many pages"
    assert (tmp_path / ".vitdlint-links.txt").read_text().count("\n") == 2 + 4
    assert not (tmp_path / ".vitdlint-links.txt.journal").exists()


def test_nothing_is_asked_again_before_it_is_due(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with running(World()) as world:
        site(tmp_path, world, f"[a]({world.url('a.test/1')}) [b]({world.url('a.test/2')})")
        run(world, tmp_path)
        before = len(world.log)
        run(world, tmp_path, clock="2026-02-07T06:00:00Z")
        assert len(world.log) == before
        assert "2  checked already" in capsys.readouterr().out
        run(world, tmp_path, clock="2026-02-07T06:00:00Z", recheck=(world.url("a.test/2#x"),))
        assert len(world.log) == before + 1
        with pytest.raises(UsageError, match="no page links to"):
            run(world, tmp_path, recheck=("https://elsewhere.test/",))


def test_dry_run_lists_and_asks_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with running(World()) as world:
        url = world.url("a.test/1")
        site(tmp_path, world, f"[a]({url}) [mail](mailto:x@y.test) [own](https://example.org/p1/)")
        assert run(world, tmp_path, dry_run=True) == 0
        captured = capsys.readouterr()
        assert captured.out == f"{url}\n"
        assert "1  a.test: 0 s at least" in captured.err
        assert "1 link on 1 host would be asked, 0 not; that takes 0 s at least" in captured.err
        assert world.log == []
        assert not (tmp_path / ".vitdlint-links.txt").exists()


def test_the_json_document_has_a_version_and_masks_secrets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with running(World(pages={"a.test/x?token=hunter2hunter2&y=1": status(404)})) as world:
        url = world.url("a.test/x?token=hunter2hunter2&y=1").replace("//", "//me:swordfish@")
        site(tmp_path, world, f"[a]({url})")
        run(world, tmp_path, output_format="full")
        printed = capsys.readouterr()
        assert "suspect-external" in printed.out
        assert "hunter2" not in printed.out + printed.err
        assert "swordfish" not in printed.out + printed.err
        run(world, tmp_path, output_format="json")
    captured = capsys.readouterr()
    document = json.loads(captured.out)
    schema = json.loads((Path(__file__).parent.parent.parent / "schemas" / "links.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(document)
    assert document["version"] == 1
    assert document["classes"] == {"gone": 1}
    assert [link["class"] for link in document["links"]] == ["gone"]
    assert [d["name"] for d in document["diagnostics"]] == ["suspect-external"]
    assert world.log[0].headers["authorization"].startswith("Basic ")
    everything = captured.out + captured.err + (tmp_path / ".vitdlint-links.txt").read_text()
    assert "swordfish" not in everything
    assert "hunter2" not in everything


def test_an_expired_ignore_is_a_finding_and_a_current_one_is_obeyed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with running(World()) as world:
        more = "".join(
            f'[[links.ignore]]\nurl = "{world.url(f"{name}.test/*")}"\nreason = "seen"\nexpires = "{day}"\n'
            for name, day in (("old", "2026-01-30"), ("current", "2026-06-30"))
        )
        site(tmp_path, world, f"[a]({world.url('old.test/x')}) [b]({world.url('current.test/x')})", more=more)
        run(world, tmp_path)
        out = capsys.readouterr().out
        assert "expired-ignore" in out
        assert "vitdlint.toml:" in out
        assert "ignored until 2026-06-30" in out
        assert [r.host for r in world.log] == ["old.test"]


def test_only_what_a_change_adds_is_asked_and_a_dead_one_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with running(World(pages={"new.test/gone": status(404), "old.test/gone": status(404)})) as world:
        old, new = world.url("old.test/gone"), world.url("new.test/gone")
        site(tmp_path, world, f"[a]({old})")

        def git(*words: str) -> None:
            subprocess.run(
                ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words],
                cwd=tmp_path, check=True, capture_output=True,
            )  # fmt: skip

        git("init", "-q", "-b", "main")
        git("add", ".")
        git("commit", "-qm", "one")
        git("switch", "-qc", "topic")
        (tmp_path / "content" / "p1.md").write_text(f"---\ntitle: New\n---\n[a]({old}) [b]({new})\n")
        code = run(world, tmp_path, only_new=True, since="main", budget="20s")
        assert {r.host for r in world.log} == {"new.test"}
        out = capsys.readouterr().out
        assert "dead-external" in out
        assert code == 1


def test_a_network_that_is_down_ends_with_3_and_condemns_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    monkeypatch.chdir(tmp_path)
    down = socket.gaierror(socket.EAI_NONAME, "no such name")
    names: dict[str, list[str] | OSError] = {f"h{i}.test": down for i in range(40)} | {"control.test": down}
    with running(World(names=names)) as world:
        site(tmp_path, world, *(f"[a]({world.url(f'h{i}.test/')})" for i in range(40)))
        assert run(world, tmp_path) == 3
        assert "network or a block is suspected" in capsys.readouterr().out
        assert "dns-dead" not in (tmp_path / ".vitdlint-links.txt").read_text()


def test_check_reads_what_is_known_and_needs_no_network(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from vitdlint.cli.app import run as command

    monkeypatch.chdir(tmp_path)
    with running(World(pages={"a.test/gone": status(404)})) as world:
        gone = world.url("a.test/gone")
        site(tmp_path, world, f"[a]({gone})")
        run(world, tmp_path)

    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words],
            cwd=tmp_path, check=True, capture_output=True,
        )  # fmt: skip

    git("init", "-q", "-b", "main")
    git("add", "hugo.toml", "vitdlint.toml")
    git("commit", "-qm", "before the page")
    capsys.readouterr()
    options = ["--no-cache", "--jobs", "1", "--clock", "2026-01-31T12:00:00Z", "--select", "VD8"]
    assert command(["check", "--external", *options]) == 0
    assert "suspect-external" in capsys.readouterr().out
    (tmp_path / "content" / "other.md").write_text(
        "---\ntitle: Other\n---\n[never asked](https://b.example/)\n"
    )
    assert command(["check", "--external", "--since", "main", *options]) == 1
    out = capsys.readouterr().out
    assert "dead-external" in out, "new in this change, and gone twice"
    assert "added by this change, not asked yet" in out
    assert command(["check", *options]) == 0
    assert "dead-external" not in capsys.readouterr().out


def test_a_state_file_of_another_version_or_a_wrong_budget_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with running(World()) as world:
        site(tmp_path, world, f"[a]({world.url('a.test/')})")
        with pytest.raises(UsageError, match='--budget: "soon" is not a time'):
            run(world, tmp_path, budget="soon")
        (tmp_path / ".vitdlint-links.txt").write_text("# vitdlint links 9\n")
        for dry_run in (False, True):
            with pytest.raises(UsageError, match="knows version 1"):
                run(world, tmp_path, dry_run=dry_run)
        assert world.log == []


def test_lines_that_are_none_are_dropped_with_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with running(World()) as world:
        site(tmp_path, world, f"[a]({world.url('a.test/')}) [b](https://exa%20mple:x/)")
        (tmp_path / ".vitdlint-links.txt").write_text("<<<<<<< ours\nhttps://x.example/ maybe\n")
        run(world, tmp_path)
    out = capsys.readouterr().out
    assert "The state file had what is no record on lines 1, 2: dropped." in out
    assert "1  no valid URL" in out


def test_progress_is_a_bar_on_a_terminal_and_lines_elsewhere(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    from vitdlint.external.fetch.refresh import Moment
    from vitdlint.reporters import progress as module

    moment = Moment(done=120, total=1000, seconds=60.0, busy=7, left=300.0)
    assert module.words(moment) == "2.0/s, 7 hosts busy, about 7 min left"
    monkeypatch.setattr(module, "_EVERY", 0.0)
    with module.progress(quiet=False, color="auto") as show:
        show(moment)
    assert capsys.readouterr().err == "vitdlint: 120 of 1,000 links, 2.0/s, 7 hosts busy, about 7 min left\n"
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with module.progress(quiet=False, color="auto") as show:
        show(moment)
    assert "120/1000" in capsys.readouterr().err
    with module.progress(quiet=True, color="auto") as show:
        show(moment)
    assert capsys.readouterr().err == ""
