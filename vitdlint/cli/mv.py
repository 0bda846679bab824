"""`vitdlint mv OLD NEW`: rename a page with its slug, an alias for its old URL, and every link to it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ..core.clock import instant
from ..core.errors import UsageError
from ..core.model import Exit
from ..edits.fix import diff
from ..edits.move_page import Move, MovedTree, MoveError, plan
from ..edits.transaction import Change, WriteError, recover, write
from ..files.find_site import Located, locate, shown
from ..files.git import GitError, find
from ..files.tree import Tree
from ..hugo.config import load as load_hugo
from ..linter import workers
from ..linter.incremental import page_results
from ..linter.incremental.store import Cache, default_file, program_id
from ..linter.pipeline import Job, PageResult, PageWork, Source, lint, page_work
from ..linter.project import Project, open_project
from ..site.links import Links


def mv(old: Path, new: Path, environment: str, clock: str | None, *, dry_run: bool) -> int:
    """Move the page in one journalled step, or print the change; the exit code."""
    try:
        now = instant(clock)
    except ValueError as error:
        raise UsageError(str(error)) from error
    gc.disable()  # one run, whose objects live to its end
    located = locate([old])
    project = open_project(located, environment=environment, plugins=False)
    links_of = _Sites(project, now, environment)

    try:
        for line in recover(located.root):
            sys.stderr.write(f"vitdlint: {line}\n")
        source, target = _inside(located, old), _inside(located, new)
        if new.is_dir() and not old.is_dir():
            target = f"{target}/{old.name}"
        move = plan(links_of(located.tree), source, target, located.tree, links_of)
        if dry_run:
            _print_patch(located, move)
        else:
            _write(located, move)
    except (MoveError, WriteError) as error:
        raise UsageError(str(error)) from error
    _say(located, move, dry_run=dry_run)
    if not dry_run:
        _stage(located, move)
    return Exit.CLEAN


class _Sites:
    """The site as it is, and as it would be: pages are judged once, and remembered as `check` does."""

    def __init__(self, project: Project, now: datetime, environment: str) -> None:
        self._project = project
        self._now = now
        self._environment = environment
        self._cache = Cache(default_file(str(project.located.root)))
        self._known: dict[str, PageResult] = {}
        self._work: PageWork | None = None

    def __call__(self, tree: Tree) -> Links:
        project = self._project
        job = Job(tree, load_hugo(tree, self._environment), project.config, project.schemas, self._now)
        work = page_work(job)
        if work != self._work:
            self._work, self._known = work, {}

        def station(_no_rules: PageWork, sources: Iterable[Source]) -> Iterator[PageResult]:
            listed = list(sources)
            judge = page_results.stored(
                workers.default_jobs(), tree.read, self._cache, page_results.salt_of(program_id(), work)
            )
            fresh = iter(judge(work, [s for s in listed if not self._is_known(tree, s[0].path)]))
            for file, _ in listed:
                known = self._known[file.path] if self._is_known(tree, file.path) else next(fresh)
                if not isinstance(tree, MovedTree):
                    self._known[file.path] = known
                yield known
            next(fresh, None)  # its end: what is new goes into the cache

        # The site's own rules would only cost time: nobody is told of findings here.
        links: Links = lint(job._replace(config=replace(project.config, active=())), station).links
        return links

    def _is_known(self, tree: Tree, path: str) -> bool:
        return isinstance(tree, MovedTree) and tree.same(path) and path in self._known


def _inside(located: Located, path: Path) -> str:
    """A path as typed, relative to the site's root."""
    relative = os.path.relpath(Path(os.path.realpath(path.parent), path.name), located.root).replace(
        os.sep, "/"
    )
    if relative.startswith("../"):
        raise UsageError(f"{path} is outside of the site {shown(located.root)}")
    return relative


def _write(located: Located, move: Move) -> None:
    back = {new: old for old, new in move.files.items()}
    changes = [Change(located.root / old, located.tree.read(old), None) for old in move.files]
    for path in sorted({*move.files.values(), *move.texts}):
        before = None if path in back else located.tree.read(path)
        text = move.texts.get(path)
        after = located.tree.read(back[path]) if text is None else text.encode("utf-8")
        changes.append(Change(located.root / path, before, after))
    written = write(located.root, [changes])
    if written.changed_meanwhile:
        raise MoveError(f"{shown(written.changed_meanwhile[0])} changed meanwhile; nothing was written")


def _stage(located: Located, move: Move) -> None:
    """Tell git of the rename, as `git mv` would, if it tracks the files."""
    if not any((folder / ".git").exists() for folder in (located.root, *located.root.parents)):
        return
    try:
        repository = find(located.root)
        tracked = [(old, new) for old, new in move.files.items() if old in repository.index]
        if tracked:
            names = "\0".join(f":(literal){name}" for pair in tracked for name in pair)
            repository.ask(
                "add", "--all", "--pathspec-from-file=-", "--pathspec-file-nul", given=os.fsencode(names)
            )
            others = move.texts.keys() - set(move.files.values())
            sys.stdout.write(f"git: the rename is staged{', the other changes are not' if others else ''}\n")
    except GitError as error:
        sys.stderr.write(f"vitdlint: git was not told of the rename: {error}\n")


def _print_patch(located: Located, move: Move) -> None:
    """What would change in texts, as a patch; the moved page under its new name."""
    back = {new: old for old, new in move.files.items()}

    def before(path: str) -> str | None:
        return located.tree.read(back.get(path, path)).decode("utf-8")

    sys.stdout.flush()
    for line in diff(move.texts, before):
        sys.stdout.buffer.write(line.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()


def _say(located: Located, move: Move, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    say = sys.stderr.write if dry_run else sys.stdout.write
    for old, new in move.files.items():
        say(f"{shown(located.root / old)} {would}moved to {shown(located.root / new)}\n")
    if move.old_url == move.new_url:
        say(f"its URL stays {move.new_url}\n")
    else:
        kept = f"; {move.old_url} {would}kept as an alias" if move.alias else ""
        say(f"its URL {'would be' if dry_run else 'is'} {move.new_url}{kept}\n")
    pages = len([path for path in move.texts if path not in move.files.values()])
    told = [f"{move.links:,} link{'s' * (move.links != 1)}"]
    if move.values:
        told.append(
            f"{move.values:,} menu entr{'ies' if move.values != 1 else 'y'} or reference{'s' * (move.values != 1)}"
        )
    say(f"{' and '.join(told)} {would}written anew, in {pages:,} other file{'s' * (pages != 1)}\n")
    for left in move.left:
        where = f"{shown(located.root / left.path)}:{left.line}:{left.column}"
        sys.stderr.write(
            f'vitdlint: {where}: "{left.value}" names this page and was left; change it by hand\n'
        )
