"""Another target for a link, and whether it is proven to lead to what the link is meant to lead to.

Every fix that writes the target of a link asks here. The new text is resolved as the page's own link would be: from the
page's URL, on its host, in its language, by its render hooks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..hugo.publication import Output
from ..page.markdown.body import Link
from .answers import Target
from .site import Site
from .targets import bare_fragment, leads_somewhere

_KNOWN = ("page", "section", "term")
"""Statuses of a link whose fragment, if it has one, is there."""
_LIVE = (*_KNOWN, "file", "generated", "dead-fragment")


class NewTarget(NamedTuple):
    """A target that may be written into a link."""

    text: str
    """As a browser reads it; `as_written` makes what is in the source."""
    safe: bool
    """It is proven to lead to the goal."""
    elsewhere: str = ""
    """Where it leads instead, if that is known."""


def goal_of(page: Output, fragment: str = "", query: str | None = None) -> Target:
    """A page as what a link is meant to lead to."""
    return Target("goal", page.url, page=page, fragment=fragment, query=query, file=page.file)


def relink(site: Site, page: Output, link: Link, goal: Target) -> NewTarget | None:
    """What to write into a link of the page, so that it leads to the goal; None if nothing is known that does.

    A fragment that the goal's page lacks is left out, unless the link leads to that very page already.
    """
    rest = ("" if goal.query is None else f"?{goal.query}") + _fragment(site, link, goal)
    unproven = None
    for url in _forms(site, page, goal):
        text = url + rest
        answer = site.resolve(text, page, link.kind, link.attribute)
        if _is_goal(site, page, answer, goal):
            return NewTarget(text, safe=is_proven(site, page, link, text, goal))
        if unproven is None and answer.file and is_live(answer):
            unproven = NewTarget(text, safe=False, elsewhere=answer.url)
    return unproven


def is_proven(site: Site, page: Output, link: Link, text: str, goal: Target) -> bool:
    """Whether the link certainly leads to the goal if that text is its target, and to the place there that it names."""
    answer = site.resolve(text, page, link.kind, link.attribute)
    return (
        _is_goal(site, page, answer, goal)
        and (not answer.fragment or answer.status in _KNOWN or answer.status == goal.status)
        and not _in_doubt(site, page, link, text, goal)
    )


def lacks_fragment(site: Site, goal: Target) -> bool:
    """Whether the goal's page certainly has nothing that the fragment names."""
    return (
        not leads_somewhere(goal.fragment)
        and goal.page is not None
        and site.anchors.has(goal.page, goal.fragment) is False
    )


def _fragment(site: Site, link: Link, goal: Target) -> str:
    written = link.target.partition("#")[2]
    fragment = written if bare_fragment(written) == goal.fragment else goal.fragment
    if goal.status != "dead-fragment" and lacks_fragment(site, goal):
        fragment = fragment[len(goal.fragment) :]  # what a browser looks for in the text remains
    return f"#{fragment}" if fragment else ""


def _forms(site: Site, page: Output, goal: Target) -> Iterator[str]:
    """The ways to write the goal's URL, the shortest first."""
    addresses = site.addresses
    here = addresses.root_of(addresses.config.language(page.language).host_folder)
    there = addresses.root_of(goal.file) if goal.file else here
    if here.host == there.host:
        yield goal.url
        if here.base != "/" and goal.url.startswith(here.base):
            yield goal.url[len(here.base) - 1 :]  # under relativeURLs Hugo puts the base path before it
    elif there.origin:
        yield there.origin + goal.url


def is_live(answer: Target) -> bool:
    """Whether a link leads, without a redirect, to something that is there, be it without the place on the page."""
    return answer.status in _LIVE or (answer.status == "not-checked" and answer.what == "fragments")


def _is_goal(site: Site, page: Output, answer: Target, goal: Target) -> bool:
    if not is_live(answer):
        return False
    if goal.file or answer.file:
        return answer.file == goal.file
    addresses = site.addresses
    own = addresses.root_of(addresses.config.language(page.language).host_folder).host
    same_host = len(addresses.roots) == 1 or (answer.host or own) == (goal.host or own)
    return same_host and (answer.status, answer.url) == (goal.status, goal.url) == ("generated", goal.url)


def _in_doubt(site: Site, page: Output, link: Link, text: str, goal: Target) -> bool:
    """Whether a render hook, another use of the same text, or another page made of the same file may see it otherwise."""
    hooked = site.resolver.perhaps(text, page, link.kind, link.attribute)
    if hooked is not None and hooked.file != goal.file:
        return True
    was = site.resolve(link.target, page, link.kind, link.attribute)
    facts = site.facts(page)
    uses = [use for use in facts.links if use.start == link.start] if facts is not None else []
    for other in site.addresses.made_of(page):
        for use in uses or [link]:
            if other is page and use is link:
                continue
            before = site.resolve(link.target, other, use.kind, use.attribute)
            after = site.resolve(text, other, use.kind, use.attribute)
            if (before.status, before.file) != (was.status, was.file) or not _is_goal(
                site, other, after, goal
            ):
                return True
    return False
