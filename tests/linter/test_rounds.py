"""A round of fixes costs what it touches, and finds what a check from scratch finds."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.run import write

from vitdlint.cli.app import run
from vitdlint.files.find_site import locate
from vitdlint.linter import page_work, session
from vitdlint.linter.rounds import Rounds
from vitdlint.linter.run_settings import RunSettings
from vitdlint.linter.session import open_session

PAGES = 60
FIXED = 20


def page(number: int, link: str) -> str:
    return f"---\ntitle: Page {number}\n---\n\n## Part {number}\n\nSee [x]({link}) and [part](/p{number + 1}/#part-{number + 1}).\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    doi = "https://doi.org/10.1000/182."
    pages = {f"content/p{i}.md": page(i, doi if i < FIXED else "/p0/") for i in range(PAGES)}
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(write(tmp_path / "site", {"hugo.toml": "", **pages}))
    yield tmp_path / "site"
    gc.enable()


@pytest.mark.usefixtures("site")
def test_each_fixed_page_is_read_twice_more_and_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read: Counter[str] = Counter()
    real: Any = page_work.read_page

    def counted(path: str, *args: Any) -> Any:
        read[path] += 1
        return real(path, *args)

    monkeypatch.setattr(page_work, "read_page", counted)
    monkeypatch.setattr(session, "read_page", counted)
    run(["check", "--fix", "--no-cache", "--jobs=1"])
    assert f"fixed {FIXED} findings" in capsys.readouterr().err
    assert Counter(read.values()) == {1: PAGES - FIXED, 3: FIXED}


def test_every_round_finds_what_a_check_from_scratch_finds(site: Path) -> None:
    here = open_session(locate([site]), RunSettings(datetime(2026, 1, 31, tzinfo=UTC), jobs=1, cached=False))
    rounds = Rounds(here, here.check())
    texts: dict[str, str] = {}
    steps = [
        {"content/p1.md": page(1, "/nowhere/")},  # a body
        {"content/p2.md": page(2, "/p1/").replace("## Part", "## Chapter")},  # an anchor that p1 links to
        {"content/p1.md": page(1, "/p2/"), "content/p3.md": page(3, "/nowhere/")},
        {"content/p4.md": page(4, "/p5/").replace("title:", "slug: other\ntitle:")},  # a URL
        {"content/p2.md": page(2, "/p1/")},
    ]
    for step in steps:
        texts |= step
        fresh = here.check(here.overlay(texts))
        assert rounds.check(texts).report == fresh.report
        assert rounds.check(texts).suppressed == fresh.suppressed
    assert rounds.check({}).report == here.check().report
