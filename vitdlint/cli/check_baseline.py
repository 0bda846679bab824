"""`check --baseline FILE`: findings that are recorded in a file are ignored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ..core.errors import UsageError
from ..core.model import Report
from ..files.find_site import Located
from ..files.git import GitError, find
from ..linter.baseline import BaselineError, Counts, match, read, taken, unjudged, written
from ..linter.compare import renames
from .output import require_writable

SpeaksOf = Callable[[str, str], bool]
"""(page, rule) -> whether a report speaks of that rule on that page."""


class Baseline(NamedTuple):
    """A file of recorded findings."""

    file: Path
    known: Counts
    renamed: Mapping[str, str]
    """Files that the work tree has renamed since the last commit."""

    def new(self, report: Report, text_of: Callable[[str], str | None], speaks_of: SpeaksOf) -> Report:
        """The report without the recorded findings."""
        matched = match(report, self.known, text_of, renamed=self.renamed, judged=speaks_of)
        return replace(matched.report, notes=(*report.notes, *matched.notes))

    def updated(self, report: Report, text_of: Callable[[str], str | None], speaks_of: SpeaksOf) -> Baseline:
        """Record what the report has; of what it does not speak of, what was recorded stays."""
        known = taken(report, text_of, unjudged(self.known, speaks_of))
        try:
            self.file.write_text(written(known), encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{self.file}: cannot be written: {error.strerror}") from error
        return self._replace(known=known)


def opened(file: Path, located: Located, environment: str, *, update: bool) -> Baseline:
    """The baseline of a file, which `update` may find missing but must be able to write."""
    if update:
        require_writable(file, located, environment)
    try:
        known = read(file.read_text(encoding="utf-8"), str(file))
    except FileNotFoundError:
        if not update:
            raise UsageError(f"{file}: there is no such file; --update-baseline writes it") from None
        known = {}
    except (OSError, UnicodeDecodeError, BaselineError) as error:
        raise UsageError(f"{file}: {error}") from error
    return Baseline(file, known, _renamed(located))


def _renamed(located: Located) -> dict[str, str]:
    """None where git cannot say."""
    try:
        repository = find(located.root)
        return renames(repository.since("HEAD")) if repository.has_commits() else {}
    except GitError:
        return {}
