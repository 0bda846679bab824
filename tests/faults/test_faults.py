"""A short run of the campaign from a fixed seed: two kills of each writer, and every condition."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

if not hasattr(os, "fork"):
    pytest.skip("no forks here, and no kill -9", allow_module_level=True)

from .conditions import CONDITIONS
from .kills import WRITERS


def faults(*args: str) -> str:
    """What the campaign prints; in a process of its own, since this one has threads and cannot be forked."""
    tests = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-m", "faults", "--seed=suite", *args],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tests), str(tests.parent)))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_no_writer_that_is_killed_loses_anything() -> None:
    printed = faults(f"--kills={2 * len(WRITERS)}", "--only=none of them")
    assert all(f"{name}: killed" in printed for name in WRITERS)


@pytest.mark.slow
@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_costs_a_sentence_and_no_content(name: str) -> None:
    printed = faults("--kills=0", f"--only={name}")
    if "skipped," in printed:
        pytest.skip(printed.partition("skipped, ")[2].splitlines()[0])
    assert f"{name}: right" in printed
