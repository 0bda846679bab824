"""A site's thread: nothing that happens while it works is lost, and nothing ends it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from support.run import NOW, write

from vitdlint.lsp import resident
from vitdlint.lsp.base import Base
from vitdlint.lsp.engine import Engine, State
from vitdlint.lsp.resident import Found, Resident

PAGE = "content/sun.md"
SITE = {"hugo.toml": "", PAGE: "---\ntitle: Sun\n---\n\n[x](/none/)\n"}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@contextmanager
def running(engine: Engine) -> Iterator[tuple[Resident, list[Found]]]:
    """The thread of a site, and what it has found so far."""
    found: list[Found] = []
    site = Resident(engine, found.append, polls=False)
    site.look()
    site.start()
    try:
        yield site, found
    finally:
        site.end()
        site.join(20)
        assert not site.is_alive()


def test_a_configuration_that_is_corrected_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    root = write(tmp_path / "site", {**SITE, "vitdlint.toml": "wrong"})

    class Corrected(Engine):
        """The file is saved, and the editor says so, after the wrong one was read."""

        def ready(self) -> None:
            try:
                super().ready()
            except Exception:
                write(root, {"vitdlint.toml": ""})
                site.look()
                raise

    with running(Corrected(root, clock=NOW)) as (site, found):
        state = site.current().result(20)
        state = site.current().result(20)
        assert state is not None
        assert [bool(each.problem) for each in found] == [True, False]


def test_an_error_that_nobody_expects_is_reported_and_the_next_edit_is_checked(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    class Broken(Engine):
        def follow(self, texts: Mapping[str, str], on_disk: Collection[str] = (), *more: Any) -> State | None:
            if "broken" in "".join(texts.values()):
                raise ZeroDivisionError
            return super().follow(texts, on_disk, *more)

    with running(Broken(write(tmp_path / "site", SITE), clock=NOW)) as (site, found):
        assert site.current().result(20) is not None
        site.hold(PAGE, "broken")
        site.current().result(20)
        assert "ZeroDivisionError" in found[-1].problem
        assert "Traceback" in capfd.readouterr().err
        site.hold(PAGE, SITE[PAGE].replace("[x](/none/)", "Text."))
        state = site.current().result(20)
        assert state is not None
        assert not found[-1].problem
        assert not state.found


def test_an_error_between_two_edits_is_reported_and_the_next_edit_is_checked(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Base) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Base, "prepare", broken)
    monkeypatch.setattr(resident, "IDLE", 0.05)
    with running(Engine(write(tmp_path / "site", SITE), clock=NOW)) as (site, found):
        assert site.current().result(20) is not None
        for _ in range(200):
            if found[-1].problem:
                break
            sleep(0.05)
        assert "ZeroDivisionError" in found[-1].problem
        assert "Traceback" in capfd.readouterr().err
        site.hold(PAGE, "---\ntitle: Moon\n---\n\nText.\n")  # front matter, which that was for
        state = site.current().result(20)
        assert state is not None
        assert not state.found


def test_whoever_waits_for_a_site_that_ends_goes_on(tmp_path: Path) -> None:
    with running(Engine(write(tmp_path / "site", SITE), clock=NOW)) as (site, _):
        site.hold(PAGE, "Text.")
        waiting = site.current()
        site.end()
        waiting.result(20)
        site.hold(PAGE, "More.")
        site.current().result(20)
