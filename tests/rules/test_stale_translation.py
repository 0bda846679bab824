"""`stale-translation` by the dates of git: what counts as a change of a page's text."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from support.run import report, run, write

from vitdlint.linter.incremental.last_run import COARSE

CONFIG = {
    "hugo.toml": "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n",
    "layouts/all.html": "{{ .Content }}",
    ".gitignore": ".cache\n.trace\ncontent/made/\n",
}
SOURCE, TRANSLATION = "content/p/a.en.md", "content/p/a.de.md"
PAGES = {SOURCE: "---\ntitle: A\n---\nText.\n", TRANSLATION: "---\ntitle: A\n---\nWörter.\n"}
OLD, NEW = "2020-05-01T12:00:00Z", "2021-05-01T12:00:00Z"


def git(site: Path, *args: str, at: str = OLD) -> None:
    identity = ["-c", "user.name=A Writer", "-c", "user.email=writer@vitd.test"]
    env = {**os.environ, "GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at}
    subprocess.run(["git", *identity, *args], cwd=site, env=env, check=True, capture_output=True)


def commit(site: Path, at: str = OLD, **files: str) -> None:
    write(site, {**files})
    git(site, "add", "-A")
    git(site, "commit", "-qm", "A commit", at=at)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = write(tmp_path / "site", {**CONFIG, **PAGES})
    git(site, "init", "-q")
    commit(site)
    return site


def check(site: Path, *args: str, **env: str) -> dict[str, Any]:
    rule = ("--select", "stale-translation", "--output-format", "json", "--exit-zero")
    return report(run("check", *rule, *args, cwd=site, **env))


def found(site: Path, *args: str) -> list[tuple[str, str]]:
    return [(d["path"], d["message"]) for d in check(site, *args)["diagnostics"]]


def test_a_later_commit_on_the_text_of_the_source_counts(site: Path) -> None:
    assert found(site) == []
    commit(site, NEW, **{SOURCE: PAGES[SOURCE] + "More.\n"})
    words = "this translation was last changed on 2020-05-01, its source on 2021-05-01"
    assert found(site) == [(TRANSLATION, words)]
    commit(site, NEW, **{TRANSLATION: PAGES[TRANSLATION] + "Mehr.\n"})
    assert found(site) == []


def test_a_commit_on_front_matter_alone_and_a_new_name_do_not_count(site: Path) -> None:
    front = PAGES[SOURCE].replace("title: A", "title: B\naliases: [/old]")
    commit(site, NEW, **{SOURCE: front})
    git(site, "mv", SOURCE, "content/p/b.en.md")
    git(site, "mv", TRANSLATION, "content/p/b.de.md")
    commit(site, NEW, **{"content/p/b.en.md": front.replace("aliases: [", "aliases: [/p/a/, ")})
    commit(site, NEW, **{"content/p/b.en.md": front.replace("title: B", "title: C")})
    assert found(site) == []
    commit(site, "2020-06-01T12:00:00Z", **{"content/p/b.en.md": front + "More.\n"})
    assert [message[-10:] for _, message in found(site)] == ["2020-06-01"]


def test_what_is_not_committed_was_changed_now(site: Path) -> None:
    write(site, {SOURCE: "Other text.\n"})
    words = (
        "this translation was last changed on 2020-05-01, its source has changes that are not committed yet"
    )
    assert found(site) == [(TRANSLATION, words)]
    write(site, {TRANSLATION: "Andere Wörter.\n"})
    assert found(site) == []
    write(site, {"content/p/c.en.md": "Text.\n"})
    commit(site, NEW)
    write(site, {"content/p/c.de.md": "Wörter.\n"})
    assert found(site) == []


def test_marks_of_both_pages_decide_before_git(site: Path) -> None:
    marked = {path: text.replace("title: A", "lastmod: 2020-01-01") for path, text in PAGES.items()}
    commit(site, **marked)
    commit(site, NEW, **{SOURCE: marked[SOURCE] + "More.\n"})
    assert found(site) == []
    commit(site, NEW, **{TRANSLATION: PAGES[TRANSLATION]})
    assert len(found(site)) == 1


def test_where_git_does_not_know_nothing_is_checked(site: Path, tmp_path: Path) -> None:
    write(site, {"content/made/x.en.md": "Text.\n", "content/made/x.de.md": "Wörter.\n"})
    assert check(site)["summary"]["not_checked"] == [
        {"what": "translations", "reason": "their source is not in git", "count": 1}
    ]
    git(site, "commit", "-qm", "Another", "--allow-empty")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{site}", "shallow")
    shutil.rmtree(site / ".git")
    for folder, why in ((tmp_path / "shallow", "is shallow"), (site, "not a git repository")):
        (left,) = check(folder)["summary"]["not_checked"]
        assert left["what"] == "translations"
        assert why in left["reason"]
        assert check(folder)["diagnostics"] == []


def test_a_stored_report_follows_a_commit_that_changes_no_file(site: Path) -> None:
    write(site, {SOURCE: "Other text.\n"})
    time.sleep(COARSE / 1e9 + 0.2)
    assert found(site) == found(site) == found(site, "--no-cache")
    git(site, "commit", "-qam", "Now", at=NEW)
    assert [message[-10:] for _, message in found(site)] == ["2021-05-01"]


def test_git_is_asked_for_its_log_once_and_only_by_this_rule(site: Path) -> None:
    for number in range(9):
        write(site, {path.replace("a.", f"n{number}."): text for path, text in PAGES.items()})
    commit(site)
    commit(site, NEW, **{SOURCE: "Other text.\n"})
    trace = site / ".trace"
    assert len(check(site, GIT_TRACE=str(trace))["diagnostics"]) == 1
    assert trace.read_text().count("built-in: git log") == 1
    trace.unlink()
    run("check", "--no-cache", cwd=site, GIT_TRACE=str(trace))
    assert not trace.exists() or "git log" not in trace.read_text()
