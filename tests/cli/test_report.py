"""`vitdlint report`: what `check` would have written, from a stored JSON report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support.paths import ROOT
from support.run import CLOCK, run, write

FORMATS = ["html", "markdown", "json", "gitlab", "full", "sarif"]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples with all their faults, and a stored report."""
    root = tmp_path_factory.mktemp("report") / "broken"
    shutil.copytree(ROOT / "examples" / "broken", root)
    assert run("check", CLOCK, "--output-format=json=r.json", cwd=root).returncode == 1
    return root


@pytest.mark.parametrize("name", FORMATS)
def test_it_is_what_check_writes(broken: Path, name: str) -> None:
    checked = run("check", CLOCK, f"--output-format={name}=a", "--exit-zero", cwd=broken)
    stored = run("report", "r.json", CLOCK, f"--output-format={name}=b", cwd=broken)
    assert (checked.returncode, stored.returncode) == (0, 0), stored.stderr
    first, second = (
        [
            line for line in (broken / file).read_text().splitlines() if "Next" not in line
        ]  # what check proposes
        for file in "ab"
    )
    assert first == second


def test_it_shows_the_history(broken: Path) -> None:
    run("check", CLOCK, "--history=h.jsonl", "--output-format=html=a", cwd=broken)
    done = run("report", "r.json", CLOCK, "--history=h.jsonl", "--output-format=html=b", cwd=broken)
    assert done.returncode == 0, done.stderr
    assert (broken / "a").read_text() == (broken / "b").read_text()
    assert "This is the first run" in (broken / "b").read_text()


def test_a_changed_document_reads_no_other_file(tmp_path: Path) -> None:
    """Neither outside of the site nor what is in it beside pages: CI stores credentials in `.git/config`."""
    root = write(
        tmp_path / "site",
        {
            "hugo.toml": "",
            "content/a.md": "---\ntitle: A\n---\n[x](/x/)\n",
            ".git/config": "SECRET\n",
            "../outside": "SECRET\n",
        },
    )
    done = run("check", "--output-format=json", cwd=root)
    document = json.loads(done.stdout)
    for path in (".git/config", "../outside", str(tmp_path / "outside"), "content/../.git/config"):
        for diagnostic in document["diagnostics"]:
            diagnostic |= {"path": path, "line": 1, "column": 1, "end_line": 1, "end_column": 7}
        (root / "r.json").write_text(json.dumps(document))
        stored = run("report", "r.json", "--output-format=full", cwd=root)
        assert stored.returncode == 0, stored.stderr
        assert "dead-link" in stored.stdout
        assert "SECRET" not in stored.stdout


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"version": 2}',
        '{"version": 1}',
        '{"version": 1, "diagnostics": [{"path": 1}], "summary": {}}',
        '{"version": 1, "diagnostics": 3, "summary": {"pages": 1, "suppressed": 0, "not_checked": []}}',
    ],
)
def test_what_is_no_report_is_refused(broken: Path, text: str) -> None:
    (broken / "bad.json").write_text(text)
    done = run("report", "bad.json", cwd=broken)
    assert done.returncode == 2
    assert "bad.json" in done.stderr
    assert "Traceback" not in done.stderr
