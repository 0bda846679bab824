"""The links that layouts, data files and translations spell out, and which of them lead nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..core.model import NotChecked
from ..hugo.publication import Output, WrittenLink
from .answers import Target
from .site import Site

_FEW = 4
"""At most one in so many values of a data file leads nowhere, or it seems that a layout puts something before them."""
_SEVERAL = 3
"""So many links of one layout lead nowhere, and most of it, or it seems that they are for another site on the same host."""
REFERENCES = frozenset({"ref", "page"})
"""The kinds of links that name a page by its logical path."""


class LayoutLinks(NamedTuple):
    """What is known of them."""

    dead: tuple[tuple[WrittenLink, Target], ...] = ()
    """Those that lead nowhere in any language, with an answer."""
    not_checked: tuple[NotChecked, ...] = ()
    """Those that templates make from parts, or may complete."""


def layout_links(site: Site) -> LayoutLinks:
    """All of a site's own."""
    publication = site.addresses.publication
    homes = {o.site: o for o in reversed(publication.outputs) if o.kind == "home"}
    answers = ((link, _dead(site, link, homes.values())) for link in publication.written_links)
    dead = [(link, answer) for link, answer in answers if answer is not None]
    all_, wrong = (
        Counter((link.kind, link.path) for link in some) for some in (publication.written_links, dict(dead))
    )
    doubtful = {
        (kind, path)
        for (kind, path), count in wrong.items()
        if (kind == "value" and count * _FEW > all_[kind, path])
        or (kind == "url" and count >= _SEVERAL and count * 2 > all_[kind, path])
    }
    left = (
        NotChecked(
            "links in layouts", "a template makes their addresses from parts", publication.computed_links
        ),
        NotChecked(
            "links in layouts",
            "most of a file lead nowhere, so they may be for another site on the same host",
            sum(count for (kind, path), count in wrong.items() if kind == "url" and (kind, path) in doubtful),
        ),
        NotChecked(
            "links in data files",
            "many of a file lead nowhere, so a layout may put something before them",
            sum(
                count for (kind, path), count in all_.items() if kind == "value" and (kind, path) in doubtful
            ),
        ),
    )
    return LayoutLinks(
        tuple((link, answer) for link, answer in dead if (link.kind, link.path) not in doubtful),
        tuple(each for each in left if each.count),
    )


def _dead(site: Site, link: WrittenLink, homes: Iterable[Output]) -> Target | None:
    """The last answer, if a link leads nowhere in every way that it may be meant."""
    wrong = ("dead",) if link.kind in REFERENCES else ("dead", "unpublished")
    if link.target.strip("/") in site.addresses.publication.assets:
        return None
    answer = None
    for home in homes:
        for answer in _answers(site, link, home):
            if answer.status not in wrong:
                return None
    return answer


def _answers(site: Site, link: WrittenLink, home: Output) -> Iterator[Target]:
    if link.kind != "url":
        yield site.resolver.by_page_ref(link.target, home)
    if link.kind not in REFERENCES:
        yield site.resolve(link.target, home, "html")
    if link.kind in ("text", "value"):
        yield site.resolve(f"/{home.language}{link.target}", home, "html")
