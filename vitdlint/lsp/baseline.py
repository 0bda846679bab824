"""The findings that a site's baseline records, which no editor shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ..core.model import Diagnostic, Report
from ..files.find_site import Located
from ..files.git import GitError, find
from ..linter.baseline import BaselineError, Counts, match, read
from ..linter.compare import renames
from ..linter.config_layers import baseline_file


class Recorded(NamedTuple):
    """What a baseline records."""

    file: Path | None = None
    """None where the configuration names none."""
    known: Counts = MappingProxyType({})
    renamed: Mapping[str, str] = MappingProxyType({})
    """Files that the work tree has renamed since the last commit."""
    problem: str = ""
    """Why it cannot be read."""

    def new(
        self, found: Sequence[Diagnostic], text_of: Callable[[str], str | None]
    ) -> tuple[Diagnostic, ...]:
        """Those of one page's findings that are not recorded."""
        if not self.known:
            return tuple(found)
        return match(Report(tuple(found), 0), self.known, text_of, renamed=self.renamed).report.diagnostics


def recorded(located: Located) -> Recorded:
    """The baseline that the configuration names."""
    file = baseline_file(located, None)
    if file is None:
        return Recorded()
    try:
        known = read(file.read_bytes().decode("utf-8"), str(file))
    except (OSError, UnicodeDecodeError, BaselineError) as error:
        return Recorded(file, problem=f"{file}: {error}")
    try:
        repository = find(located.root)
        renamed = renames(repository.since("HEAD")) if repository.has_commits() else {}
    except GitError:
        renamed = {}
    return Recorded(file, known, renamed)
