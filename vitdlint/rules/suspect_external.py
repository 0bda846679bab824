"""An external link looks dead, but has not failed for long enough to count as dead.

It answered 404 or 410, its domain did not exist, or its registry did not know it, and a second try minutes later gave
the same answer. Pages come back, so this is no error yet. The message shows when it failed first, and what is missing
before it counts as dead. On the first check of a site, this is the list to look through.

Open the link. If the page has moved, link to its new address; if it opens for you, wait: one success removes the
report.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external import Web, describe
from ..external.settings import Gate

if TYPE_CHECKING:  # loaded where the state file is read
    from ..external.state import Record


def check(web: Web, _: NoOptions) -> Iterator[Finding]:
    """Each place that links to a URL which is gone and not dead yet; new ones are for dead-external and dead-doi."""
    for url, record, spot in web.known():
        if not record.kind.dying or record.dead is not None or url in web.new:
            continue
        yield Finding(
            spot.span,
            f'"{record.url}" looks dead: {describe.gone(record.code)} (since {record.failing_since.isoformat()}); '
            f"{_missing(record, web.config.gate)}",
            help="open it; if it has moved, link to the new address",
            cause=record.url,
        )


def _missing(record: Record, gate: Gate) -> str:
    strikes = record.strikes
    if strikes is None:
        return "all links of its host fail too, which may be an outage, so this day does not count"
    more = max(gate.gone_failures - strikes.times, 0)
    day = max(strikes.first + timedelta(gate.gone_days), strikes.last + timedelta(gate.gone_apart * more))
    return f"if every check until {day.isoformat()} fails too, it counts as dead"


RULE = Rule(
    "VD802",
    "suspect-external",
    on=Web,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            "---\ntitle: Sun\n---\n[slow](https://dose.example/a)\n",
            web={
                "https://dose.example/a": "unreachable 2026-01-30T06:00:00Z 2026-01-30 timeout "
                "slow=1,2026-01-30,2026-01-30"
            },
        ),
        Bad(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/a)\n",
            web={
                "https://dose.example/a": "dns-dead 2026-01-30T06:00:00Z 2026-01-30 NXDOMAIN held=2026-01-30"
            },
            at=["4:8"],
        ),
        Bad(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/a)\n\n![plot](https://dose.example/a)\n",
            web={
                "https://dose.example/a": "gone 2026-01-30T06:00:00Z 2026-01-30 404 "
                "strikes=1,2026-01-30,2026-01-30 row=1"
            },
            at=["4:8-4:30", "6:9-6:31"],
        ),
    ),
)
