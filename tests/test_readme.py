"""Every block of the README and the guide that somebody may copy is run as it stands, in a copy of a site that it is for."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from support.hooks import HOOKS, git, hook_of, put
from support.hugo_build import hugo_binary

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")))
ELSEWHERE = {"plugins", "globs", "keys", "accuracy"}
"""Pages of the documentation whose blocks other tests run, or that are made by a command."""

EXCUSED = {
    "(top)/1": "printed by tests/generate.py and compared by tests/test_generated.py",
    "Install/1": "sets up an environment from a package index; whoever runs these tests has done so",
    "performance: (top)/1": "a measurement that takes minutes: tests/benchmarks",
    "performance: (top)/2": "fetches a public site",
    "start: (top)/1": "installs from a package index: tests/test_package.py does so with what is here",
    "ci: GitHub Actions/1": "needs GitHub; the steps of the action are run by tests/test_integrations.py",
    "ci: Container/1": "needs Docker; its steps are run by tests/test_package.py",
    "editors: (top)/1": "installs from a package index, and starts a server that waits for an editor: tests/lsp talks to it",
    "editors: VS Code/1": "needs VS Code: `make vscode-look` runs it",
    "editors: Emacs/1": "needs Emacs",
    "external-links: A snapshot for what is gone/1": "asks the Wayback Machine: tests/external has a server in its place",
}
"""Blocks that are not run here, and why."""


class Block(NamedTuple):
    language: str
    text: str


def blocks(text: str, page: str) -> Iterator[tuple[str, Block]]:
    """Every fenced block with a language, by its page, its heading and its number below it."""
    heading, count = f"{page}(top)", 0
    for match in re.finditer(r"(?ms)^## ([^\n]+)$|^```(\w+)\n(.*?)^```$", text):
        if match[1]:
            heading, count = page + match[1], 0
        else:
            count += 1
            yield f"{heading}/{count}", Block(match[2], match[3])


BLOCKS = {
    name: block
    for path in PAGES
    if path.stem not in ELSEWHERE
    for name, block in blocks(
        path.read_text(encoding="utf-8"), "" if path.parent == ROOT else f"{path.stem}: "
    )
    if block.language != "text"
}

FRONT = "---\ntitle: {}\n---\n"
SITE = {
    "hugo.toml": 'baseURL = "https://vitd.test/"\n[[menus.main]]\npageRef = "/posts/old"\n',
    "layouts/page.html": "{{ .Content }}",
    "content/posts/a.md": FRONT.format("A")
    + "See [old](/posts/old/), [a study](https://doi.org/10.1000/182.).\n",
    "content/posts/b.md": FRONT.format("B") + "A known [mistake](/nowhere/).\n",
    "content/posts/old.md": FRONT.format("Old") + "Text.\n",
    "schemas/post.schema.json": '{"required": ["title"]}\n',
    "draft.md": FRONT.format("A") + "See [x](/gone/).\n",
}


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A `vitdlint` on the path, and nothing of the person who runs the tests."""
    for name in list(os.environ):
        if name.startswith(("GIT_", "VITDLINT_", "GITHUB_", "PRE_COMMIT", "NO_COLOR", "FORCE_COLOR")):
            monkeypatch.delenv(name)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, module in (("vitdlint", "vitdlint"), ("pre-commit", "pre_commit")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m {module} "$@"\n')
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A Writer")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "writer@vitd.test")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site in a repository whose main branch is pushed."""
    folder = tmp_path / "site"
    folder.mkdir()
    put(folder, SITE)
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    return folder


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "change")


def shell(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


def run(folder: Path, name: str, *expected: tuple[int, str]) -> None:
    """Run a block line by line; each must end with that code and say that."""
    lines = BLOCKS[name].text.splitlines()
    assert len(lines) == len(expected), "a line was added: say here what is expected of it"
    for line, (code, said) in zip(lines, expected, strict=True):
        done = shell(folder, line)
        assert done.returncode == code, f"{line}\n{done.stdout}{done.stderr}"
        assert said in done.stdout + done.stderr, f"{line}\n{done.stdout}{done.stderr}"


def test_every_block_is_tried_here_or_excused() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    tried = {name for name in BLOCKS if source.count(f'"{name}"') and name not in EXCUSED}
    assert tried | EXCUSED.keys() == BLOCKS.keys()


def test_check_a_site(site: Path) -> None:
    run(
        site,
        "Check a site/1",
        (1, "content/posts/b.md:4:19: VD601 dead-link"),
        (1, "Found 1 error; checked 1 page"),
        (1, "VD601  error    dead-link"),
        (1, "--> content/posts/b.md:4:19"),
        (0, "dead-link"),
    )


def test_the_configuration_that_is_shown_is_a_valid_one(site: Path) -> None:
    put(site, {"vitdlint.toml": BLOCKS["Check a site/2"].text, "content/drafts/c.md": "[x](/nowhere/)\n"})
    done = shell(site, "vitdlint check --output-format json")
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)["diagnostics"]
    assert {d["path"] for d in found if d["name"] == "dead-link"} == {"content/posts/b.md"}


def test_the_guide_to_the_configuration(site: Path) -> None:
    put(site, {"vitdlint.toml": BLOCKS["configuration: Accept what is there today/1"].text})
    shell(site, "vitdlint check --update-baseline")
    run(site, "configuration: (top)/1", (0, "vitdlint.toml:1"), (0, "content/posts/b.md"))
    put(site, {"content/drafts/c.md": "[x](/gone/)\n"})
    first = "configuration: Say something on the command line/1"
    run(site, first, (1, "/gone/"), (1, "/nowhere/"), (0, "Nothing found"))
    shared = BLOCKS["configuration: Share one configuration between sites/1"].text
    put(site, {"vitdlint.toml": shared, "../shared/vitdlint.toml": 'ignore = ["dead-link"]\n'})
    assert "dead-link" not in shell(site, "vitdlint check").stdout


def test_the_guide_to_schemas(site: Path) -> None:
    settings = BLOCKS["schemas: (top)/1"].text + BLOCKS["schemas: Schemas for shortcodes/1"].text
    put(
        site,
        {"vitdlint.toml": settings, "schemas/figure.json": BLOCKS["schemas: Schemas for shortcodes/2"].text},
    )
    put(site, {"content/posts/a.md": '---\n{}\n---\n{{< figure src="/a.png" width="3" >}}\n'})
    done = shell(site, "vitdlint check --output-format json content/posts/a.md")
    found = {d["name"] for d in json.loads(done.stdout)["diagnostics"]}
    assert found == {"front-matter-schema", "shortcode-schema", "missing-file"}


def test_the_guide_to_questions_for_hugo(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(site, {"vitdlint.toml": BLOCKS["ask-hugo: Keep the answers/1"].text})
    monkeypatch.setenv("PATH", f"{hugo_binary().parent}:{os.environ['PATH']}")
    done = shell(site, BLOCKS["ask-hugo: (top)/1"].text.removeprefix("$ "))
    assert done.returncode == 1, done.stderr
    assert (site / "hugo.answers").is_file()


def test_the_settings_of_editors_can_be_read(tmp_path: Path) -> None:
    """By the program that reads them, where it is here."""
    for name in ("editors: VS Code/2", "editors: Zed/1", "editors: Sublime Text/1"):
        assert json.loads(BLOCKS[name].text)
    assert tomllib.loads(BLOCKS["editors: Helix/1"].text)
    for name in ("editors: Neovim/1", "editors: Neovim/2"):
        put(tmp_path, {"init.lua": BLOCKS[name].text})
        if shutil.which("nvim"):
            done = shell(tmp_path, "nvim --headless -u NONE -c 'lua assert(loadfile(\"init.lua\"))' -c qa!")
            assert not done.stderr, done.stderr


def test_end_a_family_of_dead_links(site: Path) -> None:
    run(
        site,
        "cure: (top)/1",
        (0, "1 dead link on 1 page"),
        (0, "+A known [mistake](/posts/old/)."),
        (0, "1 dead link ended, 1 file changed"),
    )
    assert "[mistake](/posts/old/)" in (site / "content/posts/b.md").read_text()


def test_fix_what_can_be_fixed(site: Path) -> None:
    patch = shell(site, BLOCKS["Fix what can be fixed/1"].text.splitlines()[0])
    applied = subprocess.run(
        ["git", "apply", "--check"], cwd=site, input=patch.stdout, text=True, capture_output=True, check=False
    )
    assert applied.returncode == 0, applied.stderr
    run(
        site,
        "Fix what can be fixed/1",
        (1, "+See [old](/posts/old/), [a study](https://doi.org/10.1000/182).\n"),
        (1, "fixed 1 finding in 1 file"),
        (1, "Found 1 error"),
    )
    assert git(site, "status", "--porcelain").stdout == " M content/posts/a.md\n"


def test_adopt_an_old_site(site: Path, tmp_path: Path) -> None:
    """From a clone to hooks that let through what was there before and stop a new dead link: at most four commands."""
    git(tmp_path, "clone", "-q", site.name, "clone")
    clone = tmp_path / "clone"
    run(
        clone,
        "Adopt it on an old site/1",
        (0, "vitdlint-baseline.json written: 2 findings"),
        (0, ""),
        (0, "Check the site"),
        (0, "pre-commit installed"),
    )
    assert len(BLOCKS["Adopt it on an old site/1"].text.splitlines()) <= 4
    page = (clone / "content/posts/b.md").read_text()
    put(clone, {"content/posts/b.md": f"{page}\n[x](/gone/)\n"})
    git(clone, "add", "-A")
    stopped = git(clone, "commit", "-m", "a new dead link")
    assert stopped.returncode == 1
    assert "content/posts/b.md:6:5: VD601" in stopped.stdout + stopped.stderr
    assert "/nowhere/" not in stopped.stdout + stopped.stderr
    put(clone, {"content/posts/b.md": f"{page}\n[x](/posts/old/)\n"})
    git(clone, "add", "-A")
    assert git(clone, "commit", "-m", "a link that leads somewhere").returncode == 0
    git(clone, "init", "-q", "--bare", "../there")
    pushed = git(clone, "push", "../there", "main")
    assert pushed.returncode == 0, pushed.stderr
    run(
        clone,
        "Adopt it on an old site/2",
        (0, "vitdlint-baseline.json records 2 findings in 2 files, as before"),
        (1, "/nowhere/"),
    )


def test_the_guide_to_an_old_site_says_what_the_readme_says(site: Path) -> None:
    short = BLOCKS["adopt: (top)/1"].text.splitlines()
    full = [line.partition("#")[0].strip() for line in BLOCKS["Adopt it on an old site/1"].text.splitlines()]
    assert short == full
    run(site, "adopt: What to fix first/1", (1, "dead-link"))
    assert shell(site, "vitdlint init --baseline").returncode == 0
    run(site, "adopt: What a baseline is/1", (0, "as before"))
    run(site, "adopt: What a baseline is/2", (1, "/nowhere/"))


def test_the_guide_to_fixes(site: Path) -> None:
    run(site, "fix: (top)/1", (1, "+See [old]"), (1, "fixed 1 finding"), (1, "Found 1 error"))


def test_the_guide_to_suppressions(site: Path) -> None:
    put(site, {"content/posts/b.md": BLOCKS["suppress: (top)/1"].text})
    assert "b.md" not in shell(site, "vitdlint check").stdout
    put(site, {"content/posts/b.md": SITE["content/posts/b.md"]})
    run(site, "suppress: (top)/2", (0, "1 file written"))
    put(site, {"vitdlint.toml": BLOCKS["suppress: Ignore a rule, or many pages/1"].text})
    put(site, {"content/archive/b.md": SITE["content/posts/b.md"]})
    assert "b.md" not in shell(site, "vitdlint check").stdout


def test_the_first_report(site: Path) -> None:
    run(site, "start: (top)/2", (1, "content/posts/b.md:4:19"))
    run(site, "start: Check less/1", (1, "a.md"), (1, "b.md"), (1, "dead-link"), (0, "dead-link"))


def test_the_hook_without_pre_commit(site: Path) -> None:
    put(site, {"content/posts/new.md": "[x](/gone/)\n"})
    git(site, "add", "-A")
    run(site, "hooks: (top)/2", (1, "content/posts/new.md:1:5: VD601"))


def test_two_commands_for_every_ci(site: Path) -> None:
    run(site, "ci: (top)/1", (0, ""), (0, ""), (0, ""), (1, "b.md"))


def test_suppress_a_finding(site: Path) -> None:
    put(site, {"content/posts/b.md": BLOCKS["Suppress a finding/1"].text})
    assert "b.md" not in shell(site, "vitdlint check").stdout
    put(site, {"content/posts/b.md": SITE["content/posts/b.md"]})
    run(site, "Suppress a finding/2", (0, "1 file written"))
    assert "b.md" not in shell(site, "vitdlint check").stdout


def test_rename_a_page(site: Path) -> None:
    run(site, "rename: (top)/1", (0, "+See [old](/posts/new/)"), (0, "/posts/old/ kept as an alias"))
    assert 'pageRef = "/posts/new"' in (site / "hugo.toml").read_text()
    assert "/posts/old/" not in (site / "content/posts/a.md").read_text()


def test_use_it_in_a_hook(site: Path) -> None:
    given = yaml.safe_load(BLOCKS["hooks: (top)/1"].text)
    wanted = [hook["id"] for entry in given["repos"] for hook in entry["hooks"]]
    assert wanted == [hook["id"] for hook in HOOKS]
    local = {"repo": "local", "hooks": [hook_of(i) for i in range(len(HOOKS))]}
    put(site, {".pre-commit-config.yaml": yaml.safe_dump({**given, "repos": [local]})})
    commit(site)
    assert shell(site, f"{sys.executable} -m pre_commit install").returncode == 0
    put(site, {"content/posts/new.md": "[x](/gone/)\n"})
    git(site, "add", "-A")
    done = git(site, "commit", "-m", "new")
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "content/posts/new.md:1:5: VD601" in said
    assert "/nowhere/" not in said
    git(site, "rm", "-q", "-f", "content/posts/new.md")
    git(site, "init", "-q", "--bare", "../there")
    done = git(site, "push", "../there", "main")
    assert done.returncode != 0
    assert "/nowhere/" in done.stdout + done.stderr


def test_gate_pull_requests(site: Path) -> None:
    git(site, "checkout", "-q", "-b", "topic")
    git(site, "rm", "-q", "content/posts/old.md")
    git(site, "commit", "-q", "-m", "remove")
    put(site, {"content/posts/new.md": "[x](/gone/)\n"})
    git(site, "add", "-A")
    run(
        site,
        "Stop new errors in commits and pull requests/1",
        (1, "removing this file breaks 1 link"),
        (1, "content/posts/new.md:1:5: VD601"),
    )


def test_report_in_ci(site: Path) -> None:
    run(
        site,
        "formats: (top)/1",
        (1, "b.md:4:19: VD601"),
        (1, ""),
        (1, "::error file=content/posts/b.md,line=4"),
    )
    run(
        site, "formats: Long reports/1", *[(1, "")] * len(BLOCKS["formats: Long reports/1"].text.splitlines())
    )
    sarif = json.loads((site / "vitdlint.sarif").read_text())
    assert "vitdlint/v1" in sarif["runs"][0]["results"][0]["partialFingerprints"]
    assert ET.parse(site / "vitdlint.xml").getroot().tag == "testsuites"
    assert len(json.loads((site / "gl-code-quality-report.json").read_text())) == 2
    run(site, "report: (top)/1", (0, ""))
    assert "</html>" in (site / "report.html").read_text(encoding="utf-8")
    run(site, "report: Is it getting better?/1", (0, ""), (0, ""), (0, ""))
    assert "first run" in (site / "report.html").read_text(encoding="utf-8")


def test_while_you_write(site: Path) -> None:
    watch, stdin, completion, plain = BLOCKS["start: While you write/1"].text.splitlines()
    watcher = subprocess.Popen(
        ["bash", "-c", f"exec {watch}"],
        cwd=site,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A job in the background ignores Ctrl-C, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # no threads here
    )
    assert watcher.stdout is not None
    assert "waiting" in until(watcher, "waiting")
    time.sleep(0.1)
    put(site, {"content/posts/b.md": FRONT.format("B") + "[x](/gone/) is longer.\n"})
    said = until(watcher, "waiting")
    assert "/gone/" in said
    assert "1 fixed" in said
    os.killpg(watcher.pid, signal.SIGINT)
    assert watcher.wait(20) == 130
    watcher.stdout.close()
    assert "content/posts/a.md:4:9: VD601" in shell(site, stdin).stdout
    # With a line after it: a shell that has nothing left to do makes way for the program, which then finds no shell.
    assert "bash completion installed" in shell(site, f"{completion}\ntrue").stdout
    assert "\x1b" not in shell(site, f"FORCE_COLOR=1 {plain}").stdout


def until(process: subprocess.Popen[str], word: str) -> str:
    """What a process says up to the line with that word."""
    lines = []
    for line in process.stdout or ():
        lines.append(line)
        if word in line:
            break
    return "".join(lines)


def test_check_external_links(site: Path) -> None:
    put(site, {"content/posts/a.md": FRONT.format("A") + "Nothing to ask about.\n"})
    asked, checked, of_change, dry = (
        (0, "0 external links"),
        (1, "VD601"),
        (0, ""),
        (0, ""),
    )
    comment = (0, "")
    run(site, "external-links: (top)/1", comment, asked, comment, checked, comment, of_change, comment, dry)
    put(site, {"vitdlint.toml": BLOCKS["external-links: Settings for one host/1"].text})
    assert shell(site, "vitdlint check").returncode == 1


# examples/ci: its workflow and its Makefile are run by tests/test_integrations.py.


def test_the_scripts_for_gitlab_run(site: Path) -> None:
    jobs = yaml.safe_load((ROOT / "examples/ci/gitlab.yml").read_text())
    base = git(site, "rev-parse", "HEAD").stdout.strip()
    put(site, {"content/posts/new.md": "[x](/gone/)\n"})
    commit(site)
    given = f"CI_MERGE_REQUEST_DIFF_BASE_SHA={base} CI_MERGE_REQUEST_SOURCE_PROJECT_ID=1 CI_MERGE_REQUEST_PROJECT_ID=1"
    for name, count, code in (("content", 3, 0), ("content-gate", 1, 1)):
        (line,) = jobs[name]["script"]
        line = line.replace("--baseline vitdlint-baseline.json ", "")  # the site has none yet
        done = shell(site, f"export {given}; {line}")
        assert done.returncode == code
        assert f"Found {count} error" in done.stdout, done.stdout
        (report,) = jobs[name]["artifacts"]["reports"].values()
        assert (site / report).exists()
    assert jobs["content-gate"]["extends"] in jobs
    (script,) = jobs["pages"]["script"]
    assert shell(site, f"set -e\n{script}").returncode == 0
    assert "</html>" in (site / "public/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("fork", "code"), [("False", 3), ("True", 1)])
def test_the_scripts_for_azure_run(site: Path, fork: str, code: int) -> None:
    steps = yaml.safe_load((ROOT / "examples/ci/azure-pipelines.yml").read_text())["steps"]
    _, change, whole = (step["script"] for step in steps if "script" in step)
    put(site, {"content/posts/new.md": "[x](/gone/)\n", "vitdlint.toml": 'plugins = ["lint.py"]\n'})
    put(site, {"lint.py": "raise SystemExit(9)\n"})
    done = shell(site, f"export FORK={fork} TARGET=refs/heads/main; {change}")
    assert done.returncode == code, done.stderr
    assert ("sourcepath=content/posts/new.md;linenumber=1" in done.stdout) == (code == 1)
    put(site, {"vitdlint.toml": ""})
    shell(site, "vitdlint check --baseline vitdlint-baseline.json --update-baseline")
    assert shell(site, whole).returncode == 0
    assert (site / "vitdlint.xml").exists()


def test_the_script_for_github_pages_runs(site: Path) -> None:
    (job,) = yaml.safe_load((ROOT / "examples/ci/github-pages.yml").read_text())["jobs"].values()
    script = next(step["run"] for step in job["steps"] if "run" in step)
    install, *rest = script.splitlines()
    assert install.startswith("pipx install")
    assert shell(site, "\n".join(["set -e", *rest])).returncode == 0
    assert "</html>" in (site / "public/index.html").read_text(encoding="utf-8")


def test_the_hooks_of_the_example_take_the_arguments_that_it_gives_them(site: Path) -> None:
    given = yaml.safe_load((ROOT / "examples/ci/pre-commit-config.yaml").read_text())
    by_id = {hook["id"]: hook["entry"] for hook in HOOKS}
    shell(site, "vitdlint check --baseline vitdlint-baseline.json --update-baseline")
    for hook in given["repos"][0]["hooks"]:
        done = shell(site, " ".join([by_id[hook["id"]], *hook.get("args", [])]))
        assert done.returncode == 0, done.stderr
