"""What earlier runs have found: one line a run, in a text file that a team can commit.

Each line is a JSON object with sorted keys, the time first, so that sorted lines are in the order of the runs and two
branches merge (`merge=union`). A line has what is new and what is gone since the lines before it, as page, rule and a
mark for each finding, which survives moved lines; and how many findings of each rule there are. Reading all lines
gives since when each finding has been there. What two branches say twice is found again by the next run.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from ..core.model import Diagnostic
from .fingerprint import identified

Key = tuple[str, str, str]
"""Page, rule, mark."""
_MARK = 8
"""Characters: enough for the findings of one rule on one page."""


class HistoryError(Exception):
    """The file is no history: a sentence with the line."""


class Run(NamedTuple):
    """One line."""

    at: str
    """`2026-11-30T12:00:00Z`"""
    commit: str
    pages: int
    counts: Mapping[str, int]
    """Findings by rule."""
    new: frozenset[Key] = frozenset()
    gone: frozenset[Key] = frozenset()
    verdicts: Mapping[str, str] = {}
    """External URLs whose class is another than before, and the class. One that has always been alive is not listed."""


class History(NamedTuple):
    """All lines of a file, in the order of time, and what they come to."""

    runs: tuple[Run, ...] = ()
    since: Mapping[Key, str] = {}
    """Findings that the last run had, and the time from which on each has been there."""
    verdicts: Mapping[str, tuple[tuple[str, str], ...]] = {}
    """External URLs, with every time and class."""


def read(text: str, name: str) -> History:
    """The history in a file of that name. Raises HistoryError."""
    runs = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                runs.append(_run(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                conflict = line.startswith(("<<<<<<<", "=======", ">>>>>>>"))
                why = "is a mark of a merge conflict; remove it" if conflict else "is no run of `--history`"
                raise HistoryError(f"line {number} of {name} {why}") from error
    return history_of(runs)


def history_of(runs: Iterable[Run]) -> History:
    """What some runs come to."""
    ordered = tuple(sorted(runs, key=lambda run: (run.at, run.commit)))
    since: dict[Key, str] = {}
    verdicts: dict[str, list[tuple[str, str]]] = {}
    for run in ordered:
        for key in run.gone:
            since.pop(key, None)
        for key in run.new:
            since.setdefault(key, run.at)
        for url, kind in run.verdicts.items():
            verdicts.setdefault(url, []).append((run.at, kind))
    return History(ordered, since, {url: tuple(known) for url, known in verdicts.items()})


def keys_of(diagnostics: Iterable[Diagnostic], text_of: Callable[[str], str | None]) -> dict[Diagnostic, Key]:
    """What each finding is called in a history."""
    return {
        diagnostic: (diagnostic.place.path, diagnostic.name, identity[:_MARK])
        for diagnostic, identity in identified(diagnostics, text_of)
    }


def next_run(
    history: History,
    found: Iterable[Key],
    checked: Callable[[str], bool],
    *,
    at: str,
    commit: str,
    pages: int,
    verdicts: Mapping[str, tuple[str, bool]],
) -> Run:
    """The line for what is found now.

    `checked` says whether this run would have found a finding of that rule; `verdicts` has the class of each external URL, and
    whether that means that it is alive.
    """
    now = frozenset(found)
    gone = frozenset(key for key in history.since if key not in now and checked(key[1]))
    changed = {}
    for url, (kind, alive) in verdicts.items():
        known = history.verdicts.get(url)
        if known[-1][1] != kind if known else not alive:
            changed[url] = kind
    there = (now | history.since.keys()) - gone
    counts = Counter(rule for _, rule, _ in there)
    return Run(at, commit, pages, dict(counts), now - history.since.keys(), gone, changed)


def line(run: Run) -> str:
    """A run as a line, with its end; pure ASCII."""
    document: dict[str, Any] = {
        "at": run.at,
        "commit": run.commit,
        "counts": run.counts,
        "gone": _nested(run.gone),
        "new": _nested(run.new),
        "pages": run.pages,
    }
    if run.verdicts:
        document["verdicts"] = run.verdicts
    return json.dumps(document, sort_keys=True, separators=(",", ":")) + "\n"


def _nested(keys: Iterable[Key]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for page, rule, mark in sorted(keys):
        marks = found.setdefault(page, {})
        marks[rule] = f"{marks[rule]} {mark}" if rule in marks else mark
    return found


def _flat(nested: Mapping[str, Mapping[str, str]]) -> frozenset[Key]:
    return frozenset(
        (page, rule, mark)
        for page, rules in nested.items()
        for rule, marks in rules.items()
        for mark in marks.split(" ")
    )


def _run(document: Any) -> Run:
    counts, verdicts = document["counts"], document.get("verdicts", {})
    if not all(type(count) is int for count in (*counts.values(), document["pages"])):
        raise ValueError("a count is no number")
    return Run(
        str(document["at"]),
        str(document["commit"]),
        document["pages"],
        {str(rule): count for rule, count in counts.items()},
        _flat(document["new"]),
        _flat(document["gone"]),
        {str(url): str(kind) for url, kind in verdicts.items()},
    )
