"""Run `vitdlint check --fix` on a folder, and get what it did as data."""

from __future__ import annotations

import gc
import io
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from support.hugo_build import CLOCK

from vitdlint.cli.app import run
from vitdlint.core.model import Diagnostic, Report
from vitdlint.edits.fix import Fixed as AfterFixes
from vitdlint.linter import fix_site

STATE = ".vitdlint-links.txt"
"""What is known about external links: with it, they are checked too."""


class Applied(NamedTuple):
    """One fix that was applied."""

    rule: str
    title: str
    paths: frozenset[str]
    line: int
    source: str
    """The lines of the finding and of its edits, as far as they are of the page as it was."""

    def __str__(self) -> str:
        return f"{self.rule}: {self.title} (line {self.line})"


class Fixed(NamedTuple):
    """One run with `--fix`: the report before, every fix that was applied, and the report after."""

    before: Report
    after: Report
    applied: tuple[Applied, ...]
    files: frozenset[str]
    """What it wrote."""
    refused: tuple[tuple[str, str, int, str], ...]
    """Rule, path, line and reason of each fix that was not applied."""
    settled: bool
    messages: str
    """What the run printed; a traceback of a crash is in here."""


def fix(site: Path, *, unsafe: bool = False, clock: str = CLOCK) -> Fixed:
    """Fix a site in place, through the command line; RuntimeError if the run itself failed."""
    texts = {path: path.read_bytes() for path in site.rglob("*.md")}
    seen: list[tuple[Report, AfterFixes]] = []
    real = fix_site.apply_fixes

    def recording(lint: Any, *args: Any, **kwargs: Any) -> AfterFixes:
        before = lint({})
        result = real(lint, *args, **kwargs)
        seen.append((before, result))
        return result

    fix_site.apply_fixes = recording
    said = io.StringIO()
    arguments = ["check", str(site), "--fix", "--exit-zero", "--no-cache", "--clock", clock]
    arguments += ["--output-format", "json", "--output-file", str(site.with_suffix(".report.json"))]
    more = [*(["--unsafe-fixes"] if unsafe else []), *(["--external"] if (site / STATE).exists() else [])]
    try:
        with redirect_stdout(said), redirect_stderr(said):
            code = run([*arguments, *more])
    finally:
        fix_site.apply_fixes = real
        gc.enable()  # the command switches it off
    if code != 0 or not seen:
        raise RuntimeError(f"vitdlint check --fix ended with {code}: {said.getvalue()}")
    (before, result), *_ = seen
    lines = {
        p.relative_to(site).as_posix(): t.decode("utf-8", "replace").split("\n") for p, t in texts.items()
    }
    applied = tuple(_applied(diagnostic, lines) for diagnostic in result.applied)
    files = frozenset(result.texts)
    refused = tuple((d.name, d.place.path, d.place.line, reason) for d, reason in result.refused)
    return Fixed(before, result.report, applied, files, refused, result.settled, said.getvalue())


def _applied(diagnostic: Diagnostic, lines: Mapping[str, Sequence[str]]) -> Applied:
    assert diagnostic.fix is not None
    places = [diagnostic.place, *(edit.place for edit in diagnostic.fix.edits)]
    spans = {(place.path, n) for place in places for n in range(place.line - 1, place.end_line)}
    source = "\n".join(lines[path][n] for path, n in sorted(spans) if n < len(lines.get(path, ())))
    paths = frozenset(edit.place.path for edit in diagnostic.fix.edits)
    return Applied(diagnostic.name, diagnostic.fix.title, paths, diagnostic.place.line, source)
