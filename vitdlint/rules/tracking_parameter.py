"""An external address contains parameters that only track the reader.

`utm_source`, `fbclid`, `gclid` and their like come from a newsletter or a social network from which the address was
copied. The page is the same without them. They name the wrong source to the other site's statistics, and they make
two addresses out of one.

Addresses that name the linking site itself (`utm_medium=website` or `referral`) are not reported: such parameters
were set on purpose, for example because the licence of a picture library requires them.

The fix removes them. Add parameters that you set on purpose to `keep`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix, Severity
from ..core.rule import Bad, Good, Rule
from ..external.address import is_external
from ..page.page import Page

_NAMES = (
    "utm_[a-z_-]+|_hsenc|_hsmi|dclid|fbclid|gbraid|gclid|gclsrc|igshid|mc_cid|mc_eid|mkt_tok|msclkid|ttclid|twclid|wbraid"
    "|yclid"
)
_TRACKING = lazy_re(rf"(?:{_NAMES})(?==|\Z)", re.IGNORECASE)
_TRACKED = lazy_re(rf"[?&;](?:{_NAMES})(?:=|[&#;]|\Z)", re.IGNORECASE)
_ON_PURPOSE = lazy_re(r"[?&;]utm_medium=(?:website|referral)(?:[&#]|\Z)", re.IGNORECASE)
_QUERY = lazy_re(r"\?([^#]*)")
_SEPARATOR = lazy_re(r"(&amp;|&#38;|&)")


class Options(NamedTuple):
    """Options of tracking-parameter."""

    keep: tuple[str, ...] = ()
    """Names of parameters to leave alone."""


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Look for known parameters in the query of every external link."""
    text = page.text
    if "?" not in page.body.targets:
        return
    for link in page.body.links:
        target = link.target
        if "?" not in target or _TRACKED.search(target) is None or not is_external(target):
            continue
        if _ON_PURPOSE.search(target):
            continue
        query = _QUERY.search(text, link.start, link.end)
        if query is None:
            continue
        pieces = _SEPARATOR.split(query[1])
        tracked = [i for i in range(0, len(pieces), 2) if _is_tracking(pieces[i], options.keep)]
        if not tracked:
            continue
        gone = frozenset(tracked)
        kept = [pieces[i] for i in range(0, len(pieces), 2) if i not in gone]
        separator = pieces[1] if len(pieces) > 1 else "&"
        names = ", ".join(dict.fromkeys(pieces[i].partition("=")[0] for i in tracked))
        new = f"?{separator.join(kept)}" if kept else ""
        yield Finding(
            page.span(link.start, link.end),
            f"the address contains parameters that only track the reader: {names}",
            help="remove them; the page is the same without them",
            fix=Fix(f"Remove {names}", (Edit(page.span(*query.span()), new),)),
        )


def _is_tracking(parameter: str, keep: tuple[str, ...]) -> bool:
    match = _TRACKING.match(parameter)
    return match is not None and match[0] not in keep


RULE = Rule(
    "VD710",
    "tracking-parameter",
    on=Page,
    check=check,
    options=Options,
    severity=Severity.INFO,
    examples=(
        Good(
            "[a](https://example.org/?utm=1&source=2) [b](/ours?utm_source=x) `https://example.org/?utm_source=x`\n"
        ),
        Good("[photo](https://example.org/p/1?utm_source=library&utm_medium=referral&utm_content=credit)\n"),
        Good("[a](https://example.org/?utm_source=ours)\n", options={"keep": ["utm_source"]}),
        Bad(
            "[a](https://example.org/x?utm_source=f&id=7&utm_medium=g#top) https://example.org/?fbclid=Iw0\n",
            at=["1:5-1:61", "1:63-1:94"],
            fixed="[a](https://example.org/x?id=7#top) https://example.org/\n",
        ),
        Bad(
            '<a href="https://example.org/?a=1&amp;utm_term=b&amp;c=2">x</a>\n',
            at=["1:10-1:57"],
            fixed='<a href="https://example.org/?a=1&amp;c=2">x</a>\n',
        ),
    ),
)
