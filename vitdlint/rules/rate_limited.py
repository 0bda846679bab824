"""An external link is not checked, because its host asked for patience.

The host answered 429, or 403 or 503 together with a time to wait. `vitdlint links` waits if that is short, and else
leaves the link to a later pass. It never fails a run by default, and it neither adds to a death nor ends one.

If it stays so, ask the host less often: `[links.hosts."NAME"]` with a larger `interval`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external import Web
from ..external.answer import Kind
from .support.unanswered import unanswered


def check(web: Web, _: NoOptions) -> Iterator[Finding]:
    """Each place that links to a URL whose host asked for patience."""
    return unanswered(web, Kind.RATE_LIMITED, "asked for patience")


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
