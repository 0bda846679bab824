"""`check --add-suppressions REASON`: suppress each finding in its place, so that pages render the same."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from ..core.errors import UsageError
from ..core.model import Exit, Report
from ..edits.add_suppressions import Means, Plan, ReasonError, glob_of, plan
from ..edits.toml_file import with_settings
from ..edits.transaction import Change, write
from ..files.regular import regular
from ..linter.session import Session
from ..page.page import Page
from .check_task import Task


def suppress(task: Task) -> Exit:
    """Write a comment for each reported finding, or a line of the configuration where a page can hold no comment."""
    session = task.session()
    outcome = session.check()
    task.require_pages(outcome)
    read = task.located.tree.read
    found = task.found(outcome, read).report
    task.note(*found.notes)
    original: dict[str, bytes] = {}
    pages = frozenset(outcome.pages)

    def page_of(path: str) -> Page | None:
        if path not in pages:
            return None
        try:
            original[path] = read(path)
            return session.parse(path, original[path].decode("utf-8"))
        except (OSError, UnicodeDecodeError):
            return None

    stubborn: dict[tuple[str, str], Means] = {}
    while True:
        try:
            reason = task.options.add_suppressions or ""
            planned = plan(found.diagnostics, page_of, session.parse, reason, stubborn)
        except ReasonError as error:
            raise UsageError(f"--add-suppressions: {error}") from error
        # A comment may change what a rule finds on its line: a heading that holds one is not empty any more.
        tree = session.overlay(planned.texts)
        after = task.report(session.check(tree), tree.read)
        failed = _failed(planned, after, {(d.place.path, d.name) for d in found.diagnostics})
        if not failed:
            break
        for key in failed:
            stubborn[key] = Means.CONFIGURATION if stubborn.get(key) else Means.FILE
    _write(task, session, planned, original)
    return Exit.CLEAN


def _write(task: Task, session: Session, planned: Plan, original: Mapping[str, bytes]) -> None:
    """Write the new texts, and say what was left alone and why."""
    root = task.located.root
    changes = [
        [Change(Path(root, path), original[path], text.encode("utf-8"))]
        for path, text in sorted(planned.texts.items())
    ]
    if planned.ignores:
        changes.append([_configured(session, dict(planned.ignores))])
    written = write(root, changes)
    task.note(f"{len(written.paths):,} file{'s' * (len(written.paths) != 1)} written")
    task.warn(*(f"{path}: changed meanwhile, so it was left alone" for path in written.changed_meanwhile))
    task.warn(
        *(f"{left.place.path}:{left.place.line}: {left.name} cannot be suppressed" for left in planned.left)
    )


def _failed(planned: Plan, after: Report, wanted: AbstractSet[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pages and rules whose comments did not work: something is still found, or a comment suppresses nothing."""
    failed = set()
    for diagnostic in after.diagnostics:
        path, name = diagnostic.place.path, diagnostic.name
        if path in planned.texts and name == "unused-suppression":
            name = planned.texts[path][diagnostic.place.start : diagnostic.place.end]
        if path in planned.texts and (path, name) in wanted and name not in planned.ignores.get(path, ()):
            failed.add((path, name))
    return failed - {(left.place.path, left.name) for left in planned.left}


def _configured(session: Session, ignores: dict[str, tuple[str, ...]]) -> Change:
    """The configuration with more lines under [per-file-ignores]; a new file where there is none."""
    file = session.project.located.config or session.project.located.root / "vitdlint.toml"
    before = regular(file).read_bytes() if file.exists() else None
    table = (
        ("tool", "vitdlint", "per-file-ignores") if file.name == "pyproject.toml" else ("per-file-ignores",)
    )
    folders = [m.source.strip("/") + "/" for m in session.project.hugo.mounted("content") if not m.module]

    def name_of(path: str) -> str:
        return next((path.removeprefix(f) for f in folders if path.startswith(f)), path)

    globs = {(*table, glob_of(name_of(path))): rules for path, rules in sorted(ignores.items())}
    try:
        text = with_settings((before or b"").decode("utf-8"), globs)
    except ValueError as error:
        raise UsageError(f"{file}: [per-file-ignores] cannot be written there: {error}") from error
    return Change(file, before, text.encode("utf-8"))
