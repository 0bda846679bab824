"""An external page has moved for good; link to its new address.

The host answers with a permanent redirect (301 or 308). It works today, but readers wait longer, and such redirects
are often switched off later. The fix writes the new address and keeps the link's fragment. It is safe if every
redirect on the way is permanent and the new address is on the same site. If a temporary redirect follows, or the new
address is on another site, it is unsafe: check the new address first.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Edit, Finding, Fix, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external import Web
from ..external.answer import Kind
from ..external.urls import Spot, domain_of, host_of, moved_to, normal


def check(web: Web, _: NoOptions) -> Iterator[Finding]:
    """Each place that links to a URL which moved for good."""
    for url, record, spot in web.known():
        if record.kind is not Kind.MOVED or not record.moved or normal(record.moved) == url:
            continue
        home = domain_of(host_of(url)) == domain_of(host_of(record.moved))
        downgrade = url.startswith("https:") and not record.moved.startswith("https:")
        yield Finding(
            spot.span,
            f'"{record.url}" has moved permanently to "{record.moved}"',
            help="link to the new address",
            fix=_fix(spot, record.moved, safe=record.clean and home and not downgrade),
            cause=record.url,
        )


def _fix(spot: Spot, moved: str, *, safe: bool) -> Fix | None:
    target = moved_to(spot, moved)
    if target is None or "***" in target:
        return None
    return Fix(f'Link to "{target}"', (Edit(spot.span, target),), safe=safe)


_TO = "https://dose.example/b?x=(1)&y=2"

RULE = Rule(
    "VD804",
    "moved-permanently",
    on=Web,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            "---\ntitle: Sun\n---\n[a](http://dose.example/a)\n",
            web={
                "http://dose.example/a": "moved-temporary 2026-01-30T06:00:00Z 2026-01-26 200 "
                "final=https://dose.example/b"
            },
        ),
        Bad(
            '---\ntitle: Sun\n---\n[a](http://dose.example/a#t) <a href="http://dose.example/a">b</a>\n',
            web={
                "http://dose.example/a": "moved-permanent 2026-01-30T06:00:00Z 2026-01-26 200 ok=2026-01-30 "
                f"final={_TO} moved={_TO} clean=yes"
            },
            at=["4:5-4:28", "4:39"],
            fixed="---\ntitle: Sun\n---\n[a](https://dose.example/b?x=%281%29&y=2#t) "
            '<a href="https://dose.example/b?x=%281%29&amp;y=2">b</a>\n',
        ),
        Bad(
            "---\ntitle: Sun\n---\n[a](http://dose.example/a)\n",
            web={
                "http://dose.example/a": "moved-permanent 2026-01-30T06:00:00Z 2026-01-26 200 ok=2026-01-30 "
                "final=https://rays.example/dose/a moved=https://rays.example/dose/a clean=yes"
            },
            at=["4:5"],
            fixed="---\ntitle: Sun\n---\n[a](https://rays.example/dose/a)\n",
            unsafe=True,
        ),
    ),
)
