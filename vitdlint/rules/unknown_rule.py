"""A suppression comment names no rule, or one that does not exist.

It suppresses nothing, although it looks as if it did. Name the rule by its code or its name, as `vitdlint rules` lists
them. There is no comment without a rule: it would suppress all later findings too.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Span
from ..core.options import nearest
from ..core.rule import Bad, Good, NoOptions, Rule
from .support.run_facts import Settled


def check(settled: Settled, _: NoOptions) -> Iterator[Finding]:
    """Each suppression whose rule is not known."""
    for path, suppression in settled.suppressions:
        if suppression.rule in settled.known:
            continue
        message = (
            f'there is no rule "{suppression.rule}".{nearest(suppression.rule, settled.known)}'
            if suppression.rule
            else "this suppression names no rule, so it suppresses nothing"
        )
        yield Finding(Span(path, suppression.start, suppression.end), message)


RULE = Rule(
    "VD005",
    "unknown-rule",
    on=Settled,
    check=check,
    examples=(
        Good("<!-- vitdlint-disable-file dead-link: the old wiki is gone -->\nText\n"),
        Bad("<!-- vitdlint-disable-file deadlink: the old wiki is gone -->\nText\n", at=["1:28-1:36"]),
        Bad("Text <!-- vitdlint-disable-line -->\n", at=["1:11-1:32"]),
    ),
)
