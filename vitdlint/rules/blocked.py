"""The host of an external link blocks bots, so nobody knows whether the page exists.

Publishers, shops and social networks answer programs with 401, 403 or a captcha, and readers with the page. The link
may be fine. It is reported so that a report without errors does not claim more than was checked. By default it never
fails a run. It counts neither as a failure nor as a success of the link.

There is nothing to do. If a host accepts a key or a particular header, set it under `[links.hosts."NAME"]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external import Web
from ..external.answer import Kind
from .support.unanswered import unanswered


def check(web: Web, _: NoOptions) -> Iterator[Finding]:
    """Each place that links to a URL whose host blocks bots."""
    return unanswered(web, Kind.BLOCKED, "blocks bots")


RULE = Rule(
    "VD807",
    "blocked",
    on=Web,
    check=check,
    severity=Severity.INFO,
    examples=(
        Good(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/a)\n",
            web={"https://dose.example/a": "ok 2026-01-30T06:00:00Z 2025-12-01 200 ok=2026-01-30"},
        ),
        Bad(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/a)\n",
            web={"https://dose.example/a": "blocked 2026-01-30T06:00:00Z 2026-01-26 403"},
            at=["4:8-4:30"],
        ),
    ),
)
