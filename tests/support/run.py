"""Run the command line as a person does, and read what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

VITDLINT = [sys.executable, "-m", "vitdlint"]
NOW = "2026-01-31T12:00:00Z"
CLOCK = f"--clock={NOW}"


def run(*args: str | Path, cwd: Path, timeout: float = 120, **env: str) -> subprocess.CompletedProcess[str]:
    """One command line, with a cache of its own."""
    return subprocess.run(
        [*VITDLINT, *map(str, args)],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", "XDG_CACHE_HOME": str(cwd / ".cache"), **env},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def write(root: Path, files: Mapping[str, str | bytes | None]) -> Path:
    """Write files below a folder; None removes one."""
    for path, text in files.items():
        target = root / path
        if text is None:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text)
    return root


def report(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The JSON report that a run printed."""
    return json.loads(done.stdout)


def names(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The rules of its findings, in order."""
    return [d["name"] for d in report(done)["diagnostics"]]


def git(folder: Path, *args: str) -> str:
    """What git prints; it must succeed."""
    identity = ["-c", "user.name=A Writer", "-c", "user.email=writer@vitd.test"]
    done = subprocess.run(["git", *identity, *args], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.decode("utf-8", "replace")
