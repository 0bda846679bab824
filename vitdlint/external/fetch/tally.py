"""What a pass amounts to: counts by class and by host, what was not checked and why, what changed. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from ..answer import Kind
from ..state import Record
from ..urls import domain_of, host_of, masked
from .refresh import Outcome


class Change(NamedTuple):
    """A URL that is now of another class than when it was asked before."""

    url: str
    """Masked."""
    before: str
    after: str


class Tally(NamedTuple):
    """The figures of a pass. Classes are the words of the state file, and `dead` for what counts as dead."""

    urls: int
    asked: int
    """In this pass, with an answer."""
    classes: Mapping[str, int]
    """What is known now, of all links of the site; `unknown` for those never asked."""
    hosts: Mapping[str, Mapping[str, int]]
    """By registrable domain, the one with most links first."""
    not_checked: Mapping[str, int]
    """Why links were not asked in this pass, or got no verdict, each with a count."""
    changes: tuple[Change, ...]
    oldest: datetime | None
    """When the link was last asked that was not asked for longest."""


def tally(outcome: Outcome, urls: Collection[str], unaskable: Mapping[str, int]) -> Tally:
    """Count; `unaskable` says how many links look external and are no URL that can be asked."""
    classes: Counter[str] = Counter()
    hosts: dict[str, Counter[str]] = defaultdict(Counter)
    changes = []
    checked = []
    for url in sorted(urls):
        name = masked(url)
        record, before = outcome.after.get(name), outcome.before.get(name)
        word = word_of(record)
        classes[word] += 1
        hosts[domain_of(host_of(url))][word] += 1
        if record is not None:
            checked.append(record.checked)
        if before is not None and word_of(before) != word:
            changes.append(Change(name, word_of(before), word))
    reasons = Counter(unaskable)
    reasons.update(outcome.skipped.values())
    reasons.update(a.code for a in outcome.answers.values() if a.kind is Kind.NOT_CHECKED)
    ranked = sorted(hosts.items(), key=lambda item: (-item[1].total(), item[0]))
    return Tally(
        urls=len(urls),
        asked=sum(a.kind is not Kind.NOT_CHECKED for a in outcome.answers.values()),
        classes=dict(sorted(classes.items())),
        hosts={host: dict(sorted(counts.items())) for host, counts in ranked},
        not_checked=dict(sorted(reasons.items())),
        changes=tuple(changes),
        oldest=min(checked, default=None),
    )


def word_of(record: Record | None) -> str:
    """What is known about a link, in one word."""
    if record is None:
        return "unknown"
    return "dead" if record.dead is not None else record.kind.value
