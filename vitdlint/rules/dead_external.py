"""An external link is dead: its page was gone for days, or the link is new and has no page.

Hugo copies external links as they are and never checks them. A reader who clicks gets an error page, and the claim
that the link should support has no source.

`vitdlint links` requests every link and stores the answers. A link counts as dead when it answered 404 or 410, or its
domain did not exist, at least three times, three days apart, over seven days, with no success in between. A server
error, a timeout or a host that blocks bots never makes a link dead. A link that this change adds (`--since`) is
reported at once, if it was gone twice within one pass.

Look for the page's new address, link to an archived copy (`vitdlint links --wayback` looks for one and offers it as
an unsafe fix), or remove the link. If the page is fine for readers, add an ignore with a reason and an end date to
`[links]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external import Web, describe
from ..external.doi import doi_of
from ..external.urls import Spot, moved_to

if TYPE_CHECKING:  # loaded where the state file is read
    from ..external.state import Record


def check(web: Web, _: NoOptions) -> Iterator[Finding]:
    """Each place that links to a dead URL; DOIs are for dead-doi."""
    for url, record, spot in web.known():
        new = url in web.new and record.kind.dying
        if (record.dead is None and not new) or doi_of(url) is not None:
            continue
        why = describe.gone(record.code) if record.kind.dying else "it is gone"
        if record.dead is not None:
            first = record.strikes.first if record.strikes else record.dead
            story = f"is dead: {why} (since {first.isoformat()}; it counts as dead since {record.dead.isoformat()})"
        else:
            story = f"is new and leads nowhere: {why} (checked twice)"
        yield Finding(
            spot.span,
            f'"{record.url}" {story}',
            help="link to the page's new address or to an archived copy, or remove the link",
            fix=_archived(record, spot),
            cause=record.url,
        )


def _archived(record: Record, spot: Spot) -> Fix | None:
    if len(record.snapshot) < 2 or (target := moved_to(spot, record.snapshot)) is None:
        return None
    return Fix("Link to the copy in the Wayback Machine", (Edit(spot.span, target),), safe=False)


_DEAD = "gone 2026-01-30T06:00:00Z 2026-01-20 404 strikes=3,2026-01-20,2026-01-26 row=11 dead=2026-01-27"
_COPY = "https://web.archive.org/web/20240203040506/https://dose.example/a"

RULE = Rule(
    "VD801",
    "dead-external",
    on=Web,
    check=check,
    examples=(
        Good(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/a)\n",
            web={"https://dose.example/a": "ok 2026-01-30T06:00:00Z 2025-12-01 200 ok=2026-01-30"},
        ),
        Good(
            "---\ntitle: Sun\n---\n[gone today, but not for long enough](https://dose.example/a)\n",
            web={
                "https://dose.example/a": "gone 2026-01-30T06:00:00Z 2026-01-30 404 strikes=1,2026-01-30,2026-01-30"
            },
        ),
        Good(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/a)\n",
            settings={
                "links": {
                    "ignore": [
                        {"url": "https://dose.example/*", "reason": "opens by hand", "expires": "2026-06-30"}
                    ]
                }
            },
            web={"https://dose.example/a": _DEAD},
        ),
        Bad(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/a#table)\n",
            web={"https://dose.example/a": _DEAD},
            at=["4:8-4:36"],
        ),
        Bad(
            "---\ntitle: Sun\n---\n[a wall since it died](https://dose.example/a)\n",
            web={"https://dose.example/a": "blocked 2026-01-30T06:00:00Z 2026-01-30 403 dead=2026-01-27"},
            at=["4:24"],
        ),
        Bad(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/a)\n",
            web={"+https://dose.example/a": "dns-dead 2026-01-31T06:00:00Z 2026-01-31 NXDOMAIN row=1"},
            at=["4:8"],
        ),
        Bad(
            "---\ntitle: Sun\n---\n[dose](https://dose.example/a)\n",
            web={"https://dose.example/a": f"{_DEAD} snapshot={_COPY}"},
            at=["4:8"],
            fixed=f"---\ntitle: Sun\n---\n[dose]({_COPY})\n",
            unsafe=True,
        ),
    ),
)
