"""Which Hugo a site is built with, and that nothing is reported that is wrong only for another one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from support.hugo_versions import VERSIONS, hugo_of
from support.run import names, report, run, write

from vitdlint.files.tree import MemoryTree
from vitdlint.hugo.config import load
from vitdlint.hugo.version import parse_version, pinned_version


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.147.9", (0, 147)),
        ("v0.125.4\n", (0, 125)),
        ("^0.131.0", (0, 131)),
        ("0.145.0+extended", (0, 145)),
        ("extended_0.145.0", None),
        ("latest", None),
        ("${{ inputs.hugo }}", None),
        ("", None),
    ],
)
def test_versions(text: str, number: tuple[int, int] | None) -> None:
    assert parse_version(text) == number


WORKFLOW = """\
jobs:
  build:
    env:
      HUGO_VERSION: 0.128.0
    steps:
      - run: wget hugo_${HUGO_VERSION}.deb
"""
ACTION = "    - uses: peaceiris/actions-hugo@v3\n      with:\n        hugo-version: '0.145.0'\n        extended: true\n"


@pytest.mark.parametrize(
    ("path", "text", "number"),
    [
        ("netlify.toml", '[build.environment]\nHUGO_VERSION = "0.125.7"\n', (0, 125)),
        ("netlify.toml", '[context.production.environment]\nHUGO_VERSION = "0.126.0"\n', (0, 126)),
        (".github/workflows/hugo.yaml", WORKFLOW, (0, 128)),
        (".github/workflows/hugo.yml", ACTION, (0, 145)),
        (".github/workflows/hugo.yml", ACTION.replace("'0.145.0'", "latest"), None),
        (".gitlab-ci.yml", 'variables:\n  HUGO_VERSION: "0.130.0"\n', (0, 130)),
        (".hugo-version", "0.131.0\n", (0, 131)),
        (".hugo-version", "", None),
        (".tool-versions", "nodejs 20\nhugo extended_0.1\n", None),
        (".tool-versions", "nodejs 20\nhugo 0.132.1\n", (0, 132)),
        ("mise.toml", '[tools]\nhugo = "0.133.0"\n', (0, 133)),
        (".mise.toml", '[tools]\n"aqua:gohugoio/hugo" = { version = "0.134.0" }\n', (0, 134)),
        ("package.json", '{"devDependencies": {"hugo-extended": "^0.135.0"}}', (0, 135)),
        ("package.json", "{", None),
        ("hugo.toml", '[module.hugoVersion]\nmin = "0.120.0"\nmax = "0.136.0"\n', (0, 136)),
        ("hugo.toml", '[module.hugoVersion]\nmin = "0.120.0"\n', None),
    ],
)
def test_each_file_that_names_a_version(path: str, text: str, number: tuple[int, int] | None) -> None:
    tree = MemoryTree({path: text})
    config = {"module": {"hugoversion": {"min": "0.120.0", "max": "0.136.0"}}} if "max" in text else {}
    found = pinned_version(tree, config)
    assert (found.number if found.origin else None) == number


def test_what_publishes_decides_and_of_several_the_oldest() -> None:
    files = {
        ".hugo-version": "0.120.0",
        ".github/workflows/a.yml": WORKFLOW,
        ".github/workflows/b.yml": ACTION,
    }
    assert load(MemoryTree(files)).version == ((0, 128), ".github/workflows/a.yml")


def test_the_key_wins_and_is_shown(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": "", ".hugo-version": "0.131.0", "content/a.md": "x\n"})
    assert "# Hugo 0.131 (.hugo-version)" in run("check", "--show-settings", cwd=tmp_path).stdout
    done = run("check", "--show-settings", "--config", 'hugo-version = "0.147.9"', cwd=tmp_path)
    assert "# Hugo 0.147 (hugo-version)" in done.stdout
    done = run("check", "--config", 'hugo-version = "new"', cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert 'write a version like "0.147.9"' in done.stderr


FRONT = "---\ntitle: A\n---\n"
LAYOUTS = {f"layouts/_default/{name}.html": "{{ .Content }}" for name in ("single", "list")}
PAGES = {
    "html": {"content/a.html": FRONT + "<p>x</p>\n"},
    "org": {"content/a.org": "#+title: x\n* H\n"},
    "gist": {"content/a.md": FRONT + "{{< gist user 123 >}}\n"},
    "details": {"content/a.md": FRONT + "{{< details >}}x{{< /details >}}\n"},
    "qr": {"content/a.md": FRONT + '{{< qr text="x" />}}\n'},
    "comment": {"content/a.md": FRONT + "{{< comment >}}x{{< /comment >}}\n"},
    "instagram_simple": {"content/a.md": FRONT + "{{< instagram_simple x >}}\n"},
    "unknown": {"content/a.md": FRONT + "{{< nope >}}\n"},
}
HEADING = "## [Amazon](http://www.amazon.com/d) 180\n\n[a](#amazon-180) [b](#amazonhttpwwwamazoncomd-180) [c](#nowhere)\n"
EARLY = "/a/#amazonhttpwwwamazoncomd-180"
FAILS = frozenset({"refused-content", "unknown-shortcode"})


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", PAGES)
def test_a_finding_holds_for_the_version_that_the_site_names(tmp_path: Path, version: str, name: str) -> None:
    hugo = hugo_of(version)
    site = write(tmp_path / "site", {"hugo.toml": "", ".hugo-version": version, **LAYOUTS, **PAGES[name]})
    done = subprocess.run(
        [str(hugo), "--noBuildLock", "--destination", str(tmp_path / "public")],
        cwd=site,
        capture_output=True,
        check=False,
    )
    found = run("check", "--output-format", "json", cwd=site)
    assert bool(FAILS.intersection(names(found))) == bool(done.returncode), (done.stderr, report(found))


@pytest.mark.parametrize("version", VERSIONS)
def test_ids_of_headings_with_links(tmp_path: Path, version: str) -> None:
    site = write(
        tmp_path / "site",
        {"hugo.toml": "", ".hugo-version": version, **LAYOUTS, "content/a.md": FRONT + HEADING},
    )
    public = tmp_path / "public"
    subprocess.run(
        [str(hugo_of(version)), "--noBuildLock", "--destination", str(public)], cwd=site, check=True
    )
    html = (public / "a/index.html").read_text()
    found = run("check", "--output-format", "json", "--select", "dead-fragment", cwd=site)
    for each in report(found)["diagnostics"]:
        assert f'id="{each["cause"].partition("#")[2]}"' not in html
    assert len(names(found)) == 1 + (parse_version(version) >= (0, 144))  # type: ignore[operator]  # it is one


@pytest.mark.parametrize(
    ("version", "dead"),
    [("0.131.0", {"/a/#nowhere"}), ("0.55.0", set()), ("0.147.9", {"/a/#nowhere", EARLY})],
)
def test_a_fragment_that_no_early_hugo_makes_is_dead(tmp_path: Path, version: str, dead: set[str]) -> None:
    write(tmp_path, {"hugo.toml": "", ".hugo-version": version, **LAYOUTS, "content/a.md": FRONT + HEADING})
    found = run("check", "--output-format", "json", "--select", "dead-fragment", cwd=tmp_path)
    assert {each["cause"] for each in report(found)["diagnostics"]} == dead
