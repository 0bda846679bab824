"""An external link is redirected to something that is likely not its page.

The answer is a success, so a simple link checker reports nothing. But the reader gets a home page, an offer of a
domain for sale, or worse, and not the page that the link promised. Redirects are reported from a page to the site's
root, to an address that contains "not found", to a login, to a seller of domains, and to another site that keeps
nothing of the old path.

Open the link. If the page has moved, link to its new address; if the redirect is right, ignore the link until a date.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external import Web
from ..external.answer import Kind

_WORDS = {
    "root": "the home page",
    "not-found": 'an address that contains "not found"',
    "login": "a login",
    "for-sale": "a seller of domains",
}


def check(web: Web, _: NoOptions) -> Iterator[Finding]:
    """Each place that links to a URL with such a redirect."""
    from ..external.redirects import suspicious  # only where something is known of a link

    for url, record, spot in web.known():
        if record.kind is not Kind.SUSPICIOUS or record.dead is not None:
            continue
        what = _WORDS.get(suspicious(url, record.final), "another site")
        yield Finding(
            spot.span,
            f'"{record.url}" now redirects to {what}: "{record.final}"',
            help="open it, and link to the page's new address",
            cause=record.url,
        )


RULE = Rule(
    "VD806",
    "suspicious-redirect",
    on=Web,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/old/table)\n",
            web={
                "https://dose.example/old/table": "moved-temporary 2026-01-30T06:00:00Z 2026-01-26 200 "
                "final=https://dose.example/new/table"
            },
        ),
        Bad(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/old/table)\n",
            web={
                "https://dose.example/old/table": "moved-suspicious 2026-01-30T06:00:00Z 2026-01-26 200 "
                "final=https://dose.example/"
            },
            at=["4:8-4:38"],
        ),
    ),
)
