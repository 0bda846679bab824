"""The key `baseline` of the configuration does in every command what `--baseline` does in one."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from support.run import CLOCK, VITDLINT, git, names, run, write

KEY = 'baseline = "known.json"\n'
OLD = '---\ntitle: "Old:"\n---\n\n[x](/nowhere/) [d](https://doi.org/10.1000/1.)\n'
NEW = "---\ntitle: New\n---\n\n[y](/gone/) [d](https://doi.org/10.1000/2.)\n"


@pytest.fixture
def adopted(tmp_path: Path) -> Path:
    """A site in a repository with a recorded page, and a staged one that is new since."""
    site = tmp_path / "site"
    write(site, {"hugo.toml": "", "content/posts/old.md": OLD, ".gitignore": ".cache\n", "vitdlint.toml": ""})
    git(site, "init", "-q")
    assert run("check", "--baseline", "known.json", "--update-baseline", CLOCK, cwd=site).returncode == 0
    git(site, "add", "-A")
    git(site, "commit", "-qm", "one")
    write(site, {"content/posts/new.md": NEW})
    git(site, "add", "-A")
    return site


def files(site: Path) -> dict[str, bytes]:
    """What the site holds, without git, cache and configuration."""
    found = [p for top in ("content", "known.json") for p in sorted([site / top, *(site / top).rglob("*")])]
    return {str(p.relative_to(site)): p.read_bytes() for p in found if p.is_file()}


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["content/posts/old.md"],
        ["--no-cache"],
        ["--update-baseline"],
        ["--since=HEAD"],
        ["--staged"],
        ["--fix"],
        ["--fix", "--unsafe-fixes"],
        ["--diff"],
        ["--add-suppressions=known"],
        ["--external"],
        ["--select=dead-link"],
        ["-", "--stdin-filename=content/posts/old.md"],
    ],
    ids=" ".join,
)
def test_key_and_option_are_one(adopted: Path, tmp_path: Path, options: list[str]) -> None:
    said = []
    for how in ("option", "key"):
        site = tmp_path / how / "site"
        shutil.copytree(adopted, site)
        given = ["--baseline=known.json"] if how == "option" else []
        write(site, {"vitdlint.toml": KEY if how == "key" else ""})
        done = subprocess.run(
            [*VITDLINT, "check", *options, *given, CLOCK],
            cwd=site,
            input=OLD,
            capture_output=True,
            text=True,
            check=False,
        )
        said.append((done.returncode, done.stdout, done.stderr, files(site)))
    assert said[0] == said[1]
    assert "/nowhere/" not in said[0][1].replace("-[x](/nowhere/)", "").replace("+[x](/nowhere/)", "")


def test_the_path_is_relative_to_the_file_that_says_it(adopted: Path) -> None:
    for text in ('baseline = "../known.json"\n', 'extends = "../shared.toml"\n'):
        write(adopted, {"conf/vitdlint.toml": text, "shared.toml": 'baseline = "known.json"\n'})
        done = run("check", "../content", "--config", "vitdlint.toml", CLOCK, cwd=adopted / "conf")
        assert "/nowhere/" not in done.stdout
        assert "/gone/" in done.stdout


def test_an_option_wins_and_an_empty_one_shows_everything(adopted: Path) -> None:
    write(adopted, {"vitdlint.toml": KEY, "none.json": '{"version": 1, "findings": {}}\n'})
    for option in ("--baseline=none.json", 'baseline=""'):
        given = option if option.startswith("--") else f"--config={option}"
        assert "/nowhere/" in run("check", given, CLOCK, cwd=adopted).stdout


def test_a_file_that_is_not_there_has_a_place_and_a_way_out(adopted: Path) -> None:
    write(adopted, {"vitdlint.toml": f"\n{KEY}", "known.json": None})
    done = run("check", cwd=adopted)
    assert done.returncode == 2
    assert done.stderr.startswith("vitdlint: vitdlint.toml:2:12: there is no file known.json; ")
    assert "--update-baseline" in done.stderr
    assert run("check", "--show-settings", cwd=adopted).returncode == 0
    done = run("check", "--update-baseline", cwd=adopted)
    assert "known.json written: 5 findings in 2 files\n" in done.stderr
    write(
        adopted, {"content/posts/new.md": NEW.replace("/gone/) [d](https://doi.org/10.1000/2.)", "/away/)")}
    )
    done = run("check", "--update-baseline", cwd=adopted)
    assert "known.json written: 4 findings in 2 files (1 new, 2 removed)\n" in done.stderr
    done = run("check", "--update-baseline", cwd=adopted)
    assert "known.json records 4 findings in 2 files, as before\n" in done.stderr


def test_a_moved_page_takes_its_findings_along(adopted: Path) -> None:
    """With those of pages whose links change."""
    page = f"{OLD}\n[there](#gone)\n"
    other = "---\ntitle: Other\n---\n\nSee [old](/posts/old/#gone).\n"
    write(adopted, {"vitdlint.toml": KEY, "content/posts/old.md": page, "content/other.md": other})
    run("check", "--update-baseline", CLOCK, cwd=adopted)
    write(adopted, {"content/posts/old.md": f"{page}\n[z](/more/)\n"})
    before = names(run("check", "--output-format=json", CLOCK, cwd=adopted))
    assert before == ["dead-link"]
    done = run("mv", "content/posts/old.md", "content/notes.md", cwd=adopted)
    assert done.returncode == 0, done.stderr
    again = run("check", "--output-format=json", CLOCK, cwd=adopted)
    git(adopted, "add", "-A")
    git(adopted, "commit", "-qm", "two")
    again = run("check", "--output-format=json", CLOCK, cwd=adopted)
    assert names(again) == before
    assert "of the baseline" not in again.stderr
    recorded = json.loads((adopted / "known.json").read_text())["findings"]
    assert "content/posts/old.md" not in recorded
    assert "/notes/#gone" in recorded["content/other.md"]["dead-fragment"]


def test_links_reports_nothing_that_is_recorded(adopted: Path) -> None:
    page = "---\ntitle: Away\n---\n\n[gone](https://gone.example/)\n"
    dead = (
        "# vitdlint links 1\n"
        "https://gone.example/ gone 2026-01-31T06:00:00Z 2025-12-01 404 "
        "strikes=9,2025-12-01,2026-01-31 row=9 dead=2026-01-01\n"
    )
    write(adopted, {"content/away.md": page, ".vitdlint-links.txt": dead})
    git(adopted, "add", "-A")
    git(adopted, "commit", "-qm", "two")
    asks_nothing = ("links", "--only-new", "--since=HEAD", "--output-format=concise", CLOCK)
    before = run(*asks_nothing, cwd=adopted)
    assert "dead-external" in before.stdout, before.stderr
    write(adopted, {"vitdlint.toml": KEY})
    assert run("check", "--external", "--update-baseline", CLOCK, cwd=adopted).returncode == 0
    after = run(*asks_nothing, cwd=adopted)
    assert (after.returncode, "dead-external" in after.stdout) == (0, False)
    assert "1 baselined finding ignored" in after.stderr
