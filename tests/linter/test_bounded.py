"""A page with more findings of one rule than anybody reads: the rest is counted."""

from __future__ import annotations

import pytest

from vitdlint.core.rule import RAISED
from vitdlint.linter.bounded import MOST
from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here
from vitdlint.page.markdown import fast


def test_of_one_rule_on_one_page_a_thousand_are_listed_and_the_rest_is_counted() -> None:
    files = {
        "content/posts/page.md": "---\ntitle: Page\n---\n" + "[a](/nowhere/)\n" * (MOST + 234),
        "content/posts/other.md": "---\ntitle: Other\n---\n[a](/nowhere/)\n[b](#nothing)\n",
    }
    report = lint(job_of(files, {"select": ["dead-link", "dead-fragment"]}), here).report
    found = [(d.place.path, d.name) for d in report.diagnostics]
    assert found.count(("content/posts/page.md", "dead-link")) == MOST
    assert found.count(("content/posts/other.md", "dead-link")) == 1
    assert found.count(("content/posts/other.md", "dead-fragment")) == 1
    (left,) = (entry for entry in report.not_checked if entry.what == "findings")
    assert (left.count, left.by) == (234, "dead-link in content/posts/page.md")


def test_a_page_below_the_bound_has_all_its_findings() -> None:
    files = {"content/posts/page.md": "---\ntitle: Page\n---\n" + "[a](/nowhere/)\n" * MOST}
    report = lint(job_of(files, {"select": ["dead-link"]}), here).report
    assert len(report.diagnostics) == MOST
    assert not any(entry.what == "findings" for entry in report.not_checked)


def test_after_many_a_rule_stops_and_no_suppression_is_called_unused() -> None:
    lines = "[a](/nowhere/)\n" * (RAISED + 10) + "[a](/nowhere/) <!-- vitdlint-disable-line dead-link -->\n"
    text = "a\u200b\n" * (RAISED + 10) + "b\u200b <!-- vitdlint-disable-line zero-width-character -->\n"
    files = {
        "content/posts/page.md": f"---\ntitle: Page\n---\n{lines}",
        "content/posts/text.md": f"---\ntitle: Text\n---\n{text}",
        "content/posts/other.md": "---\ntitle: Other\n---\n[a](/nowhere/)\n",
    }
    names = ["dead-link", "zero-width-character", "unused-suppression"]
    report = lint(job_of(files, {"select": names}), here).report
    left = {entry.by: entry for entry in report.not_checked if entry.what == "findings"}
    assert sorted(left) == [
        "dead-link in content/posts/page.md",
        "zero-width-character in content/posts/text.md",
    ]
    assert all(
        entry.count == RAISED - MOST and "there may be more" in entry.reason for entry in left.values()
    )
    assert not any(d.name == "unused-suppression" for d in report.diagnostics)
    assert next(d.place.path for d in report.diagnostics if d.name == "dead-link") == "content/posts/other.md"


@pytest.mark.parametrize(
    ("piece", "many"), [("a\n", 25_000), ("*a* ", 12_000), ("# A\n\n", 12_000), ("a\n---\n\n", 12_000)]
)
def test_a_page_of_more_pieces_than_can_be_held_is_not_checked(
    monkeypatch: pytest.MonkeyPatch, piece: str, many: int
) -> None:
    monkeypatch.setattr(fast, "_MOST_PIECES", 20_000)
    for count, names in ((1000, set()), (many, {"not-judged"})):
        files = {"content/posts/page.md": f"---\ntitle: Page\n---\n{piece * count}"}
        report = lint(job_of(files, {"select": ["not-judged"]}), here).report
        assert {d.name for d in report.diagnostics} == names, count
