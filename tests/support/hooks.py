"""The hooks as published, run by the real pre-commit in a real repository."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.paths import ROOT

VITDLINT = f"{sys.executable} -m vitdlint"
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No configuration, cache or hook of the person who runs the tests."""
    for name in list(os.environ):
        if name.startswith(("GIT_", "VITDLINT_", "GITHUB_", "PRE_COMMIT")):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("PRE_COMMIT_HOME", str(home / "pre-commit"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A Writer")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "writer@vitd.test")


def put(folder: Path, files: Mapping[str, str | None]) -> None:
    for name, content in files.items():
        path = folder / name
        if content is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)


def git(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *args], cwd=folder, capture_output=True, text=True, check=False)


def hook_of(number: int) -> dict[str, Any]:
    """A hook as published, but run from this checkout instead of an environment that pre-commit would build."""
    hook = dict(HOOKS[number])
    hook.pop("minimum_pre_commit_version")
    return {**hook, "language": "system", "entry": hook["entry"].replace("vitdlint", VITDLINT, 1)}
