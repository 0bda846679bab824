"""`check --baseline FILE`: known findings are not told again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ..core.errors import UsageError
from ..core.model import Report
from ..files.find_site import Located
from ..files.git import GitError, find
from ..linter.baseline import BaselineError, match, read, taken, unjudged, written
from ..linter.compare import renames


def against(
    file: Path,
    report: Report,
    text_of: Callable[[str], str | None],
    located: Located,
    covers: Callable[[str], bool],
    *,
    update: bool,
) -> Report:
    """The report without what the baseline knows; with `update` the baseline is written to know all of it."""
    try:
        known = read(file.read_text(encoding="utf-8"), str(file))
    except FileNotFoundError:
        if not update:
            raise UsageError(f"{file}: there is no such file; --update-baseline writes it") from None
        known = {}
    except (OSError, UnicodeDecodeError, BaselineError) as error:
        raise UsageError(f"{file}: {error}") from error

    def judged(path: str, _rule: str) -> bool:
        return covers(path)

    if update:
        new = written(taken(report, text_of, unjudged(known, judged)))
        try:
            file.write_text(new, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{file}: cannot be written: {error.strerror}") from error
        known = read(new, str(file))
    matched = match(report, known, text_of, renamed=_renamed(located), judged=judged)
    return replace(matched.report, notes=(*report.notes, *matched.notes))


def _renamed(located: Located) -> dict[str, str]:
    """Files that the work tree has renamed since the last commit; none where git cannot say."""
    try:
        repository = find(located.root)
        return renames(repository.since("HEAD")) if repository.has_commits() else {}
    except GitError:
        return {}
