"""pre-commit, GitHub Actions, GitLab and make, each run with the real thing as far as it exists on this machine."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from support.hooks import HOOKS, VITDLINT, alone, git, hook_of, put  # noqa: F401  # `alone` is a fixture

pytestmark = pytest.mark.usefixtures("alone")

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
STEPS = {step.get("name", step.get("uses")): step for step in ACTION["runs"]["steps"]}


def page(body: str) -> str:
    return f"---\ntitle: A page\n---\n{body}\n"


SITE = {
    "hugo.toml": 'baseURL = "https://vitd.test/"\n',
    "content/posts/sun.md": page("About the sun."),
    "content/posts/dose.md": page("See [sun](/posts/sun/)."),
    "content/posts/old.md": page("A known [mistake](/nowhere/)."),
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A site in a repository with the first hook installed by pre-commit."""
    folder = tmp_path / "site"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    config = {"repos": [{"repo": "local", "hooks": [hook_of(0)]}]}
    put(folder, {**SITE, ".pre-commit-config.yaml": yaml.safe_dump(config)})
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "start")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    return folder


def commit(folder: Path, files: Mapping[str, str | None]) -> tuple[bool, str]:
    """Whether a commit of these changes goes through, and what was said."""
    put(folder, files)
    git(folder, "add", "-A")
    done = git(folder, "commit", "-m", "change")
    return done.returncode == 0, done.stdout + done.stderr


def test_the_manifest_is_valid(tmp_path: Path) -> None:
    manifest = tmp_path / ".pre-commit-hooks.yaml"
    manifest.write_text((ROOT / ".pre-commit-hooks.yaml").read_text())
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(manifest)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    for hook in HOOKS:
        assert hook["pass_filenames"] is False
        assert hook["always_run"] is True


def test_a_commit_that_adds_an_error_is_stopped_and_an_old_one_is_not_reported(repository: Path) -> None:
    passed, said = commit(repository, {"content/posts/new.md": page("See [x](/gone/).")})
    assert not passed
    assert "content/posts/new.md:4:9: VD601 dead-link" in said
    assert "/nowhere/" not in said


def test_a_good_commit_passes_also_beside_baselined_findings(repository: Path) -> None:
    passed, said = commit(
        repository, {"content/posts/old.md": page("Moved down.\n\nA known [mistake](/nowhere/).")}
    )
    assert passed, said
    assert "there before" in said


def test_a_commit_that_only_deletes_is_checked(repository: Path) -> None:
    passed, said = commit(repository, {"content/posts/sun.md": None})
    assert not passed
    assert "content/posts/sun.md:1:1: VD601 dead-link removing this file breaks 1 link" in said


def test_a_rename_without_an_alias_is_stopped_and_with_one_it_passes(repository: Path) -> None:
    git(repository, "mv", "content/posts/sun.md", "content/posts/sunshine.md")
    passed, said = commit(repository, {})
    assert not passed
    assert "moving this file breaks 1 link" in said
    new = "---\ntitle: A page\naliases: [/posts/sun/]\n---\nAbout the sun.\n"
    link = page("See [sun](/posts/sunshine/).")
    passed, said = commit(repository, {"content/posts/sunshine.md": new, "content/posts/dose.md": link})
    assert passed, said


def test_what_is_not_staged_or_not_tracked_answers_no_link(repository: Path) -> None:
    put(repository, {"content/posts/dose.md": page("See [moon](/posts/moon/).")})
    git(repository, "add", "-A")
    put(repository, {"content/posts/moon.md": page("Untracked.")})
    done = git(repository, "commit", "-m", "change")
    assert done.returncode == 1
    assert "dead-link" in done.stdout + done.stderr


def test_warnings_are_shown_though_they_do_not_stop_the_commit(repository: Path) -> None:
    passed, said = commit(repository, {"content/posts/warn.md": page("See [dose](/posts/warn/).")})
    assert passed, said
    assert "warning: " in said


@pytest.mark.slow
def test_a_commit_of_three_thousand_files_is_one_run(repository: Path) -> None:
    files = {f"content/posts/n{n}.md": page(f"Page {n}, see [sun](/posts/sun/).") for n in range(3000)}
    passed, said = commit(repository, {**files, "content/posts/n7.md": page("See [x](/gone/).")})
    assert not passed
    assert said.count("Found 1 error") == 1


# GitHub Actions.


def test_no_input_of_the_action_is_ever_part_of_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
    used = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text()))
    assert used == set(ACTION["inputs"])
    assert all("default" in entry and "description" in entry for entry in ACTION["inputs"].values())


def lint_step(folder: Path, **environment: str) -> tuple[int, str, str]:
    """The action's own script in a site, as a runner would start it: exit code, output, summary."""
    program = folder.parent / "vitdlint"
    program.write_text(f'#!/bin/sh\nexec {VITDLINT} "$@"\n')
    program.chmod(0o755)
    step = STEPS["Lint"]
    given = dict.fromkeys(step["env"], "")
    given |= {
        "VITDLINT": str(program),
        "SUMMARY": str(folder.parent / "summary.md"),
        "PYTHON": sys.executable,
        "REPORT": str(folder.parent / "report.json"),
        "GITHUB_STEP_SUMMARY": str(folder.parent / "step.md"),
        "GITHUB_OUTPUT": str(folder.parent / "output.txt"),
        "PLUGINS": "true",
        **environment,
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
    )
    summary = folder.parent / "step.md"
    return done.returncode, done.stdout + done.stderr, summary.read_text() if summary.exists() else ""


def test_the_action_annotates_summarises_and_fails(repository: Path) -> None:
    code, said, summary = lint_step(repository, SARIF="out.sarif", HTML="out.html")
    assert code == 1
    assert "</html>" in (repository / "out.html").read_text(encoding="utf-8")
    outputs = (repository.parent / "output.txt").read_text().splitlines()
    report = repository.parent / "report.json"
    assert outputs == ["exit-code=1", f"json={report}", "errors=1", "warnings=0", "infos=0"]
    assert len(json.loads(report.read_text())["diagnostics"]) == 1
    assert "::error file=content/posts/old.md,line=4,col=19" in said
    assert "| content/posts/old.md" in summary
    sarif = json.loads((repository / "out.sarif").read_text())
    assert sarif["runs"][0]["results"][0]["ruleId"] == "VD601"


def test_the_action_reports_only_what_a_pull_request_causes(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "topic")
    put(repository, {"content/posts/new.md": page("Fine.")})
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "topic")
    code, said, _ = lint_step(repository, SINCE="main")
    assert (code, "::error" in said) == (0, False), said


@pytest.mark.parametrize("name", ["PATHS", "SINCE", "BASELINE", "CONFIG", "FAIL_ON", "SARIF", "HTML", "ARGS"])
def test_hostile_inputs_of_the_action_run_nothing(repository: Path, name: str) -> None:
    hostile = '"; touch pwned; $(touch pwned) `touch pwned` --help #'
    code, _, _ = lint_step(repository, **{name: hostile})
    assert code != 0
    assert not list(repository.parent.rglob("pwned"))


def test_paths_of_the_action_are_on_lines_of_their_own(repository: Path) -> None:
    put(repository, {"content/posts/two words.md": page("See [x](/gone/).")})
    code, said, _ = lint_step(repository, PATHS="content/posts/two words.md\n\ncontent/posts/sun.md")
    assert code == 1
    assert "two words.md" in said
    assert "old.md" not in said


def test_each_line_of_args_is_an_option_of_its_own(repository: Path) -> None:
    code, said, _ = lint_step(repository, ARGS="--ignore=dead-link\n\n--fail-on=warning\n")
    assert (code, "::error" in said) == (0, False), said
    code, _, _ = lint_step(repository, ARGS="--no-such-option")
    assert code == 2
    # What an earlier step of the job has left behind is not this one's.
    assert (repository.parent / "output.txt").read_text().splitlines()[-1] == "exit-code=2"


def test_outputs_that_the_action_names_are_written_by_its_steps() -> None:
    script = "\n".join(step.get("run", "") for step in ACTION["runs"]["steps"])
    for output in ACTION["outputs"].values():
        for step, name in re.findall(r"steps\.(\w+)\.outputs\.([a-z-]+)", output["value"]):
            assert step == STEPS["Lint"]["id"]
            assert f"{name}=" in script or f'"{name}"' in script


def test_a_fork_is_known_by_the_names_of_the_repositories() -> None:
    # `head.repo.fork` is true in a repository that is itself a fork, and null for one that is deleted.
    assert STEPS["Lint"]["env"]["FORK"] == (
        "${{ github.event.pull_request && github.event.pull_request.head.repo.full_name != github.repository }}"
    )
    for file in ("action.yml", "examples/ci/github.yml"):
        assert "head.repo.fork }}" not in (ROOT / file).read_text()


def test_plug_ins_of_a_fork_are_not_run(repository: Path) -> None:
    put(repository, {"vitdlint.toml": 'plugins = ["lint.py"]\n', "lint.py": "raise SystemExit(9)\n"})
    assert lint_step(repository, FORK="true")[0] == 1
    assert lint_step(repository, FORK="false")[0] == 3


@pytest.mark.parametrize("has_wheel", [True, False])
def test_the_action_installs_where_re2_has_no_wheel(tmp_path: Path, has_wheel: bool) -> None:  # a case
    python = tmp_path / "python"
    python.write_text(
        f"""#!/bin/sh
        if [ "$2" = venv ]; then mkdir -p "$3/bin" && exec cp "$0" "$3/bin/python"; fi
        for last; do :; done
        echo "$last"
        case "$last" in *patterns*) {str(has_wheel).lower()};; esac
        """
    )
    python.chmod(0o755)
    done = subprocess.run(
        ["bash", "-ec", STEPS["Install vitdlint"]["run"]],
        env={
            **os.environ,
            "PYTHON": str(python),
            "ACTION": "/action",
            "HOME_OF_TOOL": str(tmp_path / "tool"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    asked = ["/action[patterns]"] if has_wheel else ["/action[patterns]", "/action"]
    assert (done.returncode, done.stdout.split()) == (0, asked), done.stderr


def test_the_cache_has_one_entry_a_week() -> None:
    cache = next(step for name, step in STEPS.items() if name and name.startswith("actions/cache@"))
    assert "github.sha" not in cache["with"]["key"]
    week = subprocess.run(
        ["bash", "-ec", STEPS["Week"]["run"]],
        env={**os.environ, "GITHUB_OUTPUT": "/dev/stdout"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert re.fullmatch(r"number=20\d\d-\d\d\n", week)


def test_the_problem_matcher_reads_what_concise_prints(repository: Path) -> None:
    matchers = json.loads((ROOT / "examples/ci/problem-matcher.json").read_text())["problemMatcher"]
    put(repository, {"content/posts/warn.md": page("See [dose](/posts/warn/).")})
    said = subprocess.run(
        [*VITDLINT.split(), "check", "--output-format", "concise"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    found = []
    for line in said.splitlines():
        for matcher in matchers:
            pattern = matcher["pattern"][0]
            if match := re.fullmatch(pattern["regexp"], line):
                found.append((matcher["severity"], match[pattern["file"]], int(match[pattern["line"]])))
    assert sorted(found) == [("error", "content/posts/old.md", 4), ("warning", "content/posts/warn.md", 4)]


# The examples.


@pytest.mark.parametrize(
    "name", ["github.yml", "gitlab.yml", "azure-pipelines.yml", "pre-commit-config.yaml"]
)
def test_the_examples_are_yaml_and_name_only_what_exists(name: str) -> None:
    document = yaml.safe_load((ROOT / "examples/ci" / name).read_text())
    text = json.dumps(document)
    if name == "github.yml":
        steps = document["jobs"]["lint"]["steps"]
        ours = next(step for step in steps if "vitdlint@" in step["uses"])
        assert set(ours["with"]) <= set(ACTION["inputs"])
        assert steps[0]["with"]["fetch-depth"] == 0
    if name == "gitlab.yml":
        # The widget compares two reports: one of the merge request, one of the branch that it goes to.
        rules = document["content"]["rules"]
        assert [rule["if"] for rule in rules] == [
            '$CI_PIPELINE_SOURCE == "merge_request_event"',
            "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH",
        ]
    if name == "pre-commit-config.yaml":
        assert {h["id"] for h in document["repos"][0]["hooks"]} <= {hook["id"] for hook in HOOKS}
    help_text = subprocess.run(
        [sys.executable, "-m", "vitdlint", "check", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for option in re.findall(r"vitdlint check[^\"]*?(--[a-z-]+)", text):
        assert option in help_text


def test_the_makefile_adopts_a_site_and_gates_a_branch(repository: Path) -> None:
    def make(target: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", "-f", str(ROOT / "examples/ci/Makefile"), f"VITDLINT={VITDLINT}", target],
            cwd=repository,
            capture_output=True,
            text=True,
            check=False,
        )

    assert make("baseline").returncode == 0
    assert make("lint").returncode == 0
    put(repository, {"content/posts/new.md": page("See [x](/gone/).")})
    done = make("lint")
    assert done.returncode != 0
    assert "new.md:4:9" in done.stdout
    assert "old.md" not in done.stdout
    git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    gate = make("gate")
    assert gate.returncode != 0
    assert "new.md:4:9" in gate.stdout


def test_a_site_in_a_folder_of_the_repository_is_named_by_the_hooks_arguments(tmp_path: Path) -> None:
    folder = tmp_path / "repository"
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    config = {"repos": [{"repo": "local", "hooks": [{**hook_of(0), "args": ["docs"]}]}]}
    layout = {"layouts/page.html": "{{ .Content }}", "static/sun.png": "x"}
    files = {f"docs/{name}": text for name, text in {**SITE, **layout}.items()}
    put(folder, {**files, "docs/content/posts/pic.md": page("![sun](/sun.png)")})
    put(folder, {".pre-commit-config.yaml": yaml.safe_dump(config)})
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "start")
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"], cwd=folder, capture_output=True, check=True
    )
    passed, said = commit(folder, {"elsewhere.txt": "not the site"})
    assert passed, said
    assert "nothing of the site was touched" in said
    passed, said = commit(folder, {"docs/static/sun.png": None})
    assert not passed
    assert "docs/static/sun.png:1:1: VD609 missing-file removing this file breaks 1 link" in said
