"""The causes of a report: its findings in groups that one decision settles: what fails the build, then the heaviest.

A cause is what many findings of one rule have in common: one target, one family of targets (`/tags/*.html`), one host,
one name, or one wording. Families are found from the data: most links that match the pattern have the finding, which
chance does not bring about. Findings with a safe fix need no decision and are one cause of their own for each rule; so
are unsafe ones where a rule has nothing else.
Every finding belongs to exactly one cause. All of it follows from the report alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from math import sqrt
from typing import Literal, NamedTuple

from ..core.lazy_re import lazy_re
from ..core.model import Diagnostic, Report, Severity
from .patterns import patterns

Kind = Literal["fix", "unsafe-fix", "family", "host", "target", "wording", "others"]

FEW = 5
"""Fewer findings are no cause of their own…"""
_TARGETS = 3
"""…and fewer targets no family."""
_SHARE = 0.6
"""The lower bound of the share of links that must have the finding, for all of those that match to be one family."""
_HOLDS = 0.8
"""A more special pattern is preferred to a general one if it holds so much of it."""
_WEIGHT = {Severity.ERROR: 10.0, Severity.WARNING: 2.0, Severity.INFO: 0.5}
_VARIES = lazy_re(r'"[^"]*"|\d[\d,.]*')
"""What differs between two messages with the same wording."""


class Cause(NamedTuple):
    """Findings of one rule that one decision settles."""

    kind: Kind
    label: str
    """The pattern or target that they share; '' for a wording, and for others."""
    message: str
    """What is wrong, for all of them: their message, with `…` for what differs."""
    diagnostics: tuple[Diagnostic, ...]
    """In the report's order; at least one."""
    targets: int = 0
    """How many different targets there are; 0 if targets do not matter."""
    links: int = 0
    """Of a family: how many links of the site match the pattern, with or without the finding; 0 if unknown."""

    @property
    def name(self) -> str:
        """The rule's name."""
        return self.diagnostics[0].name

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.diagnostics[0].code

    @property
    def severity(self) -> Severity:
        """The worst of its findings."""
        return max(diagnostic.severity for diagnostic in self.diagnostics)

    @property
    def stops(self) -> bool:
        """Whether Hugo builds nothing while there is such a finding."""
        return any(diagnostic.stops for diagnostic in self.diagnostics)

    @property
    def pages(self) -> int:
        """How many files it touches."""
        return len({diagnostic.place.path for diagnostic in self.diagnostics})

    @property
    def weight(self) -> float:
        """How much it matters: by severity, findings and pages."""
        return _WEIGHT[self.severity] * sqrt(len(self.diagnostics) * self.pages)

    @property
    def sample(self) -> Diagnostic:
        """The finding that shows it best: of its most frequent target, in the file with the shortest path."""
        often = Counter(diagnostic.cause for diagnostic in self.diagnostics)
        most = max(often.values())
        shown = [diagnostic for diagnostic in self.diagnostics if often[diagnostic.cause] == most]
        return min(shown, key=lambda diagnostic: (len(diagnostic.place.path), diagnostic.order))


def causes(report: Report) -> tuple[Cause, ...]:
    """The causes of all findings of a report: what fails the build, then the heaviest first."""
    # What readers do not see yet is another decision.
    rules: dict[tuple[str, str], list[Diagnostic]] = {}
    for diagnostic in report.diagnostics:
        rules.setdefault((diagnostic.code, diagnostic.state), []).append(diagnostic)
    found: list[Cause] = []
    for of_rule in rules.values():
        safe = [diagnostic for diagnostic in of_rule if diagnostic.fix and diagnostic.fix.safe]
        left = [diagnostic for diagnostic in of_rule if not (diagnostic.fix and diagnostic.fix.safe)]
        if safe:
            found.append(Cause("fix", "", _wording(safe), tuple(safe)))
        if left and all(diagnostic.fix for diagnostic in left):
            found.append(Cause("unsafe-fix", "", _wording(left), tuple(left)))
        else:
            found += _of_targets(left, report)
    # The weight of an equal cause must not depend on the order of rules: rule and label decide.
    return tuple(
        sorted(
            found, key=lambda cause: (not cause.stops, -cause.weight, cause.code, cause.label, cause.message)
        )
    )


class _Group(NamedTuple):
    """A pattern or target, and the findings that match it, as indices."""

    label: str
    members: frozenset[int]
    links: int


def _of_targets(found: Sequence[Diagnostic], report: Report) -> Iterator[Cause]:
    """The causes of one rule's findings, the biggest target or family first; then the rest, by wording."""
    left = dict(enumerate(found))
    for group in _groups(found, report):
        some = tuple(left.pop(number) for number in sorted(group.members))
        targets = {diagnostic.cause for diagnostic in some}
        kind: Kind = "target"
        if group.label not in targets:
            kind = "host" if "://" in group.label else "family"
        yield Cause(kind, group.label, _about(group.label, some), some, len(targets), group.links)
    if left:
        yield from _of_wordings(list(left.values()))


def _groups(found: Sequence[Diagnostic], report: Report) -> Iterator[_Group]:
    """Disjoint groups of findings with one target or pattern, by size."""
    members: dict[str, set[int]] = {}
    ways: dict[int, tuple[str, ...]] = {}
    """Finding -> its target and the patterns of that, the most special first."""
    for number, diagnostic in enumerate(found):
        if diagnostic.cause is not None:
            ways[number] = (diagnostic.cause, *patterns(diagnostic.cause))
            for way in ways[number]:
                members.setdefault(way, set()).add(number)
    refused: set[str] = set()
    while True:
        sizes = [(-len(some), label) for label, some in members.items() if label not in refused]
        if not sizes or -min(sizes)[0] < FEW:
            return
        _, biggest = min(sizes)
        label = _most_special(biggest, members, ways, refused)
        some = frozenset(members[label])
        causes_ = {found[number].cause for number in some}
        links = report.links.get(label, 0)
        if label not in causes_ and not _is_family(label, len(causes_), len(some), links):
            refused.add(label)
            continue
        yield _Group(label, some, 0 if label in causes_ else links)
        for number in some:
            for way in ways[number]:
                members[way].discard(number)


def _most_special(
    label: str, members: dict[str, set[int]], ways: dict[int, tuple[str, ...]], refused: set[str]
) -> str:
    """The most special target or pattern that holds nearly as much as the label does."""
    some = members[label]
    counts: Counter[tuple[int, str]] = Counter()
    for number in some:
        depth = ways[number].index(label)
        counts.update((depth - step, way) for step, way in enumerate(ways[number][:depth]))
    enough = [
        (-steps, -number, way)
        for (steps, way), number in counts.items()
        if number >= _HOLDS * len(some) and way not in refused
    ]
    return min(enough)[2] if enough else label


def _is_family(label: str, targets: int, findings: int, links: int) -> bool:
    """Whether findings with several targets have one cause, and not a pattern by chance."""
    if targets < _TARGETS or findings < FEW:
        return False
    if "://" in label:
        return True  # one host is one place
    # More findings than links: the rule means other targets than those that the links have.
    return findings <= links and _least_share(findings, links) >= _SHARE


def _least_share(some: int, all_: int) -> float:
    """The lower end of the interval in which a share lies with 95 % certainty (Wilson)."""
    z = 1.96
    share = some / all_
    middle = share + z * z / (2 * all_)
    spread = z * sqrt(share * (1 - share) / all_ + z * z / (4 * all_ * all_))
    return (middle - spread) / (1 + z * z / all_)


def _of_wordings(found: Sequence[Diagnostic]) -> Iterator[Cause]:
    """Findings without a common target: by what their messages have in common, the small groups as one."""
    wordings: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        wordings.setdefault(_VARIES.sub("…", diagnostic.message), []).append(diagnostic)
    others: list[Diagnostic] = []
    for some in wordings.values():
        if len(some) < FEW and len(wordings) > 1:
            others += some
        else:
            yield Cause("wording", "", _wording(some), tuple(some), _addresses(some))
    if others:
        others.sort(key=lambda diagnostic: diagnostic.order)
        yield Cause("others", "", _wording(others), tuple(others))


def _addresses(found: Iterable[Diagnostic]) -> int:
    """How many different targets there are; 0 if they are no addresses, or only one."""
    targets = {diagnostic.cause or "" for diagnostic in found}
    return len(targets) if len(targets) > 1 and all(t.startswith(("/", "http")) for t in targets) else 0


def _wording(found: Iterable[Diagnostic]) -> str:
    """The message of them all, with `…` for what differs; '' if they differ in more than names and numbers."""
    messages = {diagnostic.message for diagnostic in found}
    return _shared(messages) if len(set(map(_plain, messages))) == 1 else ""


def _about(label: str, found: Sequence[Diagnostic]) -> str:
    """The most frequent wording, with the pattern or target in place of what differs."""
    often = Counter(_plain(diagnostic.message) for diagnostic in found)
    wording = min(often, key=lambda text: (-often[text], text))
    return _shared({d.message for d in found if _plain(d.message) == wording}, label)


def _plain(message: str) -> str:
    """A message without names and numbers."""
    return _VARIES.sub(lambda varies: '"…"' if varies[0][0] == '"' else "…", message)


def _shared(messages: Collection[str], label: str = "") -> str:
    """One message of several with the same wording: what differs becomes `…`, or the label where it means all of that."""
    shown: list[str] = []
    for values in zip(*map(_VARIES.findall, messages), strict=True):
        if len(set(values)) == 1:
            shown.append(values[0])
        elif values[0][0] != '"':
            shown.append("…")
        elif (
            label and f'"{label}"' not in shown and ("*" in label or all(label in value for value in values))
        ):
            shown.append(f'"{label}"')
        else:
            shown.append('"…"')
    kept = iter(shown)
    return _VARIES.sub(lambda _: next(kept), min(messages))
