"""`check --since REF` and `--staged`: only what a change causes, in any file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from ..core.errors import UsageError
from ..core.model import Outcome, Report
from ..files.find_site import Located
from ..files.git import FileChange, GitError, find
from ..files.git_tree import GitTree, commit_tree, index_tree, last_commit_tree
from ..linter.compare import Side, caused
from ..linter.incremental.body_edits import LostError
from ..linter.rerun import SiteState, resume
from ..linter.session import Session
from .check_task import Found, Task
from .output import text_reader


class Change(NamedTuple):
    """A change of the site: what it touches, and the site before and after it."""

    files: tuple[FileChange, ...]
    before: GitTree
    after: GitTree | None
    """None for the files on disk."""


def change_of(located: Located, since: str | None) -> Change | None:
    """The change since a revision's merge base, or the staged one (None); None if it touches nothing of the site."""
    try:
        repository = find(located.root)
        if since is not None:
            base = repository.merge_base(since)
            files = _of_the_site(repository.since(base))
            return Change(files, commit_tree(repository, base, located.disk), None) if files else None
        files = _of_the_site(repository.staged())
        if not files:
            return None
        before, after = last_commit_tree(repository, located.disk), index_tree(repository, located.disk)
        return Change(files, before, after)
    except GitError as error:
        raise UsageError(f"{'--staged' if since is None else '--since'}: {error}") from error


def changes(task: Task) -> Found:
    """What the change causes, in the changed files and in every page that it breaks."""
    change = change_of(task.located, task.options.since)
    if change is None:
        task.note("nothing of the site was touched, so nothing was checked")
        return Found(Report((), 0), "never", task.text_of(task.located.tree.read))
    session = task.session()
    slots = _slots(task, change)
    try:
        outcome = _compared(session, change, *slots)
    except LostError:
        # The pages that a stored run refers to are no longer kept, and it is no use without them.
        session.cache.keep({}, forget=[slot.key for slot in slots])
        outcome = _compared(replace(session, addresses={}, last_runs={}), change, *slots)
    read = (change.after or task.located.tree).read
    return task.found(outcome, read, frozenset(file.path for file in change.files))


def _slots(task: Task, change: Change) -> tuple[SiteState, SiteState]:
    located, settings = task.located, task.settings
    # The index becomes the next commit: one memory serves both.
    staged = change.after is not None
    before = settings.key(located, "git" if staged else "base")
    after = before if staged else settings.key(located)
    return (
        SiteState(before, change.before, change.before, settings.started),
        SiteState(after, change.after or located.tree, change.after or located.disk, settings.started),
    )


def _compared(session: Session, change: Change, before: SiteState, after: SiteState) -> Outcome:
    old = resume(session, before, passing=change.after is not None)
    if session.answers is not None:
        session = replace(session, answers=partial(session.answers, old=old.links))
    new = resume(session, after, before=old.site)
    result = caused(
        Side(old.report, old.site, text_reader(change.before.read)),
        Side(new.report, new.site, text_reader(after.tree.read)),
        change.files,
    )
    notes = result.report.notes
    if result.others:
        notes = (
            *notes,
            "1 finding that was there before is not reported"
            if result.others == 1
            else f"{result.others:,} findings that were there before are not reported",
        )
    return new._replace(report=replace(result.report, notes=notes))


def _of_the_site(files: Sequence[FileChange]) -> tuple[FileChange, ...]:
    """Without what cannot change the site: files outside it."""
    return tuple(f for f in files if not f.path.startswith("../"))
