"""An old site is adopted: `init`, `check`, a baseline; then one new defect is all that anybody hears of."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support.hooks import alone, git, hook_of, put  # noqa: F401  # `alone` is a fixture
from support.paths import ROOT

pytestmark = pytest.mark.usefixtures("alone")

BASELINE = "vitdlint-baseline.json"


def vitdlint(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vitdlint", *args], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def old_site(tmp_path: Path) -> Path:
    """300 pages with the statistics of a real wiki, and mistakes of its age on every tenth, in a repository."""
    folder = tmp_path / "site"
    generator = str(ROOT / "tests/benchmarks/corpus.py")
    subprocess.run(
        [sys.executable, generator, str(folder), "--pages", "300"], check=True, capture_output=True
    )
    for page in sorted((folder / "content/posts").glob("*.md"))[::10]:
        with page.open("a", encoding="utf-8") as stream:
            stream.write(
                "\n\nSee [an old page](/tiki-index.php) and [a study](https://doi.org/10.1000/182.).\n"
            )
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "the old site")
    return folder


@pytest.mark.slow
def test_after_adoption_exactly_the_new_defect_is_reported_by_baseline_by_since_and_by_the_hook(
    old_site: Path,
) -> None:
    assert vitdlint(old_site, "init").returncode == 0
    known = json.loads(vitdlint(old_site, "check", "--output-format", "json").stdout)
    assert known["summary"]["errors"] >= 60
    assert vitdlint(old_site, "check", "--baseline", BASELINE, "--update-baseline").returncode == 0
    assert vitdlint(old_site, "check", "--baseline", BASELINE).returncode == 0
    config = {"repos": [{"repo": "local", "hooks": [hook_of(0)]}]}
    put(old_site, {".pre-commit-config.yaml": yaml.safe_dump(config)})
    git(old_site, "add", "-A")
    git(old_site, "commit", "-q", "-m", "adopt vitdlint")
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"], cwd=old_site, check=True, capture_output=True
    )

    page = sorted((old_site / "content/posts").glob("*.md"))[50]
    text = page.read_text(encoding="utf-8")
    head, body = text.split("\n\n", 1)
    page.write_text(f"{head}\n\nNew: see [the page](/posts/never-written/).\n\n{body}", encoding="utf-8")
    line = head.count("\n") + 3
    place = f"{page.relative_to(old_site).as_posix()}:{line}:21: VD601 dead-link"

    for options in (["--baseline", BASELINE], ["--since", "HEAD"]):
        done = vitdlint(old_site, "check", *options)
        assert done.returncode == 1
        assert [found for found in done.stdout.splitlines() if ": VD" in found] == [
            f'{place} the link to "/posts/never-written/" leads nowhere: no page has this URL'
        ]
    git(old_site, "add", "-A")
    commit = git(old_site, "commit", "-m", "a new defect")
    said = commit.stdout + commit.stderr
    assert commit.returncode == 1
    assert [found.partition(" the link")[0] for found in said.splitlines() if ": VD" in found] == [place]

    page.write_text(text.replace(body, "A mended page.\n\n" + body), encoding="utf-8")
    git(old_site, "add", "-A")
    assert git(old_site, "commit", "-m", "mended").returncode == 0
