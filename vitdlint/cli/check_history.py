"""`check --history FILE`: a line about this run in a file that has one for each run."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..core.errors import UsageError
from ..core.model import Diagnostic
from ..files.find_site import Located
from ..files.git import GitError, find
from ..linter.history import History, HistoryError, history_of, keys_of, line, next_run, read
from .options import CheckOptions
from .output import require_writable

if TYPE_CHECKING:
    from .check_task import Found, Task


class Recorded(NamedTuple):
    """The history with this run."""

    history: History
    since: dict[Diagnostic, str]
    """From when on each finding of the report has been there."""


def opened(options: CheckOptions, located: Located) -> tuple[str, History]:
    """The text and the meaning of the file, which may be missing. UsageError if the run cannot be recorded in it."""
    file = options.history or Path()
    for name, value in (
        ("paths", options.paths),
        ("--select", options.select),
        ("--ignore", options.ignore),
        ("--extend-select", options.extend_select),
    ):
        if value:
            raise UsageError(f"--history is about the whole site and all rules; leave out {name}")
    require_writable(file, located, options.environment)
    return read_file(file)


def read_file(file: Path) -> tuple[str, History]:
    """The text and the meaning of a history; empty if there is no such file. UsageError."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return "", History()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: {error}") from error
    try:
        return text, read(text, str(file))
    except HistoryError as error:
        raise UsageError(str(error)) from error


def record(task: Task, found: Found, file: Path) -> Recorded:
    """Append the line of this run to the file, and say what came and went."""
    text, history = task.history or ("", History())
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
        with file.open("a", encoding="utf-8", newline="\n") as out:
            out.write(("\n" if text and not text.endswith("\n") else "") + line(run))
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}") from error
    if history.runs:
        day = history.runs[-1].at[:10]
        task.note(f"since the run of {day}: {len(run.new):,} findings are new, {len(run.gone):,} are gone")
    now = history_of((*history.runs, run))
    return Recorded(now, {diagnostic: now.since[key] for diagnostic, key in keys.items()})


def commit_of(located: Located) -> str:
    """The commit that is checked out, short; '' if there is none."""
    try:
        return find(located.root).resolve("HEAD")[:12]
    except GitError:
        return ""


def _of_answers() -> frozenset[str]:
    """The rules that only run with --external."""
    from ..external import Web
    from ..rules import ALL

    return frozenset(rule.name for rule in ALL if rule.on is Web)


def _verdicts(task: Task, found: Found) -> dict[str, tuple[str, bool]]:
    """The class of each external URL of the site that was ever asked, and whether it means alive."""
    from ..external.subject import site_links
    from ..external.urls import external_urls, masked
    from ..linter.stored_answers import records_of, state_file

    project = task.session().project
    records = records_of(state_file(project), project.config.keys.links)
    names = sorted(map(masked, external_urls(site_links(found.links)))) if found.links else ()
    return {name: (records[name].kind.value, records[name].kind.alive) for name in names if name in records}
