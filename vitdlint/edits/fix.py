"""From findings with fixes to new texts, round after round, until nothing changes.

Nothing here touches the disk: see `transaction.py` for writing. A fix applies whole or not at all, also over several files.
Of two that touch each other the second waits for the next round, where its finding may be gone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..core.model import Diagnostic, PlacedEdit, Report

ROUNDS = 8
"""A fix may uncover another finding; more often than this no honest set of rules needs."""


class Rewrite(NamedTuple):
    """One round: new texts of the files that change, and whose fixes made them."""

    texts: Mapping[str, str]
    applied: tuple[Diagnostic, ...]


class Refused(NamedTuple):
    """A finding whose fix was not applied, and why: one sentence."""

    diagnostic: Diagnostic
    reason: str


@dataclass(frozen=True)
class Fixed:
    """The outcome of all rounds."""

    texts: Mapping[str, str]
    """New texts of the files that change."""
    units: tuple[frozenset[str], ...]
    """The same files, in groups that are written together or not at all."""
    rounds: tuple[tuple[Diagnostic, ...], ...]
    """The findings whose fixes were applied, round by round; the places of each round are those in its own texts."""
    refused: tuple[Refused, ...]
    report: Report
    """What is found in the new texts."""
    settled: bool = True
    """False if fixes still undo each other after the last round."""

    @property
    def applied(self) -> tuple[Diagnostic, ...]:
        """Those of all rounds."""
        return tuple(found for applied in self.rounds for found in applied)


SameParse = Callable[[str, str, str, Sequence[Diagnostic]], str | None]
"""(path, text before, text after, findings fixed) -> what else would change on the page, or None."""

SameUrls = Callable[[Mapping[str, str], Mapping[str, str]], Sequence[str]]
"""(new texts before a round, new texts after it) -> URLs, aliases, term URLs and anchors that would move."""


def rewrite(
    diagnostics: Iterable[Diagnostic], text_of: Callable[[str], str | None], *, unsafe: bool
) -> Rewrite:
    """Apply every fix that does not touch one applied before it, in the order given."""
    taken: dict[str, list[PlacedEdit]] = {}
    texts: dict[str, str] = {}
    applied: list[Diagnostic] = []
    for diagnostic in diagnostics:
        fix = diagnostic.fix
        if fix is None or not (fix.safe or unsafe):
            continue
        edits = sorted(set(fix.edits), key=_position)
        for path in {edit.place.path for edit in edits} - texts.keys():
            if (text := text_of(path)) is not None:
                texts[path] = text
        if _fits(edits, texts) and _apart(edits) and not any(_touched(taken, edit) for edit in edits):
            applied.append(diagnostic)
            for edit in edits:
                place = taken.setdefault(edit.place.path, [])
                at = bisect_left(place, _position(edit), key=_position)
                if place[at : at + 1] != [edit]:
                    place.insert(at, edit)
    return Rewrite({path: _spliced(texts[path], edits) for path, edits in taken.items()}, tuple(applied))


def apply_fixes(
    lint: Callable[[Mapping[str, str]], Report],
    text_of: Callable[[str], str | None],
    *,
    unsafe: bool = False,
    same_parse: SameParse | None = None,
    same_urls: SameUrls | None = None,
    first: Report | None = None,
) -> Fixed:
    """Lint, apply, and again, at most `ROUNDS` times.

    `lint` checks the site with some texts replaced; `first` is its report on the site as it is, where that is known
    already. `text_of` gives the text that was checked, or None for a file that has changed since or is not UTF-8.
    `same_parse` is asked about every fix, `same_urls` about safe ones: a fix that moves a URL is not safe.
    """
    texts: dict[str, str] = {}
    rounds: list[tuple[Diagnostic, ...]] = []
    refused: dict[object, Refused] = {}
    report = first if first is not None else lint(texts)
    settled = False

    def current(path: str) -> str | None:
        return texts[path] if path in texts else text_of(path)

    for _ in range(ROUNDS):
        wanted = [found for found in report.diagnostics if _identity(found) not in refused]
        step = rewrite(wanted, current, unsafe=unsafe)
        if same_parse is not None:
            step = _parsed(step, current, refused, same_parse, unsafe=unsafe)
        if same_urls is not None and not unsafe:
            step = _unmoved(step, current, refused, same_urls, texts)
        if not step.applied:
            settled = True
            break
        texts.update(step.texts)
        rounds.append(step.applied)
        report = lint(dict(texts))
    new = {path: text for path, text in texts.items() if text != text_of(path)}
    units = _units(new, (found for applied in rounds for found in applied))
    return Fixed(new, units, tuple(rounds), tuple(refused.values()), report, settled)


def _parsed(
    step: Rewrite,
    current: Callable[[str], str | None],
    refused: dict[object, Refused],
    same_parse: SameParse,
    *,
    unsafe: bool,
) -> Rewrite:
    """The round without the fixes that change more of a page than they mean to."""
    while True:
        fixes: dict[str, list[Diagnostic]] = {}
        for found in step.applied:
            for path in _paths(found):
                fixes.setdefault(path, []).append(found)
        suspects = [
            fixes[path]
            for path, after in step.texts.items()
            if same_parse(path, current(path) or "", after, fixes[path]) is not None
        ]
        if not suspects:
            return step
        kept = list(step.applied)
        for group in suspects:
            guilty = False
            for found in group:
                alone = rewrite([found], current, unsafe=unsafe)
                for path, after in alone.texts.items():
                    if (why := same_parse(path, current(path) or "", after, [found])) is not None:
                        refused[_identity(found)] = Refused(found, why)
                        guilty = True
            if not guilty:  # only together: all but the first wait
                kept = [found for found in kept if found not in group[1:]]
            if not guilty and len(group) == 1:
                refused[_identity(group[0])] = Refused(group[0], "the page would change elsewhere")
        kept = [found for found in kept if _identity(found) not in refused]
        step = rewrite(kept, current, unsafe=unsafe)


def _unmoved(
    step: Rewrite,
    current: Callable[[str], str | None],
    refused: dict[object, Refused],
    same_urls: SameUrls,
    texts: Mapping[str, str],
) -> Rewrite:
    """The round without the fixes that move a URL, found by halving: most rounds move none."""

    def innocent(fixes: Sequence[Diagnostic]) -> list[Diagnostic]:
        if not fixes:
            return []
        new = rewrite(fixes, current, unsafe=False).texts
        moved = same_urls(texts, {**texts, **new})
        if not moved:
            return list(fixes)
        if len(fixes) == 1:
            why = f"its fix is unsafe: it would move {', '.join(moved[:3])}"
            refused[_identity(fixes[0])] = Refused(fixes[0], why)
            return []
        half = len(fixes) // 2
        return [*innocent(fixes[:half]), *innocent(fixes[half:])]

    kept = innocent(step.applied)
    if len(kept) == len(step.applied):
        return step
    return rewrite(kept, current, unsafe=False)


def _position(edit: PlacedEdit) -> tuple[int, int]:
    return edit.place.start, edit.place.end


def _paths(diagnostic: Diagnostic) -> set[str]:
    return {edit.place.path for edit in diagnostic.fix.edits} if diagnostic.fix else set()


def _identity(diagnostic: Diagnostic) -> object:
    """What makes a finding the same in the next round, where its lines may have moved."""
    edits = diagnostic.fix.edits if diagnostic.fix else ()
    return (
        diagnostic.place.path,
        diagnostic.code,
        diagnostic.message,
        tuple((edit.place.path, edit.place.column, edit.text) for edit in edits),
    )


def _fits(edits: Sequence[PlacedEdit], texts: Mapping[str, str]) -> bool:
    """Whether every edit lies within a text that is known, and one of them changes something."""
    return all(
        edit.place.path in texts and 0 <= edit.place.start <= edit.place.end <= len(texts[edit.place.path])
        for edit in edits
    ) and any(texts[edit.place.path][edit.place.start : edit.place.end] != edit.text for edit in edits)


def _apart(edits: Sequence[PlacedEdit]) -> bool:
    """Whether no two edits of one fix (sorted) overlap."""
    ends: dict[str, int] = {}
    for edit in edits:
        if edit.place.start < ends.get(edit.place.path, 0):
            return False
        ends[edit.place.path] = edit.place.end
    return True


def _touched(taken: Mapping[str, Sequence[PlacedEdit]], edit: PlacedEdit) -> bool:
    """Whether an edit overlaps one that is taken, or is an insertion where one begins or ends; the same edit twice is one."""
    place = taken.get(edit.place.path, ())
    start, end = _position(edit)
    at = bisect_left(place, (start, end), key=_position)
    for other in place[max(0, at - 2) : at + 2]:
        first, last = _position(other)
        if other.place[:3] == edit.place[:3] and other.text == edit.text:
            continue
        if start < last and first < end:
            return True
        if (start == end or first == last) and start <= last and first <= end:
            return True
    return False


def _spliced(text: str, edits: Sequence[PlacedEdit]) -> str:
    """The text with sorted edits applied."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (text[at : edit.place.start], edit.text)
        at = edit.place.end
    pieces.append(text[at:])
    return "".join(pieces)


def _units(texts: Mapping[str, str], applied: Iterable[Diagnostic]) -> tuple[frozenset[str], ...]:
    """The changed files, joined where a fix changed several."""
    unit: dict[str, set[str]] = {path: {path} for path in texts}
    for diagnostic in applied:
        together = _paths(diagnostic) & texts.keys()
        if len(together) > 1:
            joined = set().union(*(unit[path] for path in together))
            for path in joined:
                unit[path] = joined
    unique = {id(group): group for group in unit.values()}
    return tuple(sorted((frozenset(group) for group in unique.values()), key=min))


def diff(
    texts: Mapping[str, str],
    text_of: Callable[[str], str | None],
    name_of: Callable[[str], str] = lambda path: path,
) -> Iterator[str]:
    """The change as a patch that `git apply` takes at the root of the repository; `name_of` gives names from there.

    Written as UTF-8 without any translation of line ends: the lines are those of the files.
    """
    from .patch import patch  # difflib is for --diff alone

    for path in sorted(texts):
        yield from patch(name_of(path), text_of(path), texts[path])
