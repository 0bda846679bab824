"""An external link was last checked a long time ago.

External links are reported from a file that `vitdlint links` writes. If that command no longer runs, the file grows
old without a warning. Run it on a schedule, for example once a day with a budget.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, Rule
from ..external import Web


class Options(NamedTuple):
    """What counts as old."""

    days: int = 60
    """A check that many days ago, or earlier, is too old."""


def check(web: Web, options: Options) -> Iterator[Finding]:
    """Each place that links to a URL last checked too long ago."""
    for _url, record, spot in web.known():
        age = (web.today - record.checked.date()).days
        if age < options.days:
            continue
        yield Finding(
            spot.span,
            f'"{record.url}" was last checked {age} days ago',
            help="run `vitdlint links`",
            cause=record.url,
        )


RULE = Rule(
    "VD809",
    "stale-verdict",
    on=Web,
    options=Options,
    check=check,
    severity=Severity.WARNING,
    default=False,
    examples=(
        Good(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/a)\n",
            web={"https://dose.example/a": "ok 2026-01-30T06:00:00Z 2025-12-01 200 ok=2026-01-30"},
        ),
        Bad(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/a)\n",
            {"days": 20},
            web={"https://dose.example/a": "ok 2026-01-01T06:00:00Z 2025-12-01 200 ok=2026-01-01"},
            at=["4:8-4:30"],
        ),
    ),
)
