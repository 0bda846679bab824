"""A short run of the campaign, from a fixed seed, what it has found before, and that it finds what is wrong."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

pytest.importorskip("resource", reason="time and memory of an input cannot be measured here")

from vitdlint.core.model import Finding
from vitdlint.page.page import Page
from vitdlint.rules import title_whitespace

from . import __main__ as command
from . import failure, mutate, pages
from .failure import Files, failure_of, read, shrunk, stored

HERE = Path(__file__).parent
INPUTS = {"pages": 2000, "sites": 20, "files": 40}


@pytest.mark.slow
@pytest.mark.parametrize("kind", INPUTS)
def test_a_short_campaign_finds_nothing(kind: str) -> None:
    lines: list[str] = []
    found = command.campaign(kind, "suite", 600, mutate.seeds(), lines.append, INPUTS[kind])
    assert not found, "\n".join(lines)


@pytest.mark.parametrize("case", sorted((HERE / "cases").glob("*.json")), ids=lambda file: file.stem)
def test_what_was_found_before_is_fixed(case: Path) -> None:
    failure = command.repeated(case)
    assert failure is None, failure.text


def test_an_input_depends_on_its_seed_alone() -> None:
    known = mutate.seeds()
    for kind in command.KINDS.values():
        assert kind.make(Random("1 x 7"), known) == kind.make(Random("1 x 7"), known)


def _planted(page: Page, _: Any) -> Any:
    if wrong := page.text.count("ü"):
        for finding in _WRONG[wrong - 1](page):
            if finding:
                yield finding


def _raises(_: Page) -> Any:
    raise ValueError("planted")


_WRONG = [
    _raises,
    lambda page: [Finding(page.span(0, len(page.text) + 1), "planted")],
    lambda page: [Finding(page.span(2, 1), "planted")],
    lambda _: iter(int, 1),
]


@pytest.mark.parametrize(
    ("times", "key"),
    [
        (1, "BrokenError title-whitespace crashed"),
        (2, "BrokenError title-whitespace crashed"),
        (3, "BrokenError title-whitespace crashed"),
        (4, "too slow"),
    ],
)
def test_a_rule_that_is_wrong_is_found_and_its_input_made_small(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, times: int, key: str
) -> None:
    monkeypatch.setattr(failure, "SECONDS", 0.5)
    monkeypatch.setattr(failure, "SHRINKING", 3.0)
    object.__setattr__(title_whitespace.RULE, "check", _planted)
    try:
        files: Files = {
            **pages.SITES[0],
            "content/posts/p.md": b"A line\nand more\n" + "ü".encode() * times + b"\n\nEnd\n",
        }
        found = failure_of(pages.law, files)
        assert found is not None
        assert found.key == key
        small = shrunk(pages.law, files, found.key)
        if times < 4:
            assert set(small["content/posts/p.md"].decode()) == {"ü"}
        assert read(stored(tmp_path, "pages", "case", small, found)) == ("pages", small)
    finally:
        object.__setattr__(title_whitespace.RULE, "check", title_whitespace.check)
