"""The example sites: the tidy one is clean, the broken one has everything, and Hugo builds what it can."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vitdlint.rules import ALL

EXAMPLES = Path(__file__).parent.parent / "examples"
ELSEWHERE = {
    "rule-crashed": "needs a rule that is wrong: tests/cli/test_cli.py",
    "path-too-long": "needs a slug of 256 letters: its own examples",
    "missing-alias": "needs an earlier revision: tests/test_comparing.py",
    "raw-html-dropped": "needs unsafe = false, under which the other HTML rules are silent: its own examples",
    "not-judged": "a page over 5 MB or 100 levels deep: tests/cli/test_cli.py",
    "unpaired-shortcode": "fails Hugo's build of the whole site: its own examples",
    "missing-translation": "needs a section that has all translations but one: its own examples",
    "stale-translation": "needs dates in both languages: its own examples",
    "unused-file": "needs a site of which every template is there: its own examples",
    "expired-ignore": "needs an ignore with a date: tests/cli/test_cli.py",
}
"""Rules that the broken site cannot show."""


def check(name: str, *args: str) -> dict[str, Any]:
    command = [
        sys.executable,
        "-m",
        "vitdlint",
        "check",
        str(EXAMPLES / name),
        "--output-format",
        "json",
        *args,
    ]
    done = subprocess.run(
        [*command, "--no-cache", "--clock", "2026-01-31T12:00:00Z"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.mark.parametrize("name", ["tidy", "vitamindwiki"])
def test_a_tidy_site_has_no_finding(name: str) -> None:
    assert check(name)["diagnostics"] == []


def test_the_broken_site_shows_every_rule() -> None:
    found = {d["name"] for d in check("broken")["diagnostics"]}
    expected = {rule.name for rule in ALL if not rule.code.startswith("VD8")} - ELSEWHERE.keys()
    assert expected - found == set()


def test_a_site_can_have_rules_of_its_own() -> None:
    found = check("house_rules")["diagnostics"]
    assert [(d["code"], d["line"], d["column"], d["help"]) for d in found] == [
        ("HOUSE1", 4, 19, "use lux or lumen")
    ]


def test_the_page_the_project_was_started_from_gets_what_a_careful_reader_would_say(
    shared: Path, tmp_path: Path
) -> None:
    posts = tmp_path / "content" / "posts"
    posts.mkdir(parents=True)
    (tmp_path / "hugo.toml").write_text("uglyURLs = true\n[markup.goldmark.renderer]\nunsafe = true\n")
    for page in (shared / "seed").glob("*.md"):
        (posts / page.name).write_bytes(page.read_bytes())
    command = [sys.executable, "-m", "vitdlint", "check", "--output-format", "json", "--no-cache"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    found = [(d["name"], d["line"]) for d in json.loads(done.stdout)["diagnostics"]]
    variants = [("term-variants", 19), ("term-variants", 23)]
    assert found == [*variants, ("unclosed-tag", 38), ("dead-link", 44), ("dead-link", 46)]
