"""What is found on a page that nobody sees says so, and stays the same finding when the page is published."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.run import CLOCK, names, report, run, write

FRONTS = {
    "---\ndraft: true\n---\n": "this page is a draft",
    "+++\ndate = 2027-01-01\n+++\n": "this page is not published yet",
    '{"expiryDate": "2020-01-01"}\n': "this page has expired",
}
BODY = "## Part\n\n##\n\n[x](/nowhere/) [y](#gone)\n"
"""Findings of rules about pages, links and fragments."""
JSON = ("check", CLOCK, "--output-format=json", "--exit-zero")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        {"hugo.toml": 'baseURL = "https://lamps.example/"\n', "content/posts/a.md": "---\n---\n" + BODY},
    )


def messages(site: Path, *options: str) -> list[str]:
    return [d["message"] for d in report(run(*JSON, *options, cwd=site))["diagnostics"]]


@pytest.mark.parametrize("front", FRONTS)
def test_every_message_says_it_and_only_there(site: Path, front: str) -> None:
    plain = messages(site)
    assert len(plain) == 3
    write(site, {"content/posts/a.md": front + BODY})
    assert messages(site) == [f"{message} ({FRONTS[front]})" for message in plain]


def test_a_section_that_is_a_draft_for_its_pages(site: Path) -> None:
    write(site, {"content/posts/_index.md": "---\ncascade:\n  draft: true\n---\n"})
    assert all(message.endswith("(this page is a draft)") for message in messages(site))


def test_a_baseline_knows_the_findings_of_a_page_that_becomes_a_draft_and_back(site: Path) -> None:
    run("check", CLOCK, "--baseline=known.json", "--update-baseline", cwd=site)
    for front in (*FRONTS, "---\n---\n"):
        write(site, {"content/posts/a.md": front + BODY})
        assert names(run(*JSON, "--baseline=known.json", cwd=site)) == []


def test_after_an_edit_the_words_are_those_of_a_first_run(site: Path) -> None:
    write(site, {"content/posts/a.md": next(iter(FRONTS)) + BODY})
    messages(site)
    write(site, {"content/posts/a.md": next(iter(FRONTS)) + "Text.\n\n" + BODY})
    warm = messages(site)
    assert warm == messages(site, "--no-cache")
    assert all(message.endswith("(this page is a draft)") for message in warm)


def test_one_cause_on_a_draft_and_on_a_published_page_is_shown_once_each(site: Path) -> None:
    write(site, {"content/posts/0.md": "---\ndraft: true\n---\n" + BODY})
    shown = run("check", CLOCK, cwd=site).stdout
    assert shown.count("dead-link") == 2


def test_readers_see_a_draft_that_another_page_shows(site: Path) -> None:
    write(
        site,
        {
            "content/posts/a.md": "---\ndraft: true\n---\n" + BODY,
            "content/posts/b.md": "---\nsource: /posts/a.md\n---\n",
            "layouts/page.html": '{{ with .Params.source }}{{ readFile (printf "/content%s" .) | markdownify }}{{ end }}{{ .Content }}',
        },
    )
    assert [message for message in messages(site) if "draft" in message] == []
