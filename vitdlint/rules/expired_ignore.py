"""An ignore of the configuration has passed its date.

Somebody looked at a link, found it good although machines are turned away, and said until when to believe that.
That day has come: look again, and set a new date or remove the ignore.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity, Span
from ..core.rule import Good, NoOptions, Rule
from .support.run_facts import Settled


def check(settled: Settled, _: NoOptions) -> Iterator[Finding]:
    """Each ignore that was to end before today."""
    for ignore in settled.ignores:
        if ignore.expires < settled.today:
            yield Finding(
                Span(ignore.path, ignore.start, ignore.end),
                f'the ignore of "{ignore.what}" ended on {ignore.expires.isoformat()} ({ignore.reason})',
                help="look again, then set a new date or remove it",
            )


RULE = Rule(
    "VD006",
    "expired-ignore",
    on=Settled,
    check=check,
    severity=Severity.WARNING,
    examples=(Good("---\ntitle: Sun\n---\nText\n"),),
)
