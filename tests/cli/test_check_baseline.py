"""What `--baseline` records is ignored in every mode, and only what a run can speak of is ever dropped from it."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest
from support.run import VITDLINT, git, names, run, write

from vitdlint.core.rule import AnyRule
from vitdlint.rules import ALL

OLD = '---\ntitle: "Old:"\n---\n\n[x](/nowhere/) [d](https://doi.org/10.1000/1.)\n'
NEW = "---\ntitle: New\n---\n\n[y](/gone/) [d](https://doi.org/10.1000/2.)\n"


@pytest.fixture
def adopted(tmp_path: Path) -> Path:
    """A site in a repository, its findings in `known.json`, and a page that is new since."""
    write(
        tmp_path,
        {"hugo.toml": "", "vitdlint.toml": "", "content/posts/old.md": OLD, ".gitignore": ".cache\n"},
    )
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    assert run("check", "--baseline", "known.json", "--update-baseline", cwd=tmp_path).returncode == 0
    assert sorted(recorded(tmp_path)) == [
        "dead-link",
        "doi-trailing-punctuation",
        "title-trailing-punctuation",
    ]
    return write(tmp_path, {"content/posts/new.md": NEW})


def recorded(site: Path) -> dict[str, dict[str, int]]:
    """What the baseline has of the old page."""
    findings = json.loads((site / "known.json").read_text())["findings"]
    return findings.get("content/posts/old.md", {})


def check(site: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run("check", "--baseline", "known.json", *options, cwd=site)


def test_what_is_recorded_is_fixed_and_no_longer_recorded(adopted: Path) -> None:
    patch = check(adopted, "--diff")
    assert patch.returncode == 1
    assert "new.md" in patch.stdout
    assert "old.md" in patch.stdout
    before = (adopted / "known.json").read_text()
    done = check(adopted, "--fix")
    assert "/gone/" in done.stdout
    assert "/nowhere/" not in done.stdout
    assert "10.1000/1)" in (adopted / "content/posts/old.md").read_text()
    assert (adopted / "known.json").read_text() != before
    assert recorded(adopted) == {"dead-link": {"/nowhere/": 1}}
    assert "of the baseline" not in check(adopted).stderr  # nothing is recorded that is gone


HOSTS = """baseURL = "https://sun.example/"
[markup.goldmark.renderer]
unsafe = true
"""
PAGE = """---
title: " Lamps"
---

See [own](https://sun.example/nowhere/), [own](https://sun.example/b/#gone) and [doi](https://doi.org/10.1000/9.).
"""


@pytest.mark.parametrize("where", ["known.json", "../known.json"])
@pytest.mark.parametrize("key", [False, True], ids=["option", "key"])
def test_what_a_fix_leaves_is_recorded_as_it_is_then(tmp_path: Path, where: str, key: bool) -> None:
    site = tmp_path / "site"
    lamp = "---\ntitle: Lamps\n---\n\nLight.\n"
    write(site, {"hugo.toml": HOSTS, "content/a.md": PAGE, "content/b.md": lamp})
    write(site, {"content/empty.md": '---\ntitle: "Empty "\n---\n'})
    options = ("check",) if key else ("check", "--baseline", where)
    write(site, {"vitdlint.toml": f'baseline = "{where}"\n'} if key else {})
    assert run(*options, "--update-baseline", cwd=site).returncode == 0
    done = run(*options, "--fix", cwd=site)
    assert done.returncode == 0, done.stdout
    again = run(*options, "--output-format", "json", cwd=site)
    assert (again.returncode, names(again)) == (0, [])
    assert "of the baseline" not in again.stderr
    left = json.loads((site / where).read_text())["findings"]
    assert left["content/empty.md"] == {"empty-page": {"page": 1}}
    # Another dead link in the place of one that is recorded is a new one.
    page = (site / "content/a.md").read_text()
    (site / "content/a.md").write_text(page.replace("nowhere", "elsewhere"))
    assert names(run(*options, "--output-format", "json", cwd=site)) == ["dead-link"]


def test_a_baseline_of_the_first_version_knows_pages_by_their_titles(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": "", "content/empty.md": "---\ntitle: Empty\n---\n"})
    early = {"version": 1, "findings": {"content/empty.md": {"empty-page": {"Empty": 1}}}}
    write(tmp_path, {"known.json": json.dumps(early)})
    assert check(tmp_path).returncode == 0


ONCE_A_PAGE = {
    "active-content": ('<img src="/a.png" onerror="one()">', '<img src="/b.png" onload="two()">'),
    "empty-href": ('<a href="">one</a>', '<a href="" class=x>two</a>'),
    "orphan-table-row": ("| Month | Dose |\n| - | - |\n| May | 1 |\n\n| June | 2 |\n", "| July | 3 |\n"),
    "pasted-document": ("<!DOCTYPE html>", "<head>"),
    "raw-html-dropped": ("<ins>one</ins>", "<kbd>two</kbd>"),
    "split-tag": ('one rel="external"&gt;', 'two class="external nofollow"&gt;'),
}
"""Rules that report the first of many on a page, and two of these."""


@pytest.mark.parametrize(
    "rule",
    [pytest.param(rule, id=rule.name) for rule in ALL if "once a page" in " ".join(rule.manual.split())],
)
def test_the_rest_of_what_is_reported_once_a_page_is_not_new(rule: AnyRule, tmp_path: Path) -> None:
    one, two = ONCE_A_PAGE[rule.name]
    page = f"---\ntitle: Lamps\n---\n\nSome text.\n\n{one}\n\n{two}\n"
    unsafe = "" if rule.name == "raw-html-dropped" else HOSTS
    write(tmp_path, {"hugo.toml": unsafe, "content/a.md": page})
    options = ("--select", rule.name, "--output-format", "json")
    assert check(tmp_path, *options, "--update-baseline").returncode == 0
    assert names(run("check", *options, cwd=tmp_path)) == [rule.name]
    rest = page.replace("| June | 2 |\n\n", "") if "June" in page else page.replace(f"{one}\n\n", "")
    write(tmp_path, {"content/a.md": rest})
    done = check(tmp_path, *options)
    assert (done.returncode, names(done)) == (0, [])
    assert "1 baselined finding ignored" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("key", [False, True], ids=["option", "key"])
def test_a_baseline_of_real_pages_holds_after_fixes(shared: Path, tmp_path: Path, key: bool) -> None:
    archive = shared / "corpus" / "vitd-posts.tar.gz"
    if not archive.is_file():
        pytest.skip("the real pages are not in ../shared/corpus")
    shutil.unpack_archive(archive, tmp_path, filter="data")
    write(tmp_path, {"vitdlint.toml": 'baseline = "known.json"\n'} if key else {})
    command = partial(run, "check", cwd=tmp_path) if key else partial(check, tmp_path)
    assert command("--update-baseline").returncode == 0
    for _ in range(2):
        done = command("--fix", "--output-format", "json")
        assert (done.returncode, names(done)) == (0, [])
        done = command("--output-format", "json", "--fail-on", "info")
        assert (done.returncode, names(done)) == (0, [])
        assert "of the baseline" not in done.stderr


def test_what_is_recorded_is_not_suppressed(adopted: Path) -> None:
    page = adopted / "content/posts/old.md"
    page.write_text(f"{OLD}\n[z](/more/)\n")
    assert check(adopted, "--add-suppressions", "known").returncode == 0
    assert page.read_text() == f"{OLD}\n[z](/more/) <!-- vitdlint-disable-line dead-link: known -->\n"
    assert "vitdlint-disable" in (adopted / "content/posts/new.md").read_text()
    assert not (adopted / "vitdlint.toml").read_text()
    assert check(adopted).returncode == 0


@pytest.mark.parametrize("options", [["--since", "HEAD"], ["--staged"]])
def test_a_run_about_a_change_says_nothing_of_what_else_is_recorded(
    adopted: Path, options: list[str]
) -> None:
    git(adopted, "add", "-A")
    done = check(adopted, *options, "--output-format", "json")
    assert names(done) == ["dead-link", "doi-trailing-punctuation"]
    assert "of the baseline" not in done.stderr


def test_what_is_recorded_of_the_page_on_standard_input_is_ignored(adopted: Path) -> None:
    command = [*VITDLINT, "check", "-", "--stdin-filename=content/posts/old.md", "--baseline=known.json"]
    text = f"{OLD}\n[z](/more/)\n".encode()
    done = subprocess.run(command, cwd=adopted, input=text, capture_output=True, check=False)
    assert b"/more/" in done.stdout
    assert b"/nowhere/" not in done.stdout


@pytest.mark.parametrize("cached", [(), ("--no-cache",)])
def test_a_run_of_some_rules_or_pages_drops_nothing_of_the_others(
    adopted: Path, cached: tuple[str, ...]
) -> None:
    before = recorded(adopted)
    for options in (["--select", "dead-link"], ["--ignore", "dead-link"], ["content/posts/new.md"]):
        for _ in range(2):  # the second may be recalled
            assert "of the baseline" not in check(adopted, *options, *cached).stderr
        check(adopted, *options, *cached, "--update-baseline")
        assert recorded(adopted) == before
    write(adopted, {"content/posts/old.md": OLD.replace("[x](/nowhere/)", "")})
    assert "of the baseline" not in check(adopted, "--ignore", "dead-link", *cached).stderr
    assert "1 finding of the baseline is fixed" in check(adopted, "--select", "dead-link", *cached).stderr
    check(adopted, "--select", "dead-link", "--update-baseline", *cached)
    assert sorted(recorded(adopted)) == ["doi-trailing-punctuation", "title-trailing-punctuation"]


def test_what_is_recorded_of_external_links_is_kept_by_a_run_without_them(adopted: Path) -> None:
    file = adopted / "known.json"
    known = json.loads(file.read_text())
    known["findings"]["content/posts/old.md"]["dead-external"] = {"https://a.example/": 1}
    file.write_text(json.dumps(known))
    assert "of the baseline" not in check(adopted).stderr
    check(adopted, "--update-baseline")
    assert "dead-external" in recorded(adopted)
    assert "of the baseline" in check(adopted, "--external").stderr
