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
    if new.elsewhere:
        return help_of(new), None
    # What the new link would be reported for, nobody has looked at yet.
    written = link._replace(target=new.text)
    safe = safe and not is_itself(page, written, goal) and translation(site, page, goal) is None
    return help_of(new), fix_of(page, link, new, safe=safe)


def is_itself(page: Output, link: Link, target: Target) -> bool:
    """Whether a link without a fragment leads to the page that the reader is on.

    A page that is published in two formats may link from one to the other.
    """
    return (
        target.page is page
        and page.kind == "page"
        and not page.also_html
        and "#" not in link.target
        and target.query is None
        and target.via != "old-host"
        and link.kind != "image"
        and link.attribute != "link.href"  # no reader follows that
    )


def translation(site: Site, page: Output, target: Target) -> Output | None:
    """The page in the language of the link's page, if the link leads to another language without need."""
    goal = target.page
    if goal is None or goal.kind == "home":
        return None  # links to the other languages' front pages are how readers choose one
    if goal.logical == page.logical:
        return None
    if any(one.language == goal.language for one in site.addresses.made_of(page)):
        return None
    tied = site.addresses.tied.get((goal.site, goal.logical), ())
    if (page.site, page.logical) in tied:
        return None
    own = goal.site._replace(language=page.language)
    at = site.addresses.logical.at
    found = at(own, goal.logical) or next((at(own, logical) for key, logical in tied if key == own), None)
    return found if found is not None and found.state == "published" else None


def help_of(new: NewTarget) -> str:
    """Which target to write."""
    if new.elsewhere:
        return f'from here, "{new.text}" leads to "{new.elsewhere}"'
    return f'link to "{new.text}"'


def fix_of(page: Output, link: Link, new: NewTarget, *, safe: bool = True) -> Fix:
    """The edit that writes it."""
    edit = Edit(span_of(page, link), as_written(new.text, link))
    return Fix(f'Link to "{new.text}"', (edit,), safe=safe and new.safe)
