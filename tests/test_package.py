"""The package as strangers get it: wheel, sdist, the image's steps, the workflows that build and publish."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from support.hooks import git, put
from support.paths import ROOT

BASE_PYTHON = Path(sys.base_prefix, "bin", f"python{sys.version_info[0]}.{sys.version_info[1]}")
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
EXAMPLE_WORKFLOWS = [ROOT / "examples/ci/github.yml", ROOT / "examples/ci/github-pages.yml"]


def tool(*words: str) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / words[0]), *words[1:]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_wheel_and_sdist_are_built_and_work_without_the_checkout(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(tmp_path), str(ROOT)], check=True, capture_output=True
    )
    packages = sorted(path.name for path in tmp_path.iterdir())
    assert [re.sub(r"-\d[^-]*?(?=-py3|\.tar)", "", name) for name in packages] == [
        "vitdlint-py3-none-any.whl",
        "vitdlint.tar.gz",
    ]
    for package in packages:
        done = subprocess.run(
            [str(BASE_PYTHON), str(ROOT / "tests/smoke.py"), str(tmp_path / package)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    # The layout of a mirror for pre-commit brings the wheel, and nothing of the checkout.
    shutil.copytree(ROOT / "examples/pre-commit-mirror", tmp_path / "mirror")
    subprocess.run([str(BASE_PYTHON), "-m", "venv", str(tmp_path / "venv")], check=True)
    for command in (
        [
            "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--find-links",
            str(tmp_path),
            str(tmp_path / "mirror"),
        ],
        ["vitdlint", "--version"],
    ):
        subprocess.run([str(tmp_path / "venv/bin" / command[0]), *command[1:]], check=True)


@pytest.mark.slow
def test_the_steps_of_the_dockerfile_make_a_program_that_lints_a_repository_of_somebody_else(
    tmp_path: Path,
) -> None:
    if os.getuid():
        pytest.skip("only root can give a repository to somebody else")
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    runs = re.findall(r"^RUN (.*)$", text, re.MULTILINE)
    assert len(runs) == 2
    install = (
        runs[0]
        .replace("/opt", f"{tmp_path}/opt")
        .replace("/src", str(ROOT))
        .replace("python -m", f"{BASE_PYTHON} -m")
    )
    configure = next(step for step in runs[1].split("&&") if "git config" in step)
    environment = {**os.environ, "GIT_CONFIG_SYSTEM": str(tmp_path / "gitconfig"), "HOME": str(tmp_path)}
    environment.pop("PYTHONPATH", None)
    for step in (install, configure):
        subprocess.run(["bash", "-ec", step], env=environment, check=True, capture_output=True)

    site = tmp_path / "site"
    git(tmp_path, "init", "-q", "-b", "main", str(site))
    put(site, {"hugo.toml": "", "content/a.md": "---\ntitle: A\n---\nText.\n"})
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "start")
    put(site, {"content/b.md": "---\ntitle: B\n---\nSee [x](/gone/).\n"})
    for path in (site, *site.rglob("*")):
        os.chown(path, 1000, 1000)
    assert "USER vitdlint" in text
    entry = json.loads(re.findall(r"^ENTRYPOINT (.*)$", text, re.MULTILINE)[0])
    command = json.loads(re.findall(r"^CMD (.*)$", text, re.MULTILINE)[0])
    done = subprocess.run(
        [str(tmp_path / "opt/vitdlint/bin" / entry[0]), *command, "--since", "HEAD"],
        cwd=site,
        env={**environment, "XDG_CACHE_HOME": str(tmp_path / "nowhere")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "content/b.md:4:9" in done.stdout


def test_the_image_leaves_nothing_of_the_checkout_behind_but_the_program() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".venv", "dist"} <= set(ignored)


@pytest.mark.parametrize("workflow", [*WORKFLOWS, *EXAMPLE_WORKFLOWS], ids=lambda path: path.name)
def test_workflows_are_valid_and_safe(workflow: Path, tmp_path: Path) -> None:
    tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(workflow))
    copy = tmp_path / ".github/workflows" / workflow.name
    copy.parent.mkdir(parents=True)
    # The example names a place that its reader fills in; all else is pinned.
    copy.write_text(workflow.read_text().replace("OWNER/vitdlint@v0.1.0", "OWNER/vitdlint@" + "0" * 40))
    tool("zizmor", "--offline", str(copy))


def test_the_workflow_of_the_guide_is_valid(tmp_path: Path) -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/ci.md").read_text(), re.DOTALL)
    workflow = tmp_path / "content.yml"
    workflow.write_text(text)
    tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(workflow))
    _, ours = yaml.safe_load(text)["jobs"]["vitdlint"]["steps"]
    assert set(ours["with"]) <= yaml.safe_load((ROOT / "action.yml").read_text())["inputs"].keys()


def test_other_pipelines_and_the_action_are_valid() -> None:
    ci = ROOT / "examples/ci"
    tool("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(ci / "gitlab.yml"))
    schema = ("--builtin-schema", "vendor.azure-pipelines", "--regex-variant", "nonunicode")
    tool("check-jsonschema", *schema, str(ci / "azure-pipelines.yml"))
    tool("check-jsonschema", "--builtin-schema", "vendor.github-actions", str(ROOT / "action.yml"))
    tool("zizmor", "--offline", str(ROOT / "action.yml"))


def test_the_man_page_is_one() -> None:
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", str(ROOT / "docs/man/vitdlint.1")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stderr
    plain = re.sub("\x1b\\[[0-9;]*m|.\x08", "", done.stdout)
    for word in ("NAME", "vitdlint check", "--fail-on", "EXIT STATUS"):
        assert word in plain


def test_the_release_publishes_what_make_package_has_built_and_used() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text())["jobs"]
    assert "make package" in [step.get("run") for step in jobs["build"]["steps"]]
    assert jobs["publish"]["needs"] == "build"
    assert jobs["publish"]["permissions"] == {"attestations": "write", "id-token": "write"}
    recipe = subprocess.run(
        ["make", "--dry-run", "package"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "-m build" in recipe
    assert "tests/smoke.py" in recipe


@pytest.mark.parametrize("url", ["", "https://vitd.test/docs/"])
def test_a_release_has_the_address_of_its_documentation(tmp_path: Path, url: str) -> None:
    """In `[project.urls]` of pyproject.toml, which the docs' own site takes it from."""
    steps = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text())["jobs"]["build"]["steps"]
    (script,) = (step["run"] for step in steps if "METADATA" in step.get("run", ""))
    (tmp_path / "dist").mkdir()
    with zipfile.ZipFile(tmp_path / "dist/vitdlint-1.whl", "w") as wheel:
        line = f"Project-URL: Documentation, {url}\n" if url else ""
        wheel.writestr("vitdlint-1.dist-info/METADATA", f"Name: vitdlint\n{line}\n")
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    assert (subprocess.run(shell, cwd=tmp_path, check=False, capture_output=True).returncode == 0) == bool(
        url
    )

    text = (ROOT / "pyproject.toml").read_text().replace("# [project.urls]", "[project.urls]")
    text = text.replace('# Documentation = "https://example.org/vitdlint/"', f'Documentation = "{url}"')
    assert tomllib.loads(text)["project"]["urls"] == {"Documentation": url}
    (tmp_path / "pyproject.toml").write_text(text)
    recipe = subprocess.run(
        ["make", "--dry-run", "--file", str(ROOT / "Makefile"), "docs-site"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert (f"--baseURL={url}" in recipe) if url else ("--baseURL" not in recipe)


def test_every_step_in_shell_is_a_command_that_bash_can_read() -> None:
    for path in (*WORKFLOWS, *EXAMPLE_WORKFLOWS):
        for job in yaml.safe_load(path.read_text())["jobs"].values():
            for step in job["steps"]:
                if "run" in step:
                    subprocess.run(["bash", "-n", "-c", step["run"]], check=True)
                    assert shlex.split(step["run"])
