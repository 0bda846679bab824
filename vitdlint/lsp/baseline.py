"""The findings that a site's baseline records, which no editor shows; and one more of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ..core.model import Diagnostic, Report
from ..files.find_site import Located
from ..linter.baseline import NEVER, BaselineError, Counts, match, read, taken, written
from ..linter.compare import renamed_now
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

    def takes(self, root: Path, found: Diagnostic) -> bool:
        """Whether the finding can be added, to a file of the site."""
        if self.file is None or self.problem or found.name in NEVER:
            return False
        return self.file.is_relative_to(root)


def with_finding(
    baseline: str, file: Path, found: Diagnostic, text_of: Callable[[str], str | None]
) -> str | None:
    """The text of a baseline that records one more finding; None if it is no baseline."""
    try:
        known = read(baseline, str(file))
    except BaselineError:
        return None
    return written(taken(Report((found,), 0), text_of, known))


def recorded(located: Located) -> Recorded:
    """The baseline that the configuration names."""
    file = baseline_file(located, None)
    if file is None:
        return Recorded()
    try:
        known = read(file.read_bytes().decode("utf-8"), str(file))
    except (OSError, UnicodeDecodeError, BaselineError) as error:
        return Recorded(file, problem=f"{file}: {error}")
    return Recorded(file, known, renamed_now(located.root))
