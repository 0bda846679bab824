"""An external link is not checked, because its host limits the rate of requests.

The host answered 429, or 403 or 503 together with a time to wait. `vitdlint links` waits if that time is short, and
otherwise leaves the link to a later pass. By default it never fails a run. It counts neither as a failure nor as a
success of the link.

If it happens again and again, send the host fewer requests: `[links.hosts."NAME"]` with a larger `interval`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external import Web
from ..external.answer import Kind
from .support.unanswered import unanswered


def check(web: Web, _: NoOptions) -> Iterator[Finding]:
    """Each place that links to a URL whose host limits the rate of requests."""
    return unanswered(web, Kind.RATE_LIMITED, "limits the rate of requests")


RULE = Rule(
    "VD808",
    "rate-limited",
    on=Web,
    check=check,
    severity=Severity.INFO,
    examples=(
        Good(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/a)\n",
            web={"https://dose.example/a": "blocked 2026-01-30T06:00:00Z 2026-01-26 403"},
        ),
        Bad(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/a)\n",
            web={"https://dose.example/a": "rate-limited 2026-01-30T06:00:00Z 2026-01-30 429"},
            at=["4:8-4:30"],
        ),
    ),
)
