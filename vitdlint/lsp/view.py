"""What a feature looks at: one page as it is typed now, on the site as it was checked last."""

from __future__ import annotations

from typing import NamedTuple

from ..frontmatter.block import Place, Pointer
from ..frontmatter.places import places
from ..hugo.publication import Output
from ..page.markdown.body import Heading, Link
from ..page.page import Facts, Page
from ..site.answers import Target
from ..site.links import Linked, Links
from ..site.site import Site
from .engine import State


class Spot(NamedTuple):
    """A stretch of a file."""

    path: str
    start: int
    end: int


class View(NamedTuple):
    """A page on its site."""

    state: State
    page: Page

    @property
    def path(self) -> str:
        """Of the page's file."""
        return self.page.path

    @property
    def site(self) -> Site:
        """As it was checked last."""
        return self.state.site

    @property
    def output(self) -> Output | None:
        """What Hugo makes of the page."""
        return self.site.addresses.outputs.get(self.path)

    def facts(self, path: str) -> Facts | None:
        """The facts of a page: of this one as it is now."""
        return self.page.facts if path == self.path else self.site.pages.get(path)

    def link_at(self, offset: int) -> Link | None:
        """The innermost link there; one on which only the target is counts first."""
        on = [x for x in self.page.facts.links if x.start <= offset <= x.end]
        on = on or [x for x in self.page.facts.links if x.outer_start <= offset <= x.outer_end]
        return min(on, key=lambda link: link.outer_end - link.outer_start, default=None)

    def linked(self) -> tuple[Linked, ...]:
        """The links of the page as it is typed now, each with where it leads: what a check resolves."""
        return Links(self.site, {self.path: self.page.facts}).all

    def target(self, link: Link) -> Target | None:
        """Where a link of the page leads; None for one that is not resolved."""
        return next((target for _, each, target in self.linked() if each is link), None)

    def heading_at(self, offset: int) -> Heading | None:
        """The heading on whose lines that is."""
        return next((h for h in self.page.body.headings if h.start <= offset <= h.end), None)

    def front_at(self, offset: int) -> tuple[Pointer, Place] | None:
        """The front-matter value at which that is, or at whose key; the innermost one."""
        if not self.page.front.start <= offset < self.page.front.end:
            return None
        found = [
            (pointer, place)
            for pointer, place in places(self.page.front).items()
            if pointer
            and (place.start <= offset <= place.end or place.key_start <= offset <= place.key_end)
            and place.end >= 0
        ]
        return max(found, key=lambda each: len(each[0]), default=None)


def view_of(state: State | None, path: str, text: str) -> View | None:
    """The view of a page with that text; None for what is no page of the site."""
    page = state.page(path, text) if state is not None else None
    return None if state is None or page is None else View(state, page)
