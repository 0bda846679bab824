"""The site behind a report, for the format that shows it."""

from __future__ import annotations

from datetime import UTC

from ..files.git import GitError, find
from ..linter.stored_answers import records_of, state_file
from ..reporters.background import Background
from ..site.graph import graph_of
from .check_task import Found, Task


def background_of(task: Task, found: Found) -> Background:
    """The site, what is stored about its external links, and what the baseline records."""
    session = task.session()
    links = found.links or session.links()
    project = session.project
    return Background(
        title=project.hugo.default.title,
        at=task.settings.now.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        commit=_commit(task),
        graph=graph_of(links),
        baselined=found.baselined,
        verdicts=records_of(state_file(project), project.config.keys.links),
    )


def _commit(task: Task) -> str:
    """The commit that is checked out, short; '' if there is none."""
    try:
        return find(task.located.root).resolve("HEAD")[:12]
    except GitError:
        return ""
