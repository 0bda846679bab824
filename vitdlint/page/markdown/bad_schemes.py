"""Targets that are web or mail addresses but for their scheme, which is missing or misspelt: `www.example.org`, `ttps://…`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...core.lazy_re import lazy_re
from .body import Body, Link

_RIGHT = ("/", "https://", "http://")
"""Beginnings of targets that a closer look would let through."""
_SUSPECT = lazy_re(
    r"[ \t]*(?:(?:\[[^\[\]\n]*\])?\(+https?:|www\.|doi[.:]|dx\.doi|[htps]{2,7}[:;/.\\]|[\w-]+\.|[\w.+-]+@)",
    re.IGNORECASE,
)
_MISSPELT = lazy_re(
    r"(?:(?!https?:)(?=[hps]{0,3}t[htps]{0,3}p[htps]{0,3}[:;.])[htps]{2,7}[:;.]{1,2}[/\\]{1,3}"
    r"|https?(?:[;.]{1,2})?[/\\]{2,3}|https?::{1,2}[/\\]{0,3}|https?:(?:/(?!/)|\\{1,2}|(?![/\\])))"
    r"(?=[\w-]+\.[\w-])",
    re.IGNORECASE,
)
_DOI = lazy_re(r"doi:\s?(?=10\.\d{4,9}/)|(?=(?:dx\.)?doi\.org/10\.)", re.IGNORECASE)
_HOST = lazy_re(
    r"(?=www\.[\w-]+\.[\w.-]*[\w-](?::\d+)?(?:[/?#]|\Z))|(?=(?:[\w-]+\.)+(?:com|org|gov|edu)(?:[/?#]|\Z))",
    re.IGNORECASE,
)
"""A web address without its scheme (`www.example.org/x`); `asp.net` and `b.md` may be names."""
_MAIL = lazy_re(r"(?=[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu)\Z)", re.IGNORECASE)
WRAPPED = lazy_re(r"(?:\[[^\[\]\n]*\])?\(+(https?://[^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)+", re.IGNORECASE)
"""A web address in parentheses of its own, `[a]((https://example.org))`, or that of a link: `[a]([a](https://example.org))`."""
_SCHEME_END = lazy_re("://")
_MISSPELT_IN_TEXT = lazy_re(
    r"(?<![\w+])(?=[hps]{0,3}t[htps]{0,3}p[htps]{0,3}:)[htps]{2,7}://(?=[\w-]+\.[\w-])", re.IGNORECASE
)


class BadScheme(NamedTuple):
    """One such target, or a bare address in the text that Hugo makes no link of."""

    start: int
    end: int
    """Where the target is written, or the misspelt scheme in the text."""
    wrong: str
    """What is there for the scheme; '' if nothing is."""
    right: str
    at: int
    """Where `wrong` is written; -1 if it is written with escapes."""
    link: Link | None
    """None in the text."""
    bare: str = ""
    """Of a target in parentheses of its own, or one that is a link itself: the address."""


def bad_schemes(text: str, body: Body) -> tuple[BadScheme, ...]:
    """All of a page."""
    return (*_of_links(text, body), *_in_text(body))


def scheme_of(link: Link) -> tuple[str, str] | None:
    """What is there for the scheme of a target ('' if nothing is), and what should be; None if nothing is wrong.

    Of a target in parentheses of its own, or one that is a link itself: the mark it begins with.
    """
    target = link.target.lstrip(" \t")
    if WRAPPED.fullmatch(target):
        return target[0], ""
    misspelt = _MISSPELT.match(target)
    if misspelt is not None:
        return misspelt[0], _right(misspelt[0])
    doi = _DOI.match(target)
    if doi is not None:
        return doi[0], "https://doi.org/" if doi[0] else "https://"
    if _HOST.match(target):
        return "", "https://"
    mail = (link.kind == "link" or link.attribute == "a.href") and _MAIL.match(target)
    return ("", "mailto:") if mail else None


def _of_links(text: str, body: Body) -> Iterator[BadScheme]:
    for link in body.links:
        target = link.target
        if target.startswith(_RIGHT) or link.kind == "bare" or _SUSPECT.match(target) is None:
            continue
        found = scheme_of(link) if "{{" not in target else None  # else a shortcode completes it
        if found is not None:
            wrong, right = found
            wrapped = WRAPPED.fullmatch(target)
            raw = text[link.start : link.end]
            at = link.start + len(raw) - len(raw.lstrip(" \t"))
            at = at if text.startswith(wrong, at) else -1
            bare = wrapped[1] if wrapped else ""
            yield BadScheme(link.start, link.end, wrong, right, at, link, bare)


def _in_text(body: Body) -> Iterator[BadScheme]:
    prose = body.prose
    for found in _SCHEME_END.finditer(prose, body.start):
        # From the longest scheme to the shortest: a search through all the text takes a hundred times as long.
        tries = (_MISSPELT_IN_TEXT.match(prose, found.start() - n) for n in range(7, 1, -1))
        match = next(filter(None, tries), None)
        if match is not None and match[0].lower() not in ("http://", "https://"):
            yield BadScheme(*match.span(), match[0], _right(match[0]), match.start(), None)


def _right(wrong: str) -> str:
    return "https://" if "s" in wrong.lower().partition("p")[2] else "http://"
