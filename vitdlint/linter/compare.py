"""What a change causes: the findings that the new site has and the old one had not, reported where the change is.

A page that loses the target of its link because another page was deleted, renamed or redirected is not to blame; the
finding is placed in the file that changed, with the links as its second places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ..core.model import Diagnostic, Place, PlacedRelated, Report
from ..files.git import FileChange, GitError, find
from ..site.site import Site
from .fingerprint import fingerprinted, new_and_gone

_DEEDS = {
    "D": "removing this file",
    "R": "moving this file",
    "M": "changing this file",
    "A": "adding this file",
}


class Side(NamedTuple):
    """The site before the change, or after it."""

    report: Report
    site: Site
    text_of: Callable[[str], str | None]


class Caused(NamedTuple):
    """What a change causes."""

    report: Report
    others: int
    """Findings of the new site that were there before."""


def renames(changes: Iterable[FileChange]) -> dict[str, str]:
    """Old path to new path of every renamed file."""
    return {change.old: change.path for change in changes if change.status == "R" and change.old}


def renamed_now(root: Path) -> dict[str, str]:
    """The same, for what the work tree has renamed since the last commit; none where git cannot say."""
    try:
        repository = find(root)
        return renames(repository.since("HEAD")) if repository.has_commits() else {}
    except GitError:
        return {}


def caused(old: Side, new: Side, changes: Sequence[FileChange]) -> Caused:
    """The new site's findings without those of the old one, each at the file that causes it."""
    fresh = _fresh(old, new, renames(changes))
    owner = _Owner(old.site, new.site, {after: before for before, after in renames(changes).items()})
    changed = {path: change for change in changes for path in (change.old, change.path) if path}
    reported: list[Diagnostic] = []
    blamed: dict[tuple[str, str], list[Diagnostic]] = {}
    for diagnostic in fresh:
        path = owner.of(diagnostic)
        if path is None or path not in changed:
            reported.append(diagnostic)
        else:
            blamed.setdefault((path, diagnostic.code), []).append(diagnostic)
    reported += [_at_cause(changed[path], found) for (path, _), found in blamed.items()]
    reported.sort(key=lambda diagnostic: diagnostic.order)
    others = len(new.report.diagnostics) - len(fresh)
    return Caused(replace(new.report, diagnostics=tuple(reported)), others)


def _fresh(old: Side, new: Side, moved: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """The findings that are new, by file, rule and fingerprint. A crash is always new: something was not checked."""
    found = tuple(d for d in old.report.diagnostics if d.name != "rule-crashed")
    old = old._replace(report=replace(old.report, diagnostics=found))
    # What is said of a page with the very same words needs no fingerprint, for which its text would be read.
    were, are = _by_path(old.report), _by_path(new.report)
    same = {path for path, found in are.items() if path not in moved.values() and were.get(path) == found}
    same -= moved.keys()
    before = Counter(identity for identity, _ in _identified(old, same, moved))
    return new_and_gone(before, _identified(new, same, {}))[0]


def _identified(
    side: Side, but: Container[str], moved: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str, str], Diagnostic]]:
    """The findings of all paths but some, by file, rule and fingerprint."""
    found = (diagnostic for diagnostic in side.report.diagnostics if diagnostic.place.path not in but)
    for diagnostic, about in fingerprinted(found, side.text_of):
        path = diagnostic.place.path
        yield (moved.get(path, path), diagnostic.code, about), diagnostic


def _by_path(report: Report) -> dict[str, list[Diagnostic]]:
    found: dict[str, list[Diagnostic]] = {}
    for diagnostic in report.diagnostics:
        found.setdefault(diagnostic.place.path, []).append(diagnostic)
    return found


class _Owner:
    """Which file of the old site answered a link that is broken now."""

    def __init__(self, old: Site, new: Site, before: Mapping[str, str]) -> None:
        self._old = old
        self._new = new
        self._before = before
        """New path to old path of what was renamed."""

    def of(self, diagnostic: Diagnostic) -> str | None:
        """The file, or None if the finding is not about a link that the page had already, and that led somewhere."""
        path = diagnostic.place.path
        was = self._before.get(path, path)
        facts, earlier = self._new.pages.get(path), self._old.pages.get(was)
        if facts is None or earlier is None or was not in self._old.addresses.outputs:
            return None
        link = next((link for link in facts.links if link.start == diagnostic.place.start), None)
        if link is None or not any((o.kind, o.target) == (link.kind, link.target) for o in earlier.links):
            return None
        target = self._old.resolve(link.target, was, link.kind, link.attribute)
        if target.source is not None:
            return target.source
        return target.page.path if target.page is not None else None


def _at_cause(change: FileChange, found: Sequence[Diagnostic]) -> Diagnostic:
    """Findings of one rule as one, at the head of the file that causes them."""
    first = found[0]
    times = "1 link" if len(found) == 1 else f"{len(found):,} links"
    deed = _DEEDS.get(change.status, _DEEDS["M"])
    return first._replace(
        place=Place(change.path, 0, 0, 1, 1, 1, 1),
        severity=max(diagnostic.severity for diagnostic in found),
        message=f"{deed} breaks {times}: {first.message}",
        help="keep the old URL as an alias of the page that replaces it, or correct the links",
        fix=None,
        related=tuple(PlacedRelated(diagnostic.place, "a link that breaks") for diagnostic in found),
        cause=None,
    )
