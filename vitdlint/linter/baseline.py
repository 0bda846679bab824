"""Baselined findings, kept in a file: a legacy site is adopted as it is, and only what is new fails.

The file maps a page to rules, a rule to fingerprints (what the finding is about, without line numbers), a fingerprint
to how often it is there. Sorted, one entry a line, so that two branches merge. Pages are relative to the site's
root.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from ..core.model import Diagnostic, Place, Report
from ..core.number_of import number_of
from .fingerprint import fingerprint, fingerprinted, new_and_gone

VERSION = 1
NEVER = frozenset({"rule-crashed"})
"""Rules whose findings are never recorded: something could not be checked."""

Counts = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Page, rule, fingerprint, count."""
Key = tuple[str, str, str]
"""Page, rule, fingerprint."""


class BaselineError(Exception):
    """The file is no baseline: a sentence with the place."""


@dataclass(frozen=True)
class Matched:
    """A report seen against a baseline."""

    report: Report
    """What is new."""
    known: int
    """Findings that the baseline records."""
    fixed: int
    """Findings that the baseline records and that are there no more."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for standard error."""
        one, single = self.known == 1, self.fixed == 1
        known = f"{self.known:,} baselined finding{'' if one else 's'} ignored"
        which = "1 finding of the baseline is" if single else f"{self.fixed:,} findings of the baseline are"
        fixed = f"{which} fixed; remove {'it' if single else 'them'} with --update-baseline"
        return (*([known] if self.known else []), *([fixed] if self.fixed else []))


def taken(report: Report, text_of: Callable[[str], str | None], others: Counts | None = None) -> Counts:
    """A baseline of everything in a report, and `others`: what is recorded of pages and rules not checked now."""
    counts = {
        path: {rule: dict(found) for rule, found in rules.items()} for path, rules in (others or {}).items()
    }
    for diagnostic, about in fingerprinted(report.diagnostics, text_of):
        if diagnostic.name not in NEVER:
            found = counts.setdefault(diagnostic.place.path, {}).setdefault(diagnostic.name, {})
            found[about] = found.get(about, 0) + 1
    return counts


def what_is_written(before: Counts, after: Counts) -> str:
    """That a baseline has become another one, in words."""
    old, new = _keys(before, {}), _keys(after, {})
    total = f"{number_of(new.total(), 'finding')} in {number_of(len(after), 'file')}"
    if old == new:
        return f"records {total}, as before"
    changes = [f"{(new - old).total():,} new"] * (new - old != Counter()) if old else []
    changes += [f"{(old - new).total():,} removed"] * (old - new != Counter())
    return f"written: {total}" + (f" ({', '.join(changes)})" if changes else "")


def unchecked(baseline: Counts, checked: Callable[[str, str], bool]) -> Counts:
    """What a baseline records of the pages and rules that a run leaves out."""
    return {
        path: rest
        for path, rules in baseline.items()
        if (rest := {rule: found for rule, found in rules.items() if not checked(path, rule)})
    }


def match(
    report: Report,
    baseline: Counts,
    text_of: Callable[[str], str | None],
    *,
    renamed: Mapping[str, str] | None = None,
    checked: Callable[[str, str], bool] = lambda _path, _rule: True,
) -> Matched:
    """Set aside what the baseline records; of equal findings beyond the known number the last are new.

    `renamed` maps old paths to new ones. `checked` says which page and rule this run has checked: no others are
    reported as fixed.
    """
    old = _keys(baseline, renamed or {})
    new, gone = new_and_gone(old, _identified(report.diagnostics, text_of, old))
    fixed = sum(count for (path, rule, _), count in gone.items() if checked(path, rule))
    known = len(report.diagnostics) - len(new)
    return Matched(replace(report, diagnostics=new), known, fixed)


def carried(
    baseline: Counts,
    before: Sequence[Diagnostic],
    after: Iterable[Diagnostic],
    text_before: Callable[[str], str | None],
    text_after: Callable[[str], str | None],
    followed: Callable[[Place], tuple[int, int]],
    renamed: Mapping[str, str] | None = None,
) -> Counts:
    """The baseline after an edit: it has no more what is gone, and today's fingerprint of what is left.

    `before` and `after` are all findings before and after the edit. `followed` gives the stretch that a place has become, `renamed` maps old paths to new ones.
    """
    old = _keys(baseline, renamed or {})
    left = Counter(old)
    places: dict[tuple[str, str], list[Diagnostic]] = {}
    for diagnostic in after:
        places.setdefault((diagnostic.place.path, diagnostic.name), []).append(diagnostic)
    kept: list[Diagnostic] = []
    for key, diagnostic in _identified(before, text_before, old):
        if not left[key]:
            continue  # it was not in the baseline
        left[key] -= 1
        there = places.get((diagnostic.place.path, diagnostic.name), [])
        if (same := _at(there, *followed(diagnostic.place))) is not None:
            kept.append(there.pop(same))
    counts: Counter[Key] = +left
    counts.update(key for key, _ in _identified(kept, text_after, counts))
    return _nested(counts)


def _nested(counts: Mapping[Key, int]) -> Counts:
    found: dict[str, dict[str, dict[str, int]]] = {}
    for (path, rule, about), count in counts.items():
        found.setdefault(path, {}).setdefault(rule, {})[about] = count
    return found


def moved(
    baseline: Counts,
    before: Iterable[Diagnostic],
    after: Iterable[Diagnostic],
    text_before: Callable[[str], str | None],
    text_after: Callable[[str], str | None],
    files: Mapping[str, str],
) -> Counts:
    """The baseline after files were renamed and the links to them rewritten: it records the same findings.

    `files` maps old paths to new ones. A recorded finding that reads otherwise now is the next one on its page that was
    not there before.
    """
    old = _keys(baseline, files)
    recorded = _keys(baseline, {})
    was = Counter(
        (files.get(p, p), rule, about) for (p, rule, about), _ in _identified(before, text_before, recorded)
    )
    now = Counter(key for key, _ in _identified(after, text_after, old))
    gone = old & was - now
    fresh: dict[tuple[str, str], list[Key]] = {}
    for key in (now - was).elements():
        fresh.setdefault(key[:2], []).append(key)
    counts = Counter(old)
    for key in gone.elements():
        if there := fresh.get(key[:2]):
            counts[key] -= 1
            counts[there.pop(0)] += 1
    return _nested(+counts)


def _at(found: Sequence[Diagnostic], start: int, end: int) -> int | None:
    """The finding that begins there, else one that overlaps the stretch."""
    for i, diagnostic in enumerate(found):
        if diagnostic.of_page or diagnostic.place.start == start:
            return i
    overlapping = (i for i, d in enumerate(found) if d.place.start < end and start < d.place.end)
    return next(overlapping, None)


def _keys(baseline: Counts, renamed: Mapping[str, str]) -> Counter[Key]:
    return Counter(
        {
            (renamed.get(path, path), rule, about): count
            for path, rules in baseline.items()
            for rule, found in rules.items()
            for about, count in found.items()
            if rule not in NEVER
        }
    )


def _identified(
    diagnostics: Iterable[Diagnostic], text_of: Callable[[str], str | None], old: Mapping[Key, int]
) -> Iterator[tuple[Key, Diagnostic]]:
    """Each finding with its entry: as vitdlint 0.1.0 wrote it, if that is what is recorded."""
    for diagnostic, about in fingerprinted(diagnostics, text_of):
        path, name = diagnostic.place.path, diagnostic.name
        if diagnostic.of_page and not old.get((path, name, about)):
            early = fingerprint(diagnostic, text_of(path), early=True)
            yield (path, name, early if old.get((path, name, early)) else about), diagnostic
        else:
            yield (path, name, about), diagnostic


def written(baseline: Counts) -> str:
    """The file's text: sorted, pure ASCII."""
    findings = {
        path: {rule: dict(sorted(found.items())) for rule, found in sorted(rules.items())}
        for path, rules in sorted(baseline.items())
    }
    return json.dumps({"version": VERSION, "findings": findings}, indent=1) + "\n"


def read(text: str, name: str) -> Counts:
    """A baseline from its file's text; `name` is for messages. Raises BaselineError."""
    try:
        document = json.loads(text)
    except ValueError as error:
        if "<<<<<<<" in text:
            raise BaselineError(
                f"{name} holds a merge conflict; keep the lines of both sides, or write it again with --update-baseline"
            ) from error
        raise BaselineError(f"{name} is not JSON: {error}") from error
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise BaselineError(f"{name} is not a baseline of version {VERSION}")
    findings = document.get("findings")
    if not _counts(findings):
        raise BaselineError(f'{name}: "findings" must map pages to rules to findings to counts')
    return findings


def _counts(findings: Any) -> TypeGuard[Counts]:
    return isinstance(findings, dict) and all(
        isinstance(rules, dict)
        and all(
            isinstance(found, dict) and all(type(count) is int and count > 0 for count in found.values())
            for found in rules.values()
        )
        for rules in findings.values()
    )
