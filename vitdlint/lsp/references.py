"""Where a link leads, and who leads here."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from ..hugo.publication import Output
from ..site.answers import Target
from .view import Spot, View


def definition(view: View, offset: int) -> Spot | None:
    """The page, heading or file that the link at an offset leads to."""
    link = view.link_at(offset)
    target = view.target(link) if link is not None else None
    if target is None:
        return None
    if target.page is not None and target.page.path is not None:
        return _anchor(view, target.page, target.page.path, target.fragment)
    return Spot(target.source, 0, 0) if target.source else None


def references(view: View, offset: int) -> list[Spot]:
    """The links that lead to the same as the link at an offset, to the heading or id there, else to the page itself."""
    goal, fragment = _subject(view, offset)
    return list(leading_to(view, goal, fragment)) if goal else []


def leading_to(view: View, goal: str, fragment: str | None = None) -> Iterator[Spot]:
    """The targets of the links to a goal; with a fragment, only of those to that place of it."""
    linked = {**view.state.linked, view.path: view.linked()}
    for source, links in linked.items():
        for _page, link, target in links:
            if _goal(target) == goal and fragment in (None, target.fragment, unquote(target.fragment)):
                yield Spot(source, link.start, link.end)


def _goal(target: Target) -> str:
    """What a link leads to: the file of a page, the URL of one that has none, or another file; '' for nowhere."""
    if target.page is not None:
        return target.page.path or target.page.url
    return target.source or ""


def _subject(view: View, offset: int) -> tuple[str, str | None]:
    link = view.link_at(offset)
    target = view.target(link) if link is not None else None
    if target is not None:
        return _goal(target), unquote(target.fragment) or None
    here = [a for a in view.page.facts.anchors if a.start <= offset <= a.end and a.kind != "open"]
    if here:
        return view.path, min(here, key=lambda anchor: anchor.end - anchor.start).id
    heading = view.heading_at(offset)
    return view.path, heading.id if heading is not None else None


def _anchor(view: View, page: Output, path: str, fragment: str) -> Spot:
    """The place of a fragment on a page, in its own file or that whose text it shows; else where it begins."""
    wanted = {fragment, unquote(fragment)} - {""}
    for each in dict.fromkeys((path, page.text_from)) if wanted else ():
        facts = view.facts(each) if each else None
        for anchor in facts.anchors if facts is not None else ():
            if anchor.id in wanted:
                return Spot(each, anchor.start, anchor.start)
    return Spot(path, 0, 0)
