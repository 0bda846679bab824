"""A link uses `http:` where `https:` is usual.

What is fetched over `http:` can be read and changed on its way, and a browser warns about it or, for an image
on an `https:` page, may refuse to load it.

Off by default: whether the other site answers to `https:` cannot be known without asking it. To fix a link,
try it with `https:`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..core.model import Finding, Severity
from ..core.rule import Bad, Good, Rule
from ..external.address import address_of
from ..hugo.glob import match
from ..page.page import Page
from .support.malformed import fault


class Options(NamedTuple):
    """Options of insecure-scheme."""

    hosts: tuple[str, ...] = ()
    """Globs of hosts that answer only to http."""


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Report every link with the scheme http."""
    for link in page.body.links:
        if link.target[:5].lower() != "http:":
            continue
        address = address_of(link.target)
        if address is None or fault(link.target) is not None:
            continue  # malformed-url comes first
        if any(match(glob, address.host) for glob in options.hosts):
            continue
        yield Finding(
            page.span(link.start, link.end),
            f'the link to "{address.host}" is not encrypted',
            help="check whether the address works with https",
        )


RULE = Rule(
    "VD711",
    "insecure-scheme",
    on=Page,
    check=check,
    options=Options,
    severity=Severity.WARNING,
    default=False,
    examples=(
        Good("[a](https://example.org/) [b](/x) [c](//example.org/)\n"),
        Good("[a](http://old.example.org/)\n", options={"hosts": ["*.example.org"]}),
        Good("[a](http://who.int:port/) [b](http://http://who.int/)\n"),
        Bad("[a](http://example.org/)\n", at=["1:5-1:24"]),
    ),
)
