"""The nouns: what a rule says, and what everybody else sees of it.

Offsets are code points in a file's text, from 0, end exclusive. Lines and columns count from 1, columns in
code points, end exclusive. Paths are POSIX and relative to the root of the site.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any, NamedTuple


class Severity(IntEnum):
    """How much a finding matters; a higher value is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The lower-case name that people and machine formats see."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Severity:
        """The severity with that lower-case name; KeyError if there is none."""
        return cls[word.upper()]


class Exit(IntEnum):
    """Every exit code of the program; of several that apply the strongest is INTERRUPTED, USAGE, CRASH, FOUND."""

    CLEAN = 0
    FOUND = 1
    USAGE = 2
    CRASH = 3
    INTERRUPTED = 130


class Span(NamedTuple):
    """A half-open stretch of one file's text."""

    path: str
    start: int
    end: int


class Edit(NamedTuple):
    """Replace a span by a text."""

    span: Span
    text: str


class Related(NamedTuple):
    """A second place that belongs to a finding, and what it is ("also here")."""

    span: Span
    message: str


class Fix(NamedTuple):
    """Edits that apply together or not at all.

    `safe` means: the page renders the same but for what the finding is about, and no URL, alias, term URL or
    anchor changes.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True
    reshapes: bool = False
    """What is around the edits is meant to be read otherwise, too: code becomes text, text becomes a table."""


class Finding(NamedTuple):
    """What a rule yields. The engine adds the rule, the severity and the line."""

    span: Span
    message: str
    help: str | None = None
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    """Only where one finding differs from its rule's default; the configuration still wins."""
    cause: str | None = None
    """Findings of one rule with the same cause are shown once on a terminal ("/old/ is linked from 57 pages")."""
    meant: str = ""
    """Of a link: the URL of the page that it was probably meant for."""
    builds: bool = False
    """Hugo builds the site all the same, although the rule's other findings make it fail."""


class Place(NamedTuple):
    """A span with its lines and columns."""

    path: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


class PlacedEdit(NamedTuple):
    """An edit with lines and columns."""

    place: Place
    text: str


class PlacedFix(NamedTuple):
    """A fix whose edits know their lines and columns."""

    title: str
    safe: bool
    edits: tuple[PlacedEdit, ...]
    reshapes: bool = False


class PlacedRelated(NamedTuple):
    """A related place with lines and columns."""

    place: Place
    message: str


class Diagnostic(NamedTuple):
    """A finding as every reader outside the rules sees it. Sorts by path, place and code."""

    place: Place
    code: str
    name: str
    severity: Severity
    message: str
    help: str | None = None
    fix: PlacedFix | None = None
    related: tuple[PlacedRelated, ...] = ()
    cause: str | None = None
    of_page: bool = False
    """It is about the page as a whole; its place only represents it."""
    meant: str = ""
    """Of a link: the URL of the page that it was probably meant for."""
    state: str = ""
    """Why readers do not see its page: draft, future or expired; nothing if they do. The message says so too."""
    fails_build: bool = False
    """Hugo's build fails on it, if it is an error and on a published page."""

    @property
    def stops(self) -> bool:
        """Whether Hugo builds nothing while it is there."""
        return self.fails_build and self.severity is Severity.ERROR and not self.state

    @property
    def order(self) -> tuple[str, int, int, str, str, int, str]:
        """The key by which reports are sorted: total, so output never depends on the order of work, or on hashes."""
        place = self.place
        return (
            place.path,
            place.line,
            place.column,
            self.code,
            self.message,
            place.end,
            self.help or "",
        )


@dataclass(frozen=True, slots=True, order=True)
class NotChecked:
    """Something that was not checked: what, why, and how many of it."""

    what: str
    reason: str
    count: int
    by: str = ""
    """Whose doing it is, where the same reason holds for several: the name of a shortcode."""


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a run, sorted and settled."""

    diagnostics: tuple[Diagnostic, ...]
    pages: int
    suppressed: int = 0
    not_checked: tuple[NotChecked, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences for standard error: what was assumed or left out."""
    crashed: bool = False
    links: Mapping[str, int] = field(default_factory=dict)
    """How many links of the site match each pattern of targets; see `linter/patterns.py`."""

    def count(self, severity: Severity) -> int:
        """How many diagnostics have that severity."""
        return sum(d.severity is severity for d in self.diagnostics)

    def exit(self, fail_on: Severity | None) -> Exit:
        """The exit code: CRASH if any rule crashed, FOUND for a finding at or above `fail_on`, else CLEAN."""
        if self.crashed:
            return Exit.CRASH
        if fail_on is not None and any(d.severity >= fail_on for d in self.diagnostics):
            return Exit.FOUND
        return Exit.CLEAN


class Outcome(NamedTuple):
    """The report about a whole site, and what is needed to report a part of it."""

    report: Report
    pages: tuple[str, ...]
    """The site's own pages, by path."""
    suppressed: tuple[str, ...]
    """The path of each suppressed finding."""
    links: Any = None
    """The `Links` of the site; None where the report was recalled from an earlier run."""
    raised: tuple[Diagnostic, ...] = ()
    """All that pages, site and links alone gave rise to, before anything was suppressed; empty as above."""
    names: Mapping[str, tuple[str, ...]] = {}
    """Every page, a theme's too, and its path below the content folder, or several where it is mounted so; empty as
    above."""
    rules: frozenset[str] = frozenset()
    """The names of the rules that ran."""
    fail_on: str = "error"
    """The severity from which on the configuration lets a run fail, or "never"."""
    notes: tuple[str, ...] = ()
    """Sentences about the configuration, for standard error."""

    @property
    def site(self) -> Any:
        """The `Site`; None as above."""
        return None if self.links is None else self.links.site

    def narrow(self, covers: Callable[[str], bool]) -> Report:
        """The report about the paths that are covered alone."""
        return replace(
            self.report,
            diagnostics=tuple(d for d in self.report.diagnostics if covers(d.place.path)),
            pages=sum(map(covers, self.pages)),
            suppressed=sum(map(covers, self.suppressed)),
        )
