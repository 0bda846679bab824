"""What a site answers about a link."""

from __future__ import annotations

from typing import NamedTuple

from ..hugo.publication import Alias, Output


class Target(NamedTuple):
    """Where a link leads."""

    status: str
    """page, alias, term, section, file, generated, external, unpublished, dead, dead-fragment, fragment-lost (an
    alias's redirect drops it) or not-checked."""
    url: str = ""
    """Where the reader ends up, as RelPermalink writes it, without a fragment; '' for nowhere and elsewhere."""
    path: str = ""
    """The path that was asked for, percent-decoded, from the site's root, base path removed; '' if it has none."""
    page: Output | None = None
    """The page at the end, also an unpublished one."""
    alias: Alias | None = None
    """The alias that answers."""
    fragment: str = ""
    query: str | None = None
    host: str = ""
    """The own host that the link spells out."""
    source: str | None = None
    """For a file, what it is copied from."""
    reason: str = ""
    """Why it is dead or not checked, where that needs saying: the end of a sentence."""
    what: str = ""
    """For not-checked: what was not, as a plural."""
    via: str = ""
    """How it was found, if not by its URL: ref, logical (a render hook), redirect (the host's), resource, or old-host (an
    old host of a site that has several now, which may have been that of another language)."""
    by: str = ""
    """For not-checked: whose fault it is, where several can be to blame for one reason."""
    file: str = ""
    """The published file that the reader ends up with, or, of a dead link, asks for; '' where none is known."""


EXTERNAL = Target("external")
ELSEWHERE = frozenset({"resource", "headless", "not-rendered"})
"""States of pages that have no URL of their own; layouts and shortcodes show their content on other pages."""
SHOWN_ELSEWHERE = Target(
    "not-checked",
    reason="only a layout knows where the content of a page without a URL is shown",
    what="links",
)
STATUS = {"home": "page", "page": "page", "section": "section", "taxonomy": "section", "term": "term"}
"""Kind of page -> status of a link that leads to one."""
