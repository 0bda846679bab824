"""What `vitdlint init` does besides: record today's findings, and write hooks for pre-commit."""

from __future__ import annotations

import sys
from pathlib import Path

from ..core import terminal
from ..core.number_of import number_of
from ..files.find_site import Given, locate
from ..linter.baseline import taken, written
from ..linter.run_settings import RunSettings
from ..linter.session import open_session
from .output import text_reader

BASELINE = "vitdlint-baseline.json"

HOOKS = """\
# `pre-commit install` makes git run these.
default_install_hook_types: [pre-commit, pre-push]
repos:
  - repo: local
    hooks:
      - id: vitdlint
        name: vitdlint (what this commit causes)
        entry: vitdlint check --staged
        language: system
        pass_filenames: false
        always_run: true
        verbose: true
        stages: [pre-commit, pre-merge-commit]
      - id: vitdlint-site
        name: vitdlint (the whole site)
        entry: vitdlint check
        language: system
        pass_filenames: false
        always_run: true
        stages: [pre-push, manual]
"""


def wants_baseline(choice: bool | None, findings: int) -> bool:
    """Whether to record today's findings: as the command line says, else as a person on a terminal answers."""
    if choice is not None or not findings or not (sys.stdin.isatty() and terminal.output_is_terminal()):
        return bool(choice)
    question = f"Record {number_of(findings, 'finding')} of today, so that only new ones are reported? [y/N] "
    terminal.write(["\n", question])
    terminal.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def recorded(root: Path, settings: RunSettings) -> tuple[str, int]:
    """The text of a baseline of what is found now, with the configuration at the root; how many findings it has."""
    without = (Given("", {"baseline": ""}),)
    session = open_session(locate([root], given=without), settings)
    report = session.check().report
    counts = taken(report, text_reader(session.project.located.tree.read))
    return written(counts), len(report.diagnostics)
