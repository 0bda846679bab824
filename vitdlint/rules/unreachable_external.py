"""An external link could not be opened for weeks: server errors, timeouts, a bad certificate.

Such failures are often temporary, and often only bots get them, so they never make a link dead. After failures on five
days, over three weeks and without one success, it is likely to fail for a reader as well. A certificate that has
expired or belongs to another name is reported in the same way: browsers warn readers not to open the page. A
certificate chain that is incomplete, which most browsers repair by themselves, is only a note.

Open the link. If it works for you, add an ignore to `[links]`, with the reason and an end date.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external import Web

_WORDS = {
    "timeout": "does not answer in time",
    "refused": "refuses connections",
    "reset": "closes connections too early",
    "no-route": "cannot be reached",
    "resolver": "has a name that cannot be resolved",
    "protocol": "answers with broken HTTP",
    "redirect-loop": "redirects in circles",
    "private-address": "has an address that is not public",
    "expired": "has a certificate that has expired",
    "not-yet-valid": "has a certificate that is not valid yet",
    "self-signed": "has a certificate that it signed itself",
    "hostname-mismatch": "has a certificate for another name",
    "incomplete-chain": "has an incomplete certificate chain",
    "certificate": "has a certificate that cannot be trusted",
    "handshake": "offers no TLS that is still accepted",
}


def check(web: Web, _: NoOptions) -> Iterator[Finding]:
    """Each place that links to a URL which fails for weeks."""
    from ..external.verdict import unreachable  # only where something is known of a link

    for _url, record, spot in web.known():
        if record.dead is not None or record.slow is None or not unreachable(record, web.config.gate):
            continue
        what = _WORDS.get(record.code, f"answers {record.code}")
        yield Finding(
            spot.span,
            f'"{record.url}" {what}: it has not opened since {record.slow.first.isoformat()}',
            help="open it; if it works for you, add an ignore with an end date to [links]",
            cause=record.url,
            severity=Severity.INFO if record.code == "incomplete-chain" else None,
        )


RULE = Rule(
    "VD803",
    "unreachable-external",
    on=Web,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            "---\ntitle: Sun\n---\n[slow](https://dose.example/a)\n",
            web={
                "https://dose.example/a": "server-error 2026-01-30T06:00:00Z 2026-01-26 503 "
                "slow=5,2026-01-26,2026-01-30"
            },
        ),
        Bad(
            "---\ntitle: Sun\n---\n[slow](https://dose.example/a)\n",
            web={
                "https://dose.example/a": "server-error 2026-01-30T06:00:00Z 2026-01-26 503 "
                "slow=9,2026-01-05,2026-01-30"
            },
            at=["4:8-4:30"],
        ),
    ),
)
