"""A suppression comment suppresses nothing.

The finding has been fixed, or the comment is on the wrong line. If it stays, it hides the next real finding. Remove it.
Only suppressions of rules that ran are checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..core.model import Edit, Finding, Fix, Severity, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from .support.run_facts import Settled


def check(settled: Settled, _: NoOptions) -> Iterator[Finding]:
    """Each suppression of a rule that ran and had no finding there."""
    rules = Counter((path, suppression.comment_start) for path, suppression in settled.suppressions)
    for path, suppression in settled.suppressions:
        rule = settled.known.get(suppression.rule)
        if rule is None or rule.code not in settled.ran or (path, suppression) in settled.used:
            continue
        whole = Span(path, suppression.comment_start, suppression.comment_end)
        alone = rules[path, suppression.comment_start] == 1
        yield Finding(
            Span(path, suppression.start, suppression.end),
            f'this suppression of "{suppression.rule}" suppresses nothing',
            help="remove it",
            fix=Fix("Remove the comment", (Edit(whole, ""),)) if alone else None,
        )


RULE = Rule(
    "VD004",
    "unused-suppression",
    on=Settled,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good("---\ntitle: Sun\n---\n<!-- vitdlint-disable-next-line VD404: of another family -->\nText\n"),
        Bad(
            "---\ntitle: Sun\n---\nText <!-- vitdlint-disable-next-line VD004: why not -->\n",
            at=["4:38-4:43"],
            fixed="---\ntitle: Sun\n---\nText\n",
        ),
    ),
)
