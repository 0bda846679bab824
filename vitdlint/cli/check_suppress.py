"""`check --add-suppressions REASON`: silence what is found where it stands, so that pages render the same."""

from __future__ import annotations

import sys
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from pathlib import Path

from ..core.errors import UsageError
from ..core.model import Outcome
from ..edits.add_suppressions import Means, Plan, ReasonError, glob_of, plan
from ..edits.toml_file import with_settings
from ..edits.transaction import Change, write
from ..linter.pipeline import page_settings
from ..linter.session import Session
from ..page.page import Page
from ..page.read import read_page


def silence(session: Session, outcome: Outcome, covers: Callable[[str], bool], reason: str) -> None:
    """Write a comment for each covered finding, or a line of the configuration where no comment can stand."""
    located = session.project.located
    own = session.project
    settings = page_settings(own.hugo, own.config, own.located.tree, reference=session.reference)
    original: dict[str, bytes] = {}
    pages = frozenset(outcome.pages)

    def parse(path: str, text: str) -> Page:
        return read_page(path, text.encode("utf-8"), settings, None)

    def page_of(path: str) -> Page | None:
        if path not in pages:
            return None
        try:
            original[path] = located.tree.read(path)
            return parse(path, original[path].decode("utf-8"))
        except (OSError, UnicodeDecodeError):
            return None

    found = outcome.narrow(covers).diagnostics
    stubborn: dict[tuple[str, str], Means] = {}
    while True:
        try:
            planned = plan(found, page_of, parse, reason, stubborn)
        except ReasonError as error:
            raise UsageError(f"--add-suppressions: {error}") from error
        # A comment may change what a rule says of its line: a heading that holds one is not empty any more.
        failed = _failed(planned, session.overlaid(planned.texts), {(d.place.path, d.name) for d in found})
        if not failed:
            break
        for key in failed:
            stubborn[key] = Means.CONFIGURATION if stubborn.get(key) else Means.FILE
    changes = [
        [Change(Path(located.root, path), original[path], text.encode("utf-8"))]
        for path, text in sorted(planned.texts.items())
    ]
    if planned.ignores:
        changes.append([_configured(session, dict(planned.ignores))])
    written = write(located.root, changes)
    sys.stderr.write(f"vitdlint: {len(written.paths):,} file{'s' * (len(written.paths) != 1)} written\n")
    for path in written.changed_meanwhile:
        sys.stderr.write(f"vitdlint: {path}: changed meanwhile, so it was left alone\n")
    for left in planned.left:
        sys.stderr.write(f"vitdlint: {left.place.path}:{left.place.line}: {left.name} cannot be silenced\n")


def _failed(planned: Plan, after: Outcome, wanted: AbstractSet[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pages and rules whose comments did not do: something is still found, or a comment silences nothing."""
    failed = set()
    for diagnostic in after.report.diagnostics:
        path, name = diagnostic.place.path, diagnostic.name
        if path in planned.texts and name == "unused-suppression":
            name = planned.texts[path][diagnostic.place.start : diagnostic.place.end]
        if path in planned.texts and (path, name) in wanted and name not in planned.ignores.get(path, ()):
            failed.add((path, name))
    return failed - {(left.place.path, left.name) for left in planned.left}


def _configured(session: Session, ignores: dict[str, tuple[str, ...]]) -> Change:
    """The configuration with more lines under [per-file-ignores]; a new file where there is none."""
    file = session.project.located.config or session.project.located.root / "vitdlint.toml"
    before = file.read_bytes() if file.exists() else None
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
