"""A page with more findings of one rule than anybody reads: the rest is counted."""

from __future__ import annotations

from vitdlint.linter.bounded import MOST
from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here


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
