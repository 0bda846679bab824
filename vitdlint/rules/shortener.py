"""A link goes through a URL shortener.

A reader cannot see where `https://bit.ly/x` leads, and the link is dead as soon as the service closes: several have
closed, and all their links are dead.

Off by default: the link works today. Open it, and link to the address where it leads.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, Rule
from ..external.address import address_of, is_external
from ..page.page import Page

_KNOWN = (
    "bit.ly bitly.com buff.ly cutt.ly dlvr.it fb.me goo.gl is.gd j.mp lnkd.in ow.ly rb.gy rebrand.ly shorturl.at "
    "snip.ly su.pr t.co t.ly tiny.cc tiny.one tinyurl.com tr.im trib.al v.gd wp.me x.co"
)
_HOSTS = frozenset(_KNOWN.split())


class Options(NamedTuple):
    """Options of shortener."""

    hosts: tuple[str, ...] = ()
    """Further hosts that only redirect."""
    allow: tuple[str, ...] = ()
    """Hosts to leave alone, such as a short domain of your own."""


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Report every link whose host only redirects."""
    hosts = (_HOSTS | set(options.hosts)) - set(options.allow)
    for link in page.body.links:
        if not is_external(link.target):
            continue
        address = address_of(link.target)
        if address is not None and address.host.removeprefix("www.") in hosts and address.path.strip("/"):
            yield Finding(
                page.span(link.start, link.end),
                f'"{address.host}" is a URL shortener: it hides where the link leads, and may stop working',
                help="link to the address it leads to",
            )


RULE = Rule(
    "VD712",
    "shortener",
    on=Page,
    check=check,
    options=Options,
    severity=Severity.WARNING,
    default=False,
    examples=(
        Good("[a](https://example.org/x) [service](https://bit.ly/) `https://bit.ly/x`\n"),
        Good("[a](https://bit.ly/x)\n", options={"allow": ["bit.ly"]}),
        Bad("[a](https://bit.ly/x) https://www.tinyurl.com/abc\n", at=["1:5-1:21", "1:23-1:50"]),
        Bad("[a](https://go.example.org/x)\n", options={"hosts": ["go.example.org"]}, at=["1:5-1:29"]),
    ),
)
