"""`check --since REF` and `--staged`: only what a change causes, in any file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from ..changes import Side, caused, urls
from ..errors import UsageError
from ..git import FileChange, GitError, Repository, commit_tree, find, index_tree
from ..locate import Located
from ..model import Outcome
from ..session import Session
from ..tree import MemoryTree, Tree
from .telling import text_reader


class Change(NamedTuple):
    """A change of the site: what it touches, and the site before and after it."""

    files: tuple[FileChange, ...]
    before: Tree
    after: Tree | None
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
        return Change(files, _last_commit(repository, located), index_tree(repository, located.disk))
    except GitError as error:
        raise UsageError(str(error)) from error


def compare(session: Session, change: Change) -> Outcome:
    """What the change causes, as an outcome about the changed files and every page that suffers."""
    old = session.judge(change.before)
    if session.answers is not None:
        session = replace(session, answers=partial(session.answers, old=old.site))
    new = session.judge(change.after, before=urls(old.site))
    after = change.after or session.project.located.tree
    result = caused(
        Side(old.report, old.site, text_reader(change.before.read)),
        Side(new.report, new.site, text_reader(after.read)),
        change.files,
    )
    notes = result.report.notes
    if result.others:
        notes = (
            *notes,
            "1 finding that was there before is not told"
            if result.others == 1
            else f"{result.others:,} findings that were there before are not told",
        )
    return new._replace(report=replace(result.report, notes=notes))


def _last_commit(repository: Repository, located: Located) -> Tree:
    if not repository.has_commits():
        return MemoryTree({}, located.disk.root)
    return commit_tree(repository, "HEAD", located.disk)


def _of_the_site(files: Sequence[FileChange]) -> tuple[FileChange, ...]:
    """Without what cannot change the site: files outside it."""
    return tuple(f for f in files if not f.path.startswith("../"))
