"""Where an internal link is written, and how it is given another target."""

from __future__ import annotations

from ...core.model import Edit, Fix, Span
from ...hugo.publication import Output
from ...page.markdown.body import Link
from ...site.answers import Target
from ...site.targets import as_written


def span_of(page: Output, link: Link) -> Span:
    """Where the target of a page's link is written."""
    return Span(page.path or "", link.start, link.end)


def link_to(page: Output, link: Link, target: Target, url: str, *, safe: bool = True) -> tuple[str, Fix]:
    """The help and the fix that say: link to this URL instead, with the fragment that the link has."""
    new = url + (f"#{target.fragment}" if target.fragment else "")
    edit = Edit(span_of(page, link), as_written(new, link))
    return f'link to "{new}"', Fix(f'Link to "{new}"', (edit,), safe=safe)
