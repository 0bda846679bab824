"""`--since`, `--staged`, `--fix`, `--diff`, `--baseline` in a real git repository."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from support.run import git, names, report, run, write

from vitdlint.linter.incremental.last_run import COARSE

HUGO = "[markup.goldmark.renderer]\nunsafe = true\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two pages that link to each other, and an old finding, committed."""
    write(
        tmp_path,
        {
            "hugo.toml": HUGO,
            "content/posts/sun.md": "---\ntitle: Sun\n---\n\n## Noon\n\nTo the [moon](/posts/moon/). [old](/was/dead/)\n",
            "content/posts/moon.md": "---\ntitle: Moon\n---\n\nTo the [sun](/posts/sun/#noon).\n",
        },
    )
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    return tmp_path


def test_nothing_staged_is_said_and_is_clean(repository: Path) -> None:
    done = run("check", "--staged", cwd=repository)
    assert done.returncode == 0
    assert "nothing of the site was touched" in done.stderr


def test_only_what_the_change_causes_is_reported(repository: Path) -> None:
    write(repository, {"content/posts/new.md": "---\ntitle: New\n---\n\n[x](/nowhere/)\n"})
    git(repository, "add", "-A")
    done = run("check", "--staged", "--output-format", "json", cwd=repository)
    assert [(d["path"], d["name"]) for d in report(done)["diagnostics"]] == [
        ("content/posts/new.md", "dead-link")
    ]


def test_a_deleted_page_is_to_blame_for_the_links_that_break(repository: Path) -> None:
    git(repository, "rm", "-q", "content/posts/moon.md")
    done = run("check", "--staged", "--output-format", "json", cwd=repository)
    found = {(d["path"], d["name"]): d for d in report(done)["diagnostics"]}
    assert set(found) == {("content/posts/moon.md", "dead-link"), ("content/posts/moon.md", "missing-alias")}
    related = found["content/posts/moon.md", "dead-link"]["related"]
    assert [r["path"] for r in related] == ["content/posts/sun.md"]


def test_a_heading_that_is_renamed_is_to_blame_too(repository: Path) -> None:
    page = repository / "content/posts/sun.md"
    page.write_text(page.read_text().replace("Noon", "Midday"))
    done = run("check", "--since", "HEAD", "--output-format", "json", cwd=repository)
    assert [(d["path"], d["name"]) for d in report(done)["diagnostics"]] == [
        ("content/posts/sun.md", "dead-fragment")
    ]


def test_staged_reads_the_index_and_not_the_work_tree(repository: Path) -> None:
    page = repository / "content/posts/sun.md"
    page.write_text(page.read_text() + "\n[staged](/one/)\n")
    git(repository, "add", "-A")
    page.write_text(page.read_text() + "\n[not staged](/two/)\n")
    write(repository, {"content/posts/untracked.md": "---\ntitle: U\n---\n\n[three](/three/)\n"})
    done = run("check", "--staged", "--output-format", "json", cwd=repository)
    assert ["/one/" in d["message"] for d in report(done)["diagnostics"]] == [True]


def test_a_page_that_is_not_staged_satisfies_no_link(repository: Path) -> None:
    page = repository / "content/posts/sun.md"
    page.write_text(page.read_text() + "\n[new](/posts/untracked/)\n")
    git(repository, "add", "-A")
    write(repository, {"content/posts/untracked.md": "---\ntitle: U\n---\n\nText\n"})
    assert run("check", "--staged", cwd=repository).returncode == 1
    assert run("check", "--since", "HEAD", cwd=repository).returncode == 0


def test_a_revision_that_is_not_there_ends_with_2(repository: Path) -> None:
    done = run("check", "--since", "nowhere", cwd=repository)
    assert done.returncode == 2
    assert "nowhere" in done.stderr


def test_a_shallow_clone_gets_a_hint_how_to_fetch_more(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    git(repository, "commit", "-q", "--allow-empty", "-m", "two")
    clone = tmp_path_factory.mktemp("clone") / "site"
    git(repository, "clone", "-q", "--depth", "1", f"file://{repository}", str(clone))
    done = run("check", "--since", "HEAD~1", cwd=clone)
    assert done.returncode == 2
    assert "fetch-depth: 0" in done.stderr


def test_fixes_are_written_and_a_second_run_changes_nothing(repository: Path) -> None:
    write(
        repository,
        {"content/posts/t.md": '---\ntitle: "A  title:"\n---\n\n[d](https://doi.org/10.1000/182.)\r\n'},
    )
    first = run("check", "--fix", cwd=repository)
    text = (repository / "content/posts/t.md").read_bytes()
    assert text == b'---\ntitle: "A title"\n---\n\n[d](https://doi.org/10.1000/182)\r\n'
    assert "fixed 3 findings in 1 file" in first.stderr
    run("check", "--fix", cwd=repository)
    assert (repository / "content/posts/t.md").read_bytes() == text


def test_the_patch_applies_and_is_what_fix_would_write(repository: Path) -> None:
    write(repository, {"content/posts/t.md": '---\ntitle: "A  title:"\n---\n\ntext'})
    patch = run("check", "--diff", cwd=repository)
    assert patch.returncode == 1
    (repository / "p.diff").write_text(patch.stdout)
    git(repository, "apply", "p.diff")
    assert (repository / "content/posts/t.md").read_text() == '---\ntitle: "A title"\n---\n\ntext'


def test_unsafe_fixes_are_written_only_when_asked_for(repository: Path) -> None:
    page = {"content/posts/t.md": "---\ntitle: T\ntags: ['sun ']\n---\n\nText\n"}
    write(repository, page)
    run("check", "--fix", cwd=repository)
    assert "'sun '" in (repository / "content/posts/t.md").read_text()
    run("check", "--fix", "--unsafe-fixes", cwd=repository)
    assert "'sun'" in (repository / "content/posts/t.md").read_text()


def test_a_baseline_hides_what_is_known_and_nothing_else(repository: Path) -> None:
    assert run("check", "--baseline", "known.json", cwd=repository).returncode == 2
    made = run("check", "--baseline", "known.json", "--update-baseline", cwd=repository)
    assert made.returncode == 0, made.stdout
    page = repository / "content/posts/sun.md"
    page.write_text(page.read_text().replace("## Noon", "Before.\n\n## Noon") + "\n[new](/brand/new/)\n")
    done = run("check", "--baseline", "known.json", "--output-format", "json", cwd=repository)
    assert done.returncode == 1
    assert names(done) == ["dead-link"]
    assert "/brand/new/" in report(done)["diagnostics"][0]["message"]
    git(repository, "mv", "content/posts/sun.md", "content/posts/star.md")
    moved = repository / "content/posts/star.md"
    moved.write_text(moved.read_text().replace("[new](/brand/new/)", "").replace("Sun", "Star"))
    left = run("check", "--baseline", "known.json", "--output-format", "json", cwd=repository)
    assert "/was/dead/" not in left.stdout
    moved.write_text(moved.read_text().replace("[old](/was/dead/)", ""))
    fixed = run("check", "--baseline", "known.json", cwd=repository)
    assert "1 finding of the baseline is fixed" in fixed.stderr


def test_a_page_on_standard_input_is_checked_against_the_site(repository: Path) -> None:
    command = [*run.__globals__["VITDLINT"], "check", "-", "--stdin-filename", "content/posts/new.md"]
    done = subprocess.run(
        command,
        cwd=repository,
        input=b"---\ntitle: New\n---\n\n[sun](/posts/sun/) [x](/nowhere/)\n",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"content/posts/new.md:5:24: VD601" in done.stdout
    assert run("check", "-", cwd=repository).returncode == 2


@pytest.mark.parametrize("how", ["--staged", "--since=HEAD"])
def test_a_memory_whose_pages_are_no_longer_kept_is_no_use_and_no_harm(repository: Path, how: str) -> None:
    home = {"XDG_CACHE_HOME": str(repository / ".cache")}
    write(repository, {".gitignore": ".cache\n"})
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "two")
    time.sleep(COARSE / 1e9 + 0.2)
    write(
        repository, {"content/posts/sun.md": "---\ntitle: Sun\n---\n\nNo noon, and no [moon](/posts/mon/).\n"}
    )
    git(repository, "add", "-A")
    first = run("check", how, cwd=repository, **home)
    (file,) = (repository / ".cache").rglob("*.sqlite")
    with closing(sqlite3.connect(file)) as db:
        db.execute("delete from results")
        db.commit()
    again = run("check", how, cwd=repository, **home)
    assert (again.returncode, again.stdout) == (first.returncode, first.stdout)
    assert "breaks 1 link" in first.stdout
