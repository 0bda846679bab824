"""What a chain of redirects says: where the page moved for good, and whether what is there can be the page. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from .answer import Kind
from .urls import domain_of, host_of, normal

PERMANENT = frozenset({301, 308})
FOLLOWED = frozenset({301, 302, 303, 307, 308})

_NOT_FOUND = re.compile(
    r"(?i)(?:^|[/_.=-])(?:404|not[-_]?found|page[-_]?not[-_]?found|error404)(?:$|[/_.?&=-])"
)
_LOGIN = re.compile(
    r"(?i)/(?:log[-_]?in|sign[-_]?in|signon|sso|auth(?:enticate|orize)?|cas/login)(?:$|[/.?;])"
)
_HOME = re.compile(r"(?i)^/(?:(?:[a-z]{2}(?:[-_][a-z]{2})?|home|index|default|welcome)(?:\.\w{2,5})?/?)?$")
_FOR_SALE = frozenset(
    {"hugedomains.com", "dan.com", "afternic.com", "sedo.com", "sedoparking.com", "bodis.com", "parkingcrew.net",
     "undeveloped.com", "domainmarket.com", "buydomains.com", "above.com"}
)  # fmt: skip
_POINTERS = frozenset(
    {"bit.ly", "t.co", "goo.gl", "tinyurl.com", "ow.ly", "buff.ly", "youtu.be", "amzn.to", "doi.org", "handle.net",
     "purl.org", "w3id.org", "archive.is", "feedproxy.google.com", "lnkd.in", "fb.me", "is.gd", "aka.ms", "g.co"}
)  # fmt: skip
"""Hosts whose trade is to send elsewhere."""


_LONGEST = 8000
"""Characters of an address that is followed or stored; no server takes a longer one."""


class Hop(NamedTuple):
    """One redirect: what was asked, and the code it answered."""

    url: str
    status: int


def target(url: str, location: str) -> str:
    """Where a Location header leads from a URL: normal, without fragment; '' if that is not http(s), or too long."""
    try:
        found = normal(urljoin(url, location.strip()[:_LONGEST]).partition("#")[0])
    except ValueError:
        return ""
    return found if len(found) < _LONGEST else ""


def classified(hops: tuple[Hop, ...], final: str) -> tuple[Kind, str, bool]:
    """The class of a chain that ended well, where it moved to for good ('' if nowhere), and whether all of it did.

    A permanent move ends at the first temporary redirect: what lies behind that may change tomorrow.
    """
    if not hops:
        return Kind.OK, "", False
    permanent = 0
    while permanent < len(hops) and hops[permanent].status in PERMANENT:
        permanent += 1
    clean = permanent == len(hops)
    moved = "" if not permanent else (final if clean else hops[permanent].url)
    if suspicious(hops[0].url, final):
        return Kind.SUSPICIOUS, "", False
    return (Kind.MOVED if moved else Kind.ELSEWHERE), moved, clean


def suspicious(start: str, final: str) -> str:
    """Why a redirect does not look like the page moving: 'root', 'not-found', 'login', 'for-sale', 'foreign', or ''."""
    before, after = urlsplit(start), urlsplit(final)
    home, foreign = domain_of(host_of(start)), domain_of(host_of(final))
    if home == foreign and before.path == after.path:
        return ""
    if foreign in _FOR_SALE and home != foreign:
        return "for-sale"
    pointer = home in _POINTERS
    if _HOME.match(after.path) and not after.query and not _HOME.match(before.path) and not pointer:
        return "root"
    for name, sign in (("not-found", _NOT_FOUND), ("login", _LOGIN)):
        if sign.search(after.path) and not sign.search(before.path):
            return name
    if home != foreign and not pointer and not _kin(home, foreign) and not _kept(start, final):
        return "foreign"
    return ""


def _kin(one: str, other: str) -> bool:
    """The same name under another suffix: example.com and example.org."""
    return one.partition(".")[0] == other.partition(".")[0]


def _kept(start: str, final: str) -> bool:
    """Whether something particular of the old path or query is found in the new URL: sites that move keep it."""
    before = urlsplit(start)
    words = {w.lower() for w in re.split(r"[^\w]+", unquote(f"{before.path} {before.query}")) if len(w) > 3}
    words -= {
        "html",
        "index",
        "article",
        "articles",
        "content",
        "page",
        "pages",
        "news",
        "blog",
        "post",
        "posts",
        "view",
    }
    if not words:
        return _HOME.match(before.path) is not None
    there = unquote(final).lower()
    return any(word in there for word in words)
