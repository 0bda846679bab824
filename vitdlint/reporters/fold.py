"""What formats for people show at once: a finding, or many with one target, one family of targets or one host."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from ..core.model import Diagnostic, Report
from ..linter.causes import Cause, causes
from . import Context

FOLDED = frozenset({"target", "family", "host"})
"""Causes of these kinds are shown once: whoever has seen one of their findings has seen all."""


class Item(NamedTuple):
    """What is shown at once."""

    diagnostic: Diagnostic
    """The one that is shown whole."""
    others: tuple[Diagnostic, ...] = ()
    """The same elsewhere."""
    cause: Cause | None = None
    """What they have in common, if that is known by name."""

    @property
    def all(self) -> tuple[Diagnostic, ...]:
        """The findings of the item."""
        return (self.diagnostic, *self.others)


def items(report: Report, context: Context) -> list[Item]:
    """Everything that a report has, each finding in one item, in the order of `--sort`."""
    ranked = causes(report)
    rank = _rank(ranked)
    found = _items(report, {n: cause for n, cause in enumerate(ranked) if cause.kind in FOLDED}, rank)
    order = _order(context.sort, rank)
    return sorted(found, key=lambda item: order(item.diagnostic))


def ordered(report: Report, context: Context) -> Sequence[Diagnostic]:
    """Every finding, in the order of `--sort`."""
    if context.sort in ("", "path"):
        return report.diagnostics
    return sorted(report.diagnostics, key=_order(context.sort, _rank(causes(report))))


def _rank(ranked: Sequence[Cause]) -> dict[int, int]:
    """By the identity of each finding, the rank of its cause."""
    return {id(diagnostic): n for n, cause in enumerate(ranked) for diagnostic in cause.diagnostics}


def _order(sort: str, rank: dict[int, int]) -> Callable[[Diagnostic], Any]:
    if sort == "rule":
        return lambda diagnostic: (diagnostic.code, diagnostic.order)
    if sort == "worst":
        return lambda diagnostic: (rank[id(diagnostic)], diagnostic.order)
    return lambda diagnostic: diagnostic.order


def _items(report: Report, folded: dict[int, Cause], rank: dict[int, int]) -> Iterator[Item]:
    same: dict[tuple[str, str, str], list[Diagnostic]] = {}
    shown: set[int] = set()
    for diagnostic in report.diagnostics:
        if diagnostic.cause is not None and rank[id(diagnostic)] not in folded:
            same.setdefault((diagnostic.code, diagnostic.cause, diagnostic.state), []).append(diagnostic)
    for diagnostic in report.diagnostics:
        number = rank[id(diagnostic)]
        if number in folded:
            if number not in shown:
                shown.add(number)
                cause = folded[number]
                sample = cause.sample
                yield Item(sample, tuple(d for d in cause.diagnostics if d is not sample), cause)
        elif diagnostic.cause is None:
            yield Item(diagnostic)
        else:
            first, *others = same[diagnostic.code, diagnostic.cause, diagnostic.state]
            if first is diagnostic:
                yield Item(first, tuple(others))
