"""An external link was answered by a wall against machines, so nobody knows whether its page is there.

Publishers, shops and social networks answer programs with 401, 403 or a riddle, and readers with the page. That is no
finding about the link; it is told so that a green report does not claim more than was seen. It never fails a run by
default, and it neither adds to a death nor ends one.

Nothing is to be done. If a host accepts a key or a particular header, set it under `[links.hosts."NAME"]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external import Web
from ..external.answer import Kind
from .support.unanswered import unanswered


def check(web: Web, _: NoOptions) -> Iterator[Finding]:
    """Each place that links to a URL behind a wall."""
    return unanswered(web, Kind.BLOCKED, "turns machines away")


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
