"""An ignore in the configuration has expired.

Somebody opened a link and found it good, although its host blocks bots, and set a date until which to ignore it. That
date has passed: open the link again, and set a new date or remove the ignore.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity, Span
from ..core.rule import Good, NoOptions, Rule
from .support.run_facts import Settled


def check(settled: Settled, _: NoOptions) -> Iterator[Finding]:
    """Each ignore that ended before today."""
    for ignore in settled.ignores:
        if ignore.expires < settled.today:
            yield Finding(
                Span(ignore.path, ignore.start, ignore.end),
                f'the ignore for "{ignore.what}" expired on {ignore.expires.isoformat()} ({ignore.reason})',
                help="open it again, then set a new date or remove the ignore",
            )


RULE = Rule(
    "VD006",
    "expired-ignore",
    on=Settled,
    check=check,
    severity=Severity.WARNING,
    examples=(Good("---\ntitle: Sun\n---\nText\n"),),
)
