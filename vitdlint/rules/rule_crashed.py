"""A rule failed on a page.

This is a bug in the rule, not an error in the page. The run goes on, everything else is checked, and the exit code is
3.

Please report it with the line that is shown; until then, `ignore` the rule or name the page in `per-file-ignores`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Span
from ..core.rule import Good, NoOptions, Rule
from .support.run_facts import Settled


def check(settled: Settled, _: NoOptions) -> Iterator[Finding]:
    """One finding for each crash."""
    for crash in settled.crashes:
        yield Finding(
            Span(crash.path, 0, 0),
            f"the rule {crash.rule} failed here: {crash.error}",
            help="this is a bug in the rule, not an error in the page; please report it",
        )


RULE = Rule(
    "VD003",
    "rule-crashed",
    on=Settled,
    check=check,
    examples=(Good("---\ntitle: Sun\n---\nText\n"),),
)
