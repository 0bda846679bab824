"""`vitdlint mv OLD NEW`: rename a page with its slug, an alias for its old URL, and every link to it."""

from __future__ import annotations

import gc
import os
from functools import partial
from pathlib import Path

from ..core import terminal
from ..core.clock import current_time
from ..core.errors import UsageError
from ..core.model import Exit
from ..core.number_of import number_of
from ..edits.move_page import Move, MovedTree, MoveError, plan
from ..edits.transaction import Change, recover
from ..files.find_site import Located, locate, repository_root, shown
from ..files.git import GitError, find
from ..linter.config_layers import baseline_file
from ..linter.run_settings import RunSettings
from ..linter.session import Session, open_session
from ..reporters.progress import checking
from ..site.links import Links
from .check_baseline import opened, write_with
from .options import MvOptions
from .output import text_reader
from .patch import show_patch


def mv(options: MvOptions) -> int:
    """Move the page in one journalled step, or print the change; the exit code."""
    gc.disable()  # one run, whose objects live to its end
    old, new = options.old, options.new
    located = locate([old])
    settings = RunSettings(
        current_time(options.clock),
        environment=options.environment,
        plugins=False,
        show=partial(checking, quiet=False),
    )
    terminal.note(*recover(located.root))
    session = open_session(located, settings)
    now = session.links()

    def links_of(tree: MovedTree) -> Links:
        same_work = session.job(tree).page_work == session.job().page_work
        return session.links(
            tree, {path: facts for path, facts in now.pages.items() if same_work and tree.same(path)}
        )

    source, target = _inside(located, old), _inside(located, new)
    if new.is_dir() and not old.is_dir():
        target = f"{target}/{old.name}"
    try:
        move = plan(now, source, target, located.tree, links_of)
        if options.dry_run:
            _print_patch(located, move)
        else:
            _write(located, move, _recorded(session, move))
    except MoveError as error:
        raise UsageError(str(error)) from error
    _say(located, move, dry_run=options.dry_run)
    if not options.dry_run:
        _stage(located, move)
    return Exit.CLEAN


def _inside(located: Located, path: Path) -> str:
    """A path as typed, relative to the site's root."""
    relative = located.path_of(path)
    if relative.startswith("../"):
        raise UsageError(f"{path} is outside of the site {shown(located.root)}")
    return relative


def _recorded(session: Session, move: Move) -> Change | None:
    """The baseline with the findings of the moved files, and those whose links change, as they are afterwards."""
    located = session.project.located
    file = baseline_file(located, None)
    if file is None:
        return None
    tree = MovedTree(located.tree, move.files, move.texts)
    before, after = session.check().report, session.check(tree).report
    baseline = opened(file, located, session.settings.environment, update=False)
    read, read_after = text_reader(located.tree.read), text_reader(tree.read)
    return baseline.after_move(before, after, read, read_after, move.files).change()


def _write(located: Located, move: Move, recorded: Change | None) -> None:
    back = {new: old for old, new in move.files.items()}
    changes = [Change(located.root / old, located.tree.read(old), None) for old in move.files]
    for path in sorted({*move.files.values(), *move.texts}):
        before = None if path in back else located.tree.read(path)
        text = move.texts.get(path)
        after = located.tree.read(back[path]) if text is None else text.encode("utf-8")
        changes.append(Change(located.root / path, before, after))
    written = write_with(located.root, [changes], recorded)
    if written.changed_meanwhile:
        raise MoveError(f"{shown(written.changed_meanwhile[0])} changed meanwhile; nothing was written")


def _stage(located: Located, move: Move) -> None:
    """Stage the rename, as `git mv` would, if git tracks the files."""
    if repository_root(located.root) is None:
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
            terminal.say(f"git: the rename is staged{', the other changes are not' if others else ''}")
    except GitError as error:
        terminal.note(f"the rename was not staged: {error}")


def _print_patch(located: Located, move: Move) -> None:
    """What would change in texts, as a patch; the moved page under its new name."""
    back = {new: old for old, new in move.files.items()}

    def before(path: str) -> str | None:
        return located.tree.read(back.get(path, path)).decode("utf-8")

    show_patch(located.root, move.texts, before)


def _say(located: Located, move: Move, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    say = terminal.error_text if dry_run else terminal.say
    for old, new in move.files.items():
        say(f"{shown(located.root / old)} {would}moved to {shown(located.root / new)}")
    if move.old_url == move.new_url:
        say(f"its URL stays {move.new_url}")
    else:
        kept = f"; {move.old_url} {would}kept as an alias" if move.alias else ""
        say(f"its URL {'would be' if dry_run else 'is'} {move.new_url}{kept}")
    pages = len([path for path in move.texts if path not in move.files.values()])
    updated = [number_of(move.links, "link")]
    if move.values:
        updated.append(
            f"{move.values:,} menu entr{'ies' if move.values != 1 else 'y'} or reference{'s' * (move.values != 1)}"
        )
    say(f"{' and '.join(updated)} {would}updated, in {number_of(pages, 'other file')}")
    for left in move.left:
        where = f"{shown(located.root / left.path)}:{left.line}:{left.column}"
        terminal.note(f'{where}: "{left.value}" names this page and was left; change it by hand')
