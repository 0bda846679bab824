"""Which fragments a page answers."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from ..hugo.layouts import BUILT_IN
from ..hugo.publication import Output, Publication
from ..page import Facts
from .targets import glob

_ANCHORLESS = BUILT_IN
"""Hugo's own shortcodes, none of which makes an id that a link could name."""


_LAYOUTS = ("layout", "type")
"""Front matter by which a section has a layout other than the usual list, which has no ids of its own."""


class Anchors:
    """The ids and names of every page's content, and what is known of those that layouts make."""

    def __init__(
        self,
        publication: Publication,
        pages: Mapping[str, Facts],
        known: tuple[str, ...],
        declared_shortcodes: frozenset[str],
    ) -> None:
        self._pages = pages
        self._known = known
        self._anchorless = _ANCHORLESS | declared_shortcodes | publication.anchorless_shortcodes
        self._ids: dict[str, frozenset[str]] = {}

    def of(self, page: Output) -> frozenset[str]:
        """The ids and names in a page's own content."""
        if page.path is None:
            return frozenset()
        found = self._ids.get(page.path)
        if found is None:
            facts = self._pages.get(page.path)
            anchors = facts.anchors if facts is not None else ()
            found = self._ids[page.path] = frozenset(a.id for a in anchors)
        return found

    def has(self, page: Output, fragment: str) -> bool | str:
        """True or False; a string says why that cannot be known, as the end of a sentence."""
        ids = self.of(page)
        if fragment in ids:
            return True
        decoded = unquote(fragment)
        if decoded in ids or any(glob(g).match(decoded) for g in self._known):
            return True
        facts = self._pages.get(page.path or "")
        if facts is None:
            return "Hugo makes the page by itself, so only its layout knows what ids it has"
        if facts.not_judged or facts.unreadable:
            return "the body of the page is not judged"
        if page.blank and (page.kind in ("page", "home") or any(facts.front.get(k) for k in _LAYOUTS)):
            return "the page has no text of its own, so only its layout knows what ids it has"
        if decoded == "TableOfContents":
            return "only a layout knows whether the page shows its table of contents"
        for shortcode in facts.shortcodes:
            if shortcode.name.lower() not in self._anchorless:
                return f'the shortcode "{shortcode.name}" on the page may make it'
        return False
