"""Where a link leads, and who leads here."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from ..hugo.publication import Output
from .view import Spot, View


def definition(view: View, offset: int) -> Spot | None:
    """The page, heading or file that the link at an offset leads to."""
    link = view.link_at(offset)
    target = view.target(link) if link is not None else None
    if target is None:
        return None
    if target.page is not None and target.page.path is not None:
        return _anchor(view, target.page.path, target.fragment)
    return Spot(target.source, 0, 0) if target.source else None


def references(view: View, offset: int) -> list[Spot]:
    """The links that lead to the same as the link at an offset, to the heading there, else to the page itself."""
    path, fragment = _subject(view, offset)
    return [] if path is None else list(leading_to(view, path, fragment))


def leading_to(view: View, path: str, fragment: str | None = None) -> Iterator[Spot]:
    """The targets of the links to a page; with a fragment, only of those to that place of it."""
    for source, linked in view.state.linked.items():
        for _page, link, target in linked:
            if target.page is None or target.page.path != path:
                continue
            if fragment is None or unquote(target.fragment) == fragment:
                yield Spot(source, link.start, link.end)


def _subject(view: View, offset: int) -> tuple[str | None, str | None]:
    link = view.link_at(offset)
    target = view.target(link) if link is not None else None
    if target is not None:
        page: Output | None = target.page
        return (page.path if page is not None else None), unquote(target.fragment) or None
    heading = view.heading_at(offset)
    return view.path, heading.id if heading is not None else None


def _anchor(view: View, path: str, fragment: str) -> Spot:
    facts = view.facts(path)
    wanted = {fragment, unquote(fragment)} - {""}
    if facts is not None:
        for anchor in facts.anchors:
            if anchor.id in wanted:
                return Spot(path, anchor.start, anchor.start)
    return Spot(path, 0, 0)
