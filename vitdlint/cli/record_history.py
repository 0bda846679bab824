"""Append the line of a run to the history."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import NamedTuple

from ..core.errors import UsageError
from ..core.model import Diagnostic
from ..core.number_of import number_of
from ..external import Web
from ..external.subject import site_links
from ..external.urls import external_urls, masked
from ..files.whole import add_line
from ..linter.history import History, history_of, keys_of, line, next_run
from ..linter.stored_answers import known_of, state_file
from ..rules import ALL
from .check_history import commit_of
from .check_task import Found, Task


class Recorded(NamedTuple):
    """The history with this run."""

    history: History
    since: dict[Diagnostic, str]
    """From when on each finding of the report has been there."""


def record(task: Task, found: Found, file: Path) -> Recorded:
    """Append the line of this run to the file, and say what came and went."""
    _, history = task.history or ("", History())
    keys = keys_of((*found.report.diagnostics, *(found.baselined or ())), found.text_of)
    run = next_run(
        history,
        keys.values(),
        lambda rule: rule in found.rules or rule not in _of_answers(),
        at=task.settings.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        commit=commit_of(task.located),
        pages=found.report.pages,
        verdicts=_verdicts(task, found) if task.options.external else {},
    )
    try:
        add_line(file, line(run))
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}") from error
    if history.runs:
        day = history.runs[-1].at[:10]
        task.note(f"since the run of {day}: {number_of(len(run.new), 'finding')} new, {len(run.gone):,} gone")
    now = history_of((*history.runs, run))
    return Recorded(now, {diagnostic: now.since[key] for diagnostic, key in keys.items()})


def _of_answers() -> frozenset[str]:
    """The rules that only run with --external."""
    return frozenset(rule.name for rule in ALL if rule.on is Web)


def _verdicts(task: Task, found: Found) -> dict[str, tuple[str, bool]]:
    """The class of each external URL of the site that was ever asked, and whether it means alive."""
    project = task.session().project
    records = known_of(state_file(project), project.config.keys.links, task.session().settings.now).records
    names = sorted(map(masked, external_urls(site_links(found.links)))) if found.links else ()
    return {name: (records[name].kind.value, records[name].kind.alive) for name in names if name in records}
