"""An external address names a host that cannot exist.

`http://www/`, `http://dx.doi./10.1000/182`, `https://doi.org10.1000/182`, `http://example.eom/`: the name
lacks a part, two parts have grown together, or its ending is no top-level domain. No browser gets anywhere
with it.

A name is checked by its form and against the list of all top-level domains. Names that only mean something in a
local network are reported by private-address. Names reserved for examples (`.example`, `.test`, `.invalid`) and
endings outside the public name system (`.onion`) are not reported at all, nor is an address shown within `<code>`, or one
with a password: it is an example, of which a converter made a link.

To fix it, look the address up; where a space has cut it, see broken-url. Where a DOI has taken the place of
its resolver, the fix puts `doi.org/` before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv6Address
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, Rule
from ..external.address import Address, address_of
from ..external.urls import is_top_level_domain
from ..page.markdown.body import Link
from ..page.page import Page
from .support.placeholders import filled
from .support.shown_as_code import shown_as_code
from .support.spaces_in_addresses import ESCAPED, escaped_end

_AUTHORITY = lazy_re(r"\s*(?:(?:https?|ftp):)?//[^/?#\\]*", re.IGNORECASE)
_NOT_PUBLIC = (
    "alt arpa bit corp domain eth example home i2p internal intranet invalid lan local localdomain localhost onion "
    "private test bar baz foo qux quux hostname server tld url"
)
_SPECIAL = frozenset(_NOT_PUBLIC.split())
"""Endings that are no errors: reserved (RFC 2606, 6762, 7686, 8375, 9476), in use elsewhere, or placeholders."""

_COMMON = frozenset(
    ("com", "org", "net", "gov", "edu", "int", "mil", "info", "biz", "app", "dev", "name", "online")
)
"""Endings that need no look into the long list, which takes 10 ms to read."""

_DOI_FOR_HOST = lazy_re(r"https?://(?P<wrong>(?:dx\.)?(?:doi\.org)?)(?=10\.\d{4,9}/\S)", re.IGNORECASE)
_LABEL = lazy_re(r"[^\W_](?:[\w-]{0,61}[^\W_])?|_[\w-]{1,62}|[^\W_][\w-]{0,62}", re.ASCII)
_WITH_PASSWORD = lazy_re(r"//[^@:]*:[^@]*@")
_CUT = lazy_re(r"\.?[ \t]+\.?(?:org|com|net|gov|edu)\b", re.IGNORECASE)


class Options(NamedTuple):
    """Options of bad-host."""

    top_level_domains: tuple[str, ...] = ()
    """Endings that are right although the list of top-level domains lacks them, without a dot."""
    placeholders: tuple[str, ...] = ()
    """What readers are meant to replace in a host, such as "YOUR-DOMAIN"; `*` matches anything but `/`, `?`, `#`."""


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Check the host of every external link."""
    if all(_checked(authority, options)[1] is None for authority in page.body.authorities):
        return
    for link in page.body.links:
        host, what = _checked(link.target, options)
        if what is None or _CUT.match(page.text, link.outer_end, link.outer_end + 10):
            continue
        if escaped_end(page.text, link) or shown_as_code(page, link):
            continue  # trailing-escape comes first
        yield Finding(
            page.span(link.start, link.end),
            f'the host "{host}" {what}; this link leads nowhere',
            help=_advice(link.target, options),
            fix=_fix(page, link),
        )


def _advice(target: str, options: Options) -> str:
    """Take escaped spaces out, where a host is left; else only the site itself can help."""
    authority = _AUTHORITY.match(target)
    escaped = ESCAPED.search(authority[0]) if authority else None
    if escaped and _checked(ESCAPED.sub("", target), options)[1] is None:
        return f'remove "{escaped[0]}" from the host'
    return "look up the complete address"


def _fix(page: Page, link: Link) -> Fix | None:
    """A DOI's resolver, where the DOI is in its place or has grown together with it."""
    match = _DOI_FOR_HOST.match(page.text, link.start, link.end)
    if match is None:
        return None
    return Fix("Link to the DOI resolver", (Edit(page.span(*match.span("wrong")), "doi.org/"),))


@lru_cache(maxsize=2000)
def _checked(target: str, options: Options) -> tuple[str, str | None]:
    """A target's host, and what is wrong with it; a site links to few hosts, and to those often."""
    authority = _AUTHORITY.match(target)
    if authority is None or filled(authority[0], options.placeholders) != authority[0]:
        return "", None
    if _WITH_PASSWORD.search(authority[0]):
        return "", None
    address = address_of(authority[0])
    return (address.host, _fault(address, options.top_level_domains)) if address else ("", None)


def _fault(address: Address, allowed: tuple[str, ...]) -> str | None:
    """What is wrong with a host, as the end of a sentence; None if it can exist."""
    host = address.host
    if host in ("", "http", "https") or host.startswith(".") or "{" in host or "$" in host:
        return None  # malformed-url, a placeholder
    if host.startswith("["):
        return None if not host.endswith("]") or _is_ipv6(host[1:-1]) else "is not an IPv6 address"
    name = host.removesuffix(".")
    *labels, last = name.split(".")
    if last.isdigit() and len(labels) == 3 and all(x.isdigit() and int(x) < 256 for x in (*labels, last)):
        return None
    if not host.isascii():
        return None  # an international name; browsers know more about those than a pattern does
    for label in (*labels, last):
        if not label:
            return "has an empty part between two dots"
        if not _LABEL.fullmatch(label):
            return (
                f'contains "{label}", which cannot be part of a host name'
                if labels
                else "is not a possible host name"
            )
    if not labels:
        return None if address.port or last in _SPECIAL else "is a single word"
    if last in _SPECIAL or last in allowed or last.startswith("xn--") or len(last) == 1:
        return None  # a single letter is a placeholder
    if not last.isalpha():
        return f'ends with "{last}", which is not a top-level domain'
    return (
        None
        if len(last) == 2 or last in _COMMON or is_top_level_domain(last)
        else f'ends with ".{last}", which is not a top-level domain'
    )


def _is_ipv6(text: str) -> bool:
    try:
        return IPv6Address(text).scope_id is None
    except ValueError:
        return False


RULE = Rule(
    "VD704",
    "bad-host",
    on=Page,
    check=check,
    options=Options,
    examples=(
        Good("The form is https://joe:secret@myhost/, as in [a](https://:secret@myhost/).\n"),
        Good(
            "[a](https://sub_domain.example.co.jp./) [b](http://192.0.2.7:80/) [c](https://xn--bcher-kva.ch/)\n"
        ),
        Good(
            "[d](//cdn.museum/x) [e](http://server:8080/) [f](http://localhost/) [g](https://www.example/)\n"
        ),
        Good("[h](https://bücher.example/) [i](https://{tenant}.example.com/)\n"),
        Good('<a href="http://[2001:db8::1]:80/x">j</a>\n'),
        Good(
            '<code><a href="http://host/caf%C3%A9">http://host/café</a></code> <kbd>or https://clinic</kbd>\n'
        ),
        Bad('<code>x</code> <a href="http://clinical/">http://clinical/</a>\n', at=["1:25-1:41"]),
        Bad('<code><a href="http://clinical/">the server</a></code>\n', at=["1:16-1:32"]),
        Good("[k](https://our.url/) https://mail.our.tld/\n"),
        Bad("[a](https://[loaf]/x)\n", at=["1:5-1:21"]),
        Good("[new](https://our.newtld/)\n", options={"top-level-domains": ["newtld"]}),
        Good("[new](https://YOUR-DOMAIN/)\n", options={"placeholders": ["YOUR-*"]}),
        Bad("[a](http://www/) [b](http://clinical/x)\n", at=["1:5-1:16", "1:22-1:39"]),
        Bad("[a](https://doi.org10.5555/) [b](http://dx.doi./10.5555/12)\n", at=["1:5", "1:34"]),
        Bad(
            "[a](https://doi.org10.5555/12) [FREE PDF](https://10.5555/cbf.7)\n",
            at=["1:5-1:30", "1:43-1:64"],
            fixed="[a](https://doi.org/10.5555/12) [FREE PDF](https://doi.org/10.5555/cbf.7)\n",
        ),
        Good("[a](http://host%20)\n"),
        Bad("[a](http://example.eom/) [b](http://www.%20who.int/)\n", at=["1:5", "1:30"]),
    ),
)
