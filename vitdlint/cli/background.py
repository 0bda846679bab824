"""The site behind a report, for the format that shows it."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from ..linter.history import History
from ..linter.session import Session
from ..linter.stored_answers import known_of, state_file
from ..reporters.background import Background
from ..site.graph import graph_of
from ..site.links import Links
from .check_history import commit_of
from .check_task import Found, Task
from .record_history import Recorded


def background_of(task: Task, found: Found, recorded: Recorded | None) -> Background:
    """The site, what is stored about its external links, and what the baseline records."""
    session = task.session()
    return site_background(
        session,
        found.links or session.links(),
        baselined=found.baselined,
        history=recorded.history if recorded else History(),
        since=recorded.since if recorded else {},
    )


def site_background(session: Session, links: Links, **more: Any) -> Background:
    """The site as a session has it; `more` are fields of Background."""
    project = session.project
    return Background(
        title=project.hugo.default.title,
        at=session.settings.now.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        commit=commit_of(project.located),
        graph=graph_of(links),
        verdicts=known_of(state_file(project), project.config.keys.links, session.settings.now).records,
        **more,
    )
