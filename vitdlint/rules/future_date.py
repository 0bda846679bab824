"""The date of a page is in the future, so the page is not published yet.

Hugo leaves out a page whose `publishDate` (or, without one, `date`) is in the future, unless `buildFuture` is set. The
page appears with the first build after that time; nothing builds the site by itself. Off by default: many sites
schedule pages like this. A date with a typing error looks the same.

Correct the date, or make sure that the site is built on that day.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, NoOptions, Rule, Scope
from ..site.site import Site

_KEYS = ("publishdate", "pubdate", "published", "date")


def check(site: Site, _: NoOptions) -> Iterator[Finding]:
    """Report every page that waits for its date, at the date."""
    for page in site.addresses.outputs.values():
        facts = site.facts(page) if page.state == "future" else None
        if facts is None:
            continue
        front = facts.front
        key = next((k for k in _KEYS if front.get(k)), None)
        when = f" ({front.get(key)})" if key else ""
        yield Finding(
            facts.span(*([key] if key else [])),
            f"this page is not published before its date{when}",
            "correct the date, or build the site on that day",
        )


RULE = Rule(
    "VD107",
    "future-date",
    on=Site,
    scope=Scope.PAGE,
    check=check,
    severity=Severity.WARNING,
    default=False,
    examples=(
        Good("---\ndate: 2013-05-01\n---\nText.\n"),
        Good("---\ndate: 2999-05-01\npublishDate: 2013-05-01\n---\nText.\n"),
        Bad("---\ndate: 2999-05-01\n---\nText.\n", at=["2:7-2:17"]),
    ),
)
