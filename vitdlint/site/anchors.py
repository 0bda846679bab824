"""Which fragments a page answers."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from ..core.lazy_re import lazy_re
from ..hugo.layouts import BUILT_IN, REMOVED
from ..hugo.publication import Output
from ..page.markdown.body import Anchor
from ..page.page import Facts
from .addresses import Addresses
from .targets import glob

_PLAIN_IDS_SINCE = (0, 144)
"""Before, Hugo made the ids of headings of their source, addresses of links included, and terms had none."""
_GOLDMARK_SINCE = (0, 60)
"""Before, another program made the ids."""
_COUNTER = lazy_re(r"-\d+\Z")
"""What distinguishes the ids of two headings with the same words."""
BY_SHORTCODE = "shortcodes on the pages may make them; declare those that make none in `shortcodes`"
"""Why it cannot be known whether a page has a fragment; `maker` names the shortcode."""


class Anchors:
    """The ids and names of every page's content, and what is known of those that layouts make."""

    def __init__(self, addresses: Addresses, pages: Mapping[str, Facts]) -> None:
        publication, settings = addresses.publication, addresses.settings
        self._version = addresses.config.version
        self._pages = pages
        self._known = settings.known_anchors
        self._layout_ids = publication.layout_ids
        self._rendered = publication.rendered
        self._inner_only = publication.inner_only_shortcodes
        self._anchorless = BUILT_IN.union(REMOVED, settings.shortcodes) | publication.anchorless_shortcodes
        """None of Hugo's own shortcodes makes an id that a link could name."""
        self._ids: dict[str, frozenset[str]] = {}
        self._doubtful: dict[tuple[str | None, str | None], tuple[Anchor, ...]] = {}
        """Anchors of pages that are there under some condition; most pages have none."""

    def of(self, page: Output) -> frozenset[str]:
        """The ids and names in a page's own content, and in that of the file whose text it shows."""
        if page.path is None:
            return frozenset()
        found = self._ids.get(page.path)
        if found is None:
            texts = self.texts(page)
            found = self._ids[page.path] = frozenset(
                a.id for facts in texts for a in facts.anchors if a.kind not in ("open", "maybe")
            )
        return found

    def texts(self, page: Output) -> tuple[Facts, ...]:
        """The facts of the files that a page's text comes from."""
        paths = (page.path, page.text_from) if page.text_from else (page.path,)
        return tuple(facts for path in paths if (facts := self._pages.get(path or "")) is not None)

    def has(self, page: Output, fragment: str) -> bool | str:
        """True or False; a string says why that cannot be known, as the end of a sentence."""
        ids = self.of(page)
        if fragment in ids:
            return True
        decoded = unquote(fragment)
        if decoded in ids or any(glob(g).match(decoded) for g in self._known):
            return True
        texts = self.texts(page)
        for digest, rendered in self._rendered.get(page.file, ()):
            if fragment in rendered or decoded in rendered:
                return True
            if digest == text_digest(texts) and "/" not in decoded:  # what has one is for a script
                return False
        if not texts:
            return "Hugo makes the page by itself, so only its layout knows what ids it has"
        if any(facts.not_checked or facts.unreadable for facts in texts):
            return "the body of the page is not checked"
        if decoded == "TableOfContents":
            return "only a layout knows whether the page shows its table of contents"
        if all(facts.empty for facts in texts):
            return "the page has no text of its own, so only its layout knows what ids it has"
        key = (page.path, page.text_from)
        if key not in self._doubtful:
            self._doubtful[key] = tuple(
                a for facts in texts for a in facts.anchors if a.kind in ("open", "maybe")
            )
        doubtful = self._doubtful[key]
        if any(a.kind == "open" and decoded.startswith(a.id) for a in doubtful):
            return "a heading gets the rest of its id from a shortcode"
        if any(a.kind == "maybe" and a.id == decoded for a in doubtful):
            return "only a template knows whether the page shows what has it"
        if decoded in self._layout_ids:
            return "a layout has that id, and only Hugo knows whether on this page"
        if self._version.number < _PLAIN_IDS_SINCE and self._may_be_early(decoded, texts):
            return f"Hugo {self._version} ({self._version.origin}) makes the ids of headings in another way"
        return BY_SHORTCODE if self.maker(page) else False

    def _may_be_early(self, fragment: str, texts: tuple[Facts, ...]) -> bool:
        """Whether an early Hugo could have made it for a heading: its id of today, with the addresses of links within it."""
        if self._version.number < _GOLDMARK_SINCE:
            return True
        headings = (a.id for facts in texts for a in facts.anchors if a.kind == "heading")
        return any(_is_spread_over(_COUNTER.sub("", id_), fragment) for id_ in headings)

    def maker(self, page: Output) -> str:
        """The first shortcode in a page's text that could make an id; '' if there is none."""
        for facts in self.texts(page):
            for shortcode in facts.shortcodes:
                name = shortcode.name.lower()
                if name not in self._anchorless and name not in self._inner_only:
                    return shortcode.name
        return ""


def _is_spread_over(part: str, whole: str) -> bool:
    """Whether a text has all the characters of another in their order."""
    left = iter(whole)
    return all(character in left for character in part)


def text_digest(texts: tuple[Facts, ...]) -> str:
    """What identifies the text of a page, with which Hugo's answer about its ids holds; '' if no file has it."""
    return "+".join(facts.digest[:10] for facts in texts)
