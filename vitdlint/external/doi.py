"""DOIs as they are in links: where one begins, and what proves that it is not whole.

The syntax is that of the DOI Handbook, section 2.2: the directory code 10, a dot, the registrant's number (at least
four digits, perhaps with more after a dot), a slash, and a suffix of any printable characters, `;()[]<>` included.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from ..core.lazy_re import lazy_re

RESOLVER = lazy_re(r"\s*(?:https?:)?//(?:dx\.|www\.)?doi\.org\.?(?::\d+)?/", re.IGNORECASE)
"""The beginning of a link to the DOI resolver, up to the slash before the DOI."""

_LINKED = lazy_re(r"10\.\d{4,9}(?:\.\d+)*/.+")
_PREFIX = lazy_re(r"10\.(\d+)(?:\.\d+)*(?:(/)(.*)|(.*))", re.DOTALL)
_SPACES = lazy_re(r"\s+\Z")
_PLAIN = lazy_re(r"10\.[0-9]{4,9}/[A-Za-z0-9./-]*[0-9]")
"""What most DOIs are; nothing is wrong with these, unless they hold a second address."""
_PUNCTUATION = lazy_re(r"[.,;:]+\Z")
_PII = lazy_re(r"(?:pii[:/ ]?)?[SB]\d{4}-?\d{3}[\dX]?\(?\d{2}", re.IGNORECASE)
_LOST_START = lazy_re(r"[01]?\.\d{4,9}/|10[ ,;:_-]\d{4,9}/|1O\.\d{4,9}/")
_OTHER_PREFIX = lazy_re(r"(?!10/)\d{1,3}/|1[1-9]\.(?:19|20)\d\d/[A-Z]")
"""A volume, or a year where the registrant is: no handle begins so either."""
_MARK_BEFORE = lazy_re(r"[\[(<{\"']+\s*10\.\d{4}")
_SUFFIX_ALONE = lazy_re(r"[a-z]{1,8}\.(?:19|20)\d\d[.-]\d|nejm[a-z]{1,3}\d{5}", re.IGNORECASE)


def doi_in(target: str) -> str | None:
    """What a link to the resolver names, decoded, without query, fragment and trailing spaces; else None."""
    if "oi.org" not in target and "OI.ORG" not in target:
        return None
    match = RESOLVER.match(target)
    if match is None or "{{" in target:  # a shortcode completes it
        return None
    name = target[match.end() :]
    if "?" in name or "#" in name:
        # Both are allowed in a DOI only as %3F and %23.
        name = re.split(r"[?#]", name, maxsplit=1)[0]
    return _SPACES.sub("", unquote(name) if "%" in name else name)


def doi_of(url: str) -> str | None:
    """The DOI of a link to the resolver, decoded; None for other URLs and for ones with a query."""
    doi = None if "?" in url else doi_in(url)
    return doi if doi is not None and _LINKED.fullmatch(doi) else None


def bare(doi: str) -> str:
    """A DOI without the punctuation of the sentence around it."""
    return _PUNCTUATION.sub("", doi)


def flaw(doi: str) -> str | None:
    """Why a name cannot be a whole DOI, as the end of a sentence that begins with it; None if it can.

    Only certain cases are reported: short DOIs (`doi.org/abc1`, `10/abc1`), other handles and the resolver's own pages
    are let through.
    """
    if _PLAIN.fullmatch(doi) and "oi.org" not in doi.lower():
        return None
    match = _PREFIX.match(doi)
    if match is None:
        return _not_a_doi(doi)
    registrant, slash, suffix, tail = match.groups()
    if len(registrant) < 4:
        return 'has fewer than four digits after "10."'
    if tail and not tail.startswith(("%2F", "%2f")):
        return "lacks the slash after its prefix"
    suffix = suffix or ""
    if not slash or not bare(suffix):
        return "ends after its prefix"
    if re.search(r"https?:|doi\.org", suffix, re.IGNORECASE):
        return "contains a second address"
    if re.search(r"\s", suffix):
        return "contains a space"
    suffix = suffix if suffix.endswith("CO;") else bare(suffix)
    if (len(suffix) == 1 and suffix.isalpha()) or re.search(r"[-_(/;]\Z", suffix):
        return f'is cut off after "{suffix[-12:]}"'
    if suffix.count("(") > suffix.count(")"):
        return "is cut off within its parentheses"
    return None


def _not_a_doi(name: str) -> str | None:
    low = name.lower()
    if low.startswith(("http", "www.", "doi.org", "dx.doi")):
        return "is an address, not a DOI"
    if _PII.match(name):
        return "is a publisher's item number, not a DOI"
    if re.match(r"(?i)pm(?:id:?|c)?\s*\d{5,}", name):
        return "is a PubMed number, not a DOI"
    if _LOST_START.match(name):
        return 'has lost a part of its prefix "10."'
    if _MARK_BEFORE.match(name):
        return f'has "{name[0]}" before its prefix'
    if _OTHER_PREFIX.match(name):
        return f'begins with "{name.partition("/")[0]}", and a DOI with "10."'
    if _SUFFIX_ALONE.match(name):
        return 'has lost its prefix "10.…/"'
    return None
