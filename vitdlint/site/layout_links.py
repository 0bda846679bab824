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
    values = Counter(link.path for link in publication.written_links if link.kind == "value")
    dead_values = Counter(link.path for link, _ in dead if link.kind == "value")
    doubtful = {path for path, count in dead_values.items() if count * _FEW > values[path]}
    left = (
        NotChecked(
            "links in layouts", "a template makes their addresses from parts", publication.computed_links
        ),
        NotChecked(
            "links in data files",
            "many of a file lead nowhere, so a layout may put something before them",
            sum(values[path] for path in doubtful),
        ),
    )
    return LayoutLinks(
        tuple((link, answer) for link, answer in dead if link.kind != "value" or link.path not in doubtful),
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
