"""Where a page says what its URL or its terms are."""

from __future__ import annotations

from ..core.model import Span
from ..hugo.publication import Output, Term
from .site import Site


def place_of(site: Site, use: Term) -> Span:
    """Where one page writes a term."""
    return site.pages[use.path].span(*use.pointer)


def first_use(site: Site, page: Output) -> Span | None:
    """Where the term of a term page is used first, by the order of paths; None if nowhere."""
    uses = site.addresses.terms_of(page)
    return place_of(site, min(uses, key=lambda use: use.path)) if uses else None


def place_of_url(site: Site, page: Output) -> Span:
    """Where a page says what its URL is: `url`, `slug`, else its beginning."""
    facts = site.facts(page)
    if facts is not None:
        for key in ("url", "slug"):
            if facts.front.get(key):
                return facts.span(key)
    return Span(page.path or "", 0, 0)
