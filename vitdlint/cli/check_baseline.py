"""`check --baseline FILE`, or the key `baseline`: findings that are recorded in a file are ignored."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ..core.errors import ConfigError, UsageError
from ..core.model import Diagnostic, Place, Report
from ..core.options import Problem
from ..edits.transaction import Change, Written, write
from ..files.find_site import Located, shown
from ..files.regular import regular
from ..files.tree import is_inside
from ..files.whole import write_whole
from ..linter.baseline import (
    BaselineError,
    Counts,
    carried,
    match,
    moved,
    read,
    taken,
    unchecked,
    what_is_written,
    written,
)
from ..linter.compare import renamed_now
from ..linter.config_layers import baseline_file, layers_of
from .output import require_writable

TextOf = Callable[[str], str | None]
Checked = Callable[[str, str], bool]
"""(page, rule) -> whether a report has every finding of that rule on that page."""


class Baseline(NamedTuple):
    """A file of recorded findings."""

    file: Path
    text: str
    """What the file holds; '' if there is none."""
    known: Counts
    renamed: Mapping[str, str]
    """Files that the work tree has renamed since the last commit."""

    def new(self, report: Report, text_of: Callable[[str], str | None], checked: Checked) -> Report:
        """The report without the recorded findings."""
        matched = match(report, self.known, text_of, renamed=self.renamed, checked=checked)
        return replace(matched.report, notes=(*report.notes, *matched.notes))

    def after_fixes(
        self,
        before: Sequence[Diagnostic],
        after: Sequence[Diagnostic],
        text_before: TextOf,
        text_after: TextOf,
        followed: Callable[[Place], tuple[int, int]],
    ) -> Baseline:
        """What it records when fixes are applied; see `linter.baseline.carried`."""
        known = carried(self.known, before, after, text_before, text_after, followed, self.renamed)
        return self._replace(known=known, renamed={})

    def after_move(
        self, before: Report, after: Report, text_before: TextOf, text_after: TextOf, files: Mapping[str, str]
    ) -> Baseline:
        """What it records when files are renamed; see `linter.baseline.moved`."""
        known = moved(self.known, before.diagnostics, after.diagnostics, text_before, text_after, files)
        return self._replace(known=known)

    def change(self) -> Change | None:
        """What is to be written; None if the file records it already."""
        new = written(self.known)
        return (
            None
            if new == self.text
            else Change(self.file.resolve(), self.text.encode("utf-8") or None, new.encode("utf-8"))
        )

    def updated(
        self, report: Report, text_of: Callable[[str], str | None], checked: Checked
    ) -> tuple[Baseline, str]:
        """Record the findings of the report; keep what is recorded of pages and rules that it leaves out.

        Also: what was written, in a sentence.
        """
        known = taken(report, text_of, unchecked(self.known, checked))
        try:
            write_whole(self.file, written(known).encode("utf-8", "surrogateescape"))
        except OSError as error:
            raise UsageError(f"{self.file}: cannot be written: {error.strerror}") from error
        return self._replace(known=known), f"{shown(self.file)} {what_is_written(self.known, known)}"


def write_with(root: Path, groups: Sequence[Sequence[Change]], change: Change | None) -> Written:
    """Write texts of a site, and the baseline that is true of all of them or of none."""
    if change is None:
        return write(root, groups)
    if is_inside(os.path.realpath(root), str(change.path)):
        done = write(root, [[*(page for group in groups for page in group), change]])
        return done._replace(paths=tuple(path for path in done.paths if path != change.path))
    done = write(root, groups)
    return (
        done if done.changed_meanwhile else write(change.path.parent, [[change]])._replace(paths=done.paths)
    )


def opened(file: Path, located: Located, environment: str, *, update: bool) -> Baseline:
    """The baseline of a file, which `update` may find missing but must be able to write."""
    if update:
        require_writable(file, located, environment)
    text = ""
    known: Counts = {}
    try:
        text = regular(file).read_bytes().decode("utf-8")
        known = read(text, shown(file))
    except FileNotFoundError:
        if not update:
            words = f"there is no file {shown(file)}; `vitdlint check --update-baseline` writes it"
            if baseline_file(located, None) == file:
                raise ConfigError(layers_of(located).placed([Problem(("baseline",), words)])) from None
            raise UsageError(f"--baseline: {words}") from None
    except BaselineError as error:
        raise UsageError(str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{shown(file)} cannot be read: {error}") from error
    return Baseline(file, text, known, renamed_now(located.root))
