"""What a maintainer asks first, answered without a script: how it is, what to do first, where, and who can do it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...core.model import Diagnostic, Report, Severity
from ...core.visible import visible
from ...linter.causes import Cause
from ...linter.history import History, Key
from .. import Context
from ..background import Background
from ..closing import left_out
from .data import OTHER_FILES, folder_of, key_of, title_of

_MOST = 10
"""Rows of each list."""
_LISTED = 40
"""Findings of a run that came or went."""
NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class Row(NamedTuple):
    """One line of a list: something with findings."""

    name: str
    key: str
    """What the filter of the table calls it."""
    number: int
    pages: int
    worst: str
    """The word of the worst severity."""
    note: str = ""
    command: str = ""
    """What settles all of it."""
    share: int = 0
    """Percent of the longest row, for its bar."""


class RunRow(NamedTuple):
    """One run of the history."""

    at: str
    commit: str
    total: int
    new: int
    gone: int
    came: Sequence[str]
    """Pages and rules; empty for the first run, whose findings are all new."""
    went: Sequence[str]


class Answers(NamedTuple):
    """The values of the template."""

    sentence: str
    counts: tuple[tuple[str, str, int], ...]
    """Severity, noun, number."""
    pages: int
    touched: int
    """Pages with errors."""
    total: int
    safe: int
    unsafe: int
    by_hand: int
    causes: Sequence[Row]
    rules: Sequence[Row]
    sections: Sequence[Row]
    worst: Sequence[Row]
    not_checked: Sequence[str]
    suppressed: int
    baselined: int | None
    trend: str
    """How the number of findings has changed; '' without a history."""
    runs: Sequence[RunRow]
    """The last ones, the newest first."""


def answers_of(report: Report, causes: Sequence[Cause], background: Background, context: Context) -> Answers:
    """The answers about the findings of the report."""
    found = report.diagnostics
    errors = {d.place.path for d in found if d.severity is Severity.ERROR}
    touched = len(errors)
    safe = sum(d.fix is not None and d.fix.safe for d in found)
    unsafe = sum(d.fix is not None and not d.fix.safe for d in found)
    return Answers(
        sentence=_sentence(report, touched),
        counts=tuple((s.word, _plural(report.count(s), noun), report.count(s)) for s, noun in NOUNS.items()),
        pages=report.pages,
        touched=touched,
        total=len(found),
        safe=safe,
        unsafe=unsafe,
        by_hand=len(found) - safe - unsafe,
        causes=_causes(causes),
        rules=_rows(found, {d.code: d.name for d in found}, [d.code for d in found]),
        sections=_sections(found, background),
        worst=_worst(found, background, context),
        not_checked=[visible(line) for line in left_out(report.not_checked)],
        suppressed=report.suppressed,
        baselined=None if background.baselined is None else len(background.baselined),
        trend=_trend(background.history),
        runs=_runs(background.history, context),
    )


def _sentence(report: Report, touched: int) -> str:
    """How the site is."""
    pages = f"{report.pages:,} page{'' if report.pages == 1 else 's'}"
    errors = report.count(Severity.ERROR)
    if not report.diagnostics:
        return f"Nothing found on {pages}."
    if not errors:
        return f"No errors on {pages}."
    percent = round(100 * touched / report.pages) if report.pages else 0
    share = f" ({percent}\N{NO-BREAK SPACE}%)" if percent else ""
    stops = "Hugo cannot build the site. " if any(d.stops for d in report.diagnostics) else ""
    return f"{stops}{errors:,} error{'' if errors == 1 else 's'} on {touched:,} of {pages}{share}."


def _causes(causes: Sequence[Cause]) -> list[Row]:
    """The causes that matter most, each with what settles it."""
    shown = causes[:_MOST]
    most = max((len(cause.diagnostics) for cause in shown), default=1)
    return [
        Row(
            title_of(cause),
            key_of(cause),
            len(cause.diagnostics),
            cause.pages,
            cause.severity.word,
            *_settled(cause),
            share=max(1, round(100 * len(cause.diagnostics) / most)),
        )
        for cause in shown
    ]


def _settled(cause: Cause) -> tuple[str, str]:
    """What is to be done about all of its findings at once: in words, and the command."""
    match cause.kind:
        case "fix":
            return "", f"vitdlint check --fix --select {cause.name}"
        case "unsafe-fix":
            return "after a look", f"vitdlint check --fix --unsafe-fixes --select {cause.name}"
        case "family":
            return f"{cause.name}: {cause.targets:,} targets that one redirect or setting may settle", ""
        case "host":
            return f"{cause.name}: {cause.targets:,} addresses of one host", ""
        case "target":
            return f"{cause.name}: one target", ""
    return f"{cause.name}: {cause.targets:,} different targets" if cause.targets else cause.name, ""


def _trend(history: History) -> str:
    if len(history.runs) < 2:
        return "This is the first run that is recorded." if history.runs else ""
    first, *_, before, last = (history.runs[0], *history.runs)
    now, were = sum(last.counts.values()), sum(before.counts.values())
    began = sum(first.counts.values())
    return (
        f"{now:,} now; {were:,} on {before.at[:10]}, {began:,} on {first.at[:10]}: "
        f"{len(last.new):,} are new since the last run, {len(last.gone):,} are gone."
    )


def _runs(history: History, context: Context) -> list[RunRow]:
    first = history.runs[0] if history.runs else None
    return [
        RunRow(
            run.at.replace("T", " ").removesuffix(":00Z").removesuffix("Z"),
            visible(run.commit),
            sum(run.counts.values()),
            len(run.new),
            len(run.gone),
            [] if run is first else _listed(run.new, context),
            _listed(run.gone, context),
        )
        for run in reversed(history.runs[-_MOST:])
    ]


def _listed(keys: Iterable[Key], context: Context) -> list[str]:
    """Page and rule of findings, counted."""
    counts = Counter((page, rule) for page, rule, _ in keys)
    lines = [
        visible(f"{context.shown(page)}: {rule}" + (f" ({count:,})" if count > 1 else ""))
        for (page, rule), count in sorted(counts.items())
    ]
    return lines if len(lines) <= _LISTED else [*lines[:_LISTED], f"and {len(lines) - _LISTED:,} more"]


def _plural(number: int, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"


def _rows(
    found: Iterable[Diagnostic],
    names: Mapping[str, str],
    keys: Iterable[str],
    *,
    severity_first: bool = False,
) -> list[Row]:
    """The keys with the most findings; `keys` has the key of each finding."""
    tallies: dict[str, _Tally] = {}
    for diagnostic, key in zip(found, keys, strict=True):
        tally = tallies.get(key)
        if tally is None:
            tally = tallies[key] = _Tally()
        tally.add(diagnostic)
    order = sorted(
        tallies,
        key=lambda key: (-tallies[key].errors if severity_first else 0, -tallies[key].number, key),
    )[:_MOST]
    most = max((tallies[key].number for key in order), default=1)
    return [
        Row(
            visible(names[key]),
            visible(key),
            tally.number,
            len(tally.pages),
            tally.worst.word,
            f"{tally.fixable:,} fixable" if tally.fixable else "",
            share=max(1, round(100 * tally.number / most)),
        )
        for key in order
        if (tally := tallies[key])
    ]


@dataclass(slots=True)
class _Tally:
    """The findings of one key, counted."""

    number: int = 0
    errors: int = 0
    fixable: int = 0
    worst: Severity = Severity.INFO
    pages: set[str] = field(default_factory=set)

    def add(self, diagnostic: Diagnostic) -> None:
        """One finding more."""
        self.number += 1
        self.pages.add(diagnostic.place.path)
        self.worst = max(self.worst, diagnostic.severity)
        if diagnostic.severity is Severity.ERROR:
            self.errors += 1
        if diagnostic.fix is not None and diagnostic.fix.safe:
            self.fixable += 1


def _sections(found: Sequence[Diagnostic], background: Background) -> list[Row]:
    graph = background.graph
    known = {node.path: node.section for node in reversed(graph.nodes) if node.path}
    keys = [known.get(d.place.path) or (OTHER_FILES if known else folder_of(d.place.path)) for d in found]
    sizes = Counter(known.values())
    rows = _rows(found, {key: key for key in keys}, keys)
    return [
        row._replace(note=f"{row.pages:,} of {sizes[row.key]:,} pages" if sizes[row.key] else "")
        for row in rows
    ]


def _worst(found: Sequence[Diagnostic], background: Background, context: Context) -> list[Row]:
    titles = {node.path: node.title for node in reversed(background.graph.nodes) if node.path}
    shown = {path: context.shown(path) for path in {d.place.path for d in found}}
    keys = [shown[d.place.path] for d in found]
    names = {shown[path]: titles.get(path) or shown[path] for path in shown}
    return _rows(found, names, keys, severity_first=True)
