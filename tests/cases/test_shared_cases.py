"""Public reports, each a small site, and our own neighbours of those that we got wrong: what we say of them is right.

The reports are read from ../shared/cases, the neighbours from tests/cases/neighbours; what is right, why, and what is
wrong today is in tests/cases/expected (see tests/support/cases.py).
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.cases import (
    NEIGHBOURS,
    REPORTS,
    Case,
    Found,
    check,
    differences,
    expected,
    files_of,
    found,
    shell,
)
from support.run import write

CASES = expected()


def of(test: str) -> pytest.MarkDecorator:
    """Run a test on every case; it must fail where the case is wrong today in what this test is about."""
    marks = {
        case.name: pytest.mark.xfail(strict=True, reason=f"{case.later or 'now'}: {case.wrong}")
        for case in CASES
        if case.wrong and test in case.wrong_in
    }
    return pytest.mark.parametrize(
        "case",
        [pytest.param(case, id=case.name, marks=marks.get(case.name, ())) for case in CASES],
    )


@pytest.fixture
def site(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """The site of a case on disk, as working directory, with a cache of its own."""
    if case.file.parent == REPORTS:
        request.getfixturevalue("shared")
    root = write(tmp_path / "site", files_of(case.file))
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return root


def test_every_site_has_its_expectation() -> None:
    names = {file.stem for folder in (REPORTS, NEIGHBOURS) for file in folder.glob("*.txtar")}
    assert names == {case.name for case in CASES if case.file.parent == NEIGHBOURS or REPORTS.is_dir()}


@of("findings")
@pytest.mark.usefixtures("site")
def test_what_is_said_is_right(case: Case) -> None:
    report = check("--no-cache", *case.options)
    assert differences(case, found(report)) == []
    if case.not_checked is not None:
        said = [f"{n['what']} ({n['count']}): {n['reason']}" for n in report["summary"]["not_checked"]]
        assert len(said) == len(case.not_checked), said
        assert all(map(str.startswith, said, case.not_checked)), said
    if case.external is not None:
        _, out, _ = shell("site", "--output-format", "json")
        links = [link for page in json.loads(out)["pages"] for link in page["links"]]
        assert [link["target"] for link in links if link["status"] == "external"] == case.external


@of("reruns")
def test_it_is_the_same_with_a_cache_and_after_edits_that_change_nothing(
    case: Case, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cold = check("--no-cache", *case.options)
    assert check(*case.options) == cold, "with a cache"
    assert check(*case.options) == cold, (
        "again, from files that are too young to be recognised by their times"
    )
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + 10**13)  # now all of them are old
    assert check(*case.options) == cold, "from files that are old"
    assert check(*case.options) == cold, "again"
    for how, edited in (("body", longer_bodies(site)), ("front matter", more_front_matter(site))):
        for page, grown in edited:
            assert found(check(*case.options), grown=grown) == found(cold), f"{how} of {page}"


def longer_bodies(site: Path) -> Iterator[tuple[Path, list[str]]]:
    """Add a paragraph to each page that has a body (any other would not be empty any more): no line is moved."""
    for page in sorted(site.rglob("*.md")):
        text = page.read_text("utf-8")
        if not re.fullmatch(r"(---\n.*?\n---|\+\+\+\n.*?\n\+\+\+|\{.*\})\s*", text, re.DOTALL):
            page.write_text(f"{text}\n\nA line more.\n", "utf-8")
            yield page, []


def more_front_matter(site: Path) -> Iterator[tuple[Path, list[str]]]:
    """Add a parameter that nothing reads to each front matter: what stood in line 2, or in JSON after `{`, moves down."""
    spare = {
        "---\n": "spare_parameter: 1\n",
        "+++\n": "spare_parameter = 1\n",
        "{": '"spare_parameter": 1,\n ',
    }
    grown: list[str] = []
    for page in sorted(site.rglob("*.md")):
        text = page.read_text("utf-8")
        opening = next((mark for mark in spare if text.startswith(mark)), None)
        if opening is not None:
            page.write_text(opening + spare[opening] + text.removeprefix(opening), "utf-8")
            grown.append(page.relative_to(site).as_posix())
            yield page, grown


@of("fix")
def test_what_a_fix_writes_is_right(case: Case, site: Path) -> None:
    before = [rule_and_path(f) for f in found(check("--no-cache", *case.options))]
    for wanted, options in ((case.fixed, ()), (case.fixed_unsafely, ("--unsafe-fixes",))):
        shell("check", "--fix", *options, *case.options)
        for place, line in (wanted or {}).items():
            path, _, number = place.rpartition(":")
            assert (site / path).read_text("utf-8").splitlines()[int(number) - 1] == line
        after = [rule_and_path(f) for f in found(check("--no-cache", *case.options))]
        assert [f for f in after if f not in before] == [], "a fix caused a finding"


def rule_and_path(finding: Found) -> tuple[str, str]:
    return finding.name, finding.path
