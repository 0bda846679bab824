"""Links from findings to the rules' manuals: from the configuration, from the package, on a real terminal."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.paths import ROOT

from vitdlint import __version__
from vitdlint.core.docs_url import docs_url, rule_url

LINK = "\x1b]8;;https://vitd.test/docs/rules/dead-link/\x1b\\"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "hugo.toml").write_text("")
    (folder / "content/a.md").write_text("See [b](/b/).\n")
    return folder


def said(site: Path, *args: str, package: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(package), "XDG_CACHE_HOME": str(site.parent / "cache")}
    return subprocess.run(
        [sys.executable, "-m", "vitdlint", "check", *args],
        cwd=site,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def on_a_terminal(site: Path, **environment: str) -> str:
    """What a terminal would be sent."""
    wanted = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    pid, terminal = pytest.importorskip("pty", reason="no terminals to make here").fork()
    if pid == 0:
        os.chdir(site)
        given = {**wanted, "XDG_CACHE_HOME": str(site.parent / "cache"), **environment}
        os.execve(sys.executable, [sys.executable, "-m", "vitdlint", "check"], given)
    pieces = []
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux says so when the other end has closed
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(terminal)
    os.waitpid(pid, 0)
    return b"".join(pieces).decode()


@pytest.mark.parametrize(
    ("docs", "url"),
    [
        ("https://vitd.test/docs", "https://vitd.test/docs/rules/dead-link/"),
        ("https://vitd.test/docs/", "https://vitd.test/docs/rules/dead-link/"),
        ("https://vitd.test/{code}-{name}.html", "https://vitd.test/VD601-dead-link.html"),
        ("", None),
    ],
)
def test_a_rules_page_is_below_the_documentation_or_where_the_pattern_says(
    docs: str, url: str | None
) -> None:
    assert rule_url(docs, "VD601", "dead-link") == url


def test_a_rule_of_ones_own_has_no_page() -> None:
    assert rule_url("https://vitd.test/", "HOUSE1", "units") is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("vitdlint.toml", 'docs-url = "https://vitd.test/docs"\n'),
        ("vitdlint.toml", 'rules = {\n}\ndocs-url = "\\x68ttps://vitd.test/docs"\n'),
        ("pyproject.toml", '[tool.vitdlint]\ndocs-url = "https://vitd.test/docs"\n'),
    ],
)
def test_the_configuration_says_where(site: Path, name: str, text: str) -> None:
    (site / name).write_text(text)
    for _ in range(2):  # the second run recalls the report of the first
        sarif = json.loads(said(site, "--output-format", "sarif").stdout)
        rule = sarif["runs"][0]["tool"]["driver"]["rules"][0]
        assert rule["helpUri"] == "https://vitd.test/docs/rules/dead-link/"
        assert LINK in on_a_terminal(site)


def test_a_terminal_without_colours_or_escapes_gets_no_link(site: Path) -> None:
    (site / "vitdlint.toml").write_text('docs-url = "https://vitd.test/docs"\n')
    assert "\x1b" not in on_a_terminal(site, NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(site, TERM="dumb")


def test_what_is_no_address_is_an_error_with_its_place(site: Path) -> None:
    (site / "vitdlint.toml").write_text('docs-url = "docs/rules"\n')
    done = said(site)
    assert done.returncode == 2
    assert 'vitdlint.toml:1:12: "docs-url" is "docs/rules"; it must begin with http' in done.stderr


def test_the_installed_package_says_where_if_the_site_does_not(site: Path, tmp_path: Path) -> None:
    package = tmp_path / "lib"
    shutil.copytree(ROOT / "vitdlint", package / "vitdlint", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "schemas", package / "vitdlint/schemas", dirs_exist_ok=True)
    metadata = package / f"vitdlint-{__version__}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: vitdlint\nProject-URL: Home, https://other.test/\n"
        "Project-URL: Documentation, https://packager.test/docs\n\nProject-URL: Documentation, https://body.test/\n"
    )
    table = said(site, "--output-format", "markdown", package=package).stdout
    assert "https://packager.test/docs/rules/dead-link/" in table
    (site / "vitdlint.toml").write_text('docs-url = "https://vitd.test/docs"\n')
    table = said(site, "--output-format", "markdown", package=package).stdout
    assert "https://vitd.test/docs/rules/dead-link/" in table


def test_without_either_nothing_is_linked() -> None:
    assert docs_url("") == ""
