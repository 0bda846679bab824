"""Where an internal link is written, and how it is given another target."""

from __future__ import annotations

from ...core.model import Edit, Fix, Span
from ...hugo.publication import Output
from ...page.markdown.body import Link
from ...site.answers import Target
from ...site.relink import NewTarget, relink
from ...site.site import Site
from ...site.targets import as_written


def span_of(page: Output, link: Link) -> Span:
    """Where the target of a page's link is written."""
    return Span(page.path or "", link.start, link.end)


def link_to(
    site: Site, page: Output, link: Link, goal: Target, *, safe: bool = True
) -> tuple[str, Fix | None]:
    """The help and the fix that say: link to this goal instead."""
    new = relink(site, page, link, goal)
    if new is None:
        return f'link to "{goal.url}", or remove the link', None
    return help_of(new), fix_of(page, link, new, safe=safe)


def help_of(new: NewTarget) -> str:
    """Which target to write."""
    if new.elsewhere:
        return f'from here, "{new.text}" leads to "{new.elsewhere}"'
    return f'link to "{new.text}"'


def fix_of(page: Output, link: Link, new: NewTarget, *, safe: bool = True) -> Fix:
    """The edit that writes it."""
    edit = Edit(span_of(page, link), as_written(new.text, link))
    return Fix(f'Link to "{new.text}"', (edit,), safe=safe and new.safe)
