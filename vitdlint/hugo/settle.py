"""What becomes of a page of one site: what is handed down to it, its slug, and whether it is built (Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from .cascade import apply
from .cast import to_string
from .config import HugoConfig
from .language import HugoSite, Language
from .node import Node, build_options, is_draft
from .page_dates import Clock
from .placement import Placement

_STANDALONE = {
    "404": "/404",
    "sitemap": "/_sitemap",
    "sitemapindex": "/_sitemapindex",
    "robotstxt": "/_robots",
}
_BUILD_KEYS = frozenset({"build", "_build", "headless"})


class SitePages:
    """The pages of one site, while they are put together."""

    def __init__(self, config: HugoConfig, placement: Placement, site: HugoSite, now: datetime) -> None:
        self.key = site.key
        self.language = site.language
        self.nodes: dict[str, Node] = {}
        self.shadowed: list[Node] = []
        self.bundled: list[Node] = []
        self.standalone = {kind: Node(base, base, kind) for kind, base in _STANDALONE.items()}
        self._clock = Clock(site.language, now)
        self._placement = placement
        self._environment = config.environment

    def all(self) -> Iterator[Node]:
        """Every page, those that are hidden and those of Hugo's own included."""
        yield from self.nodes.values()
        yield from self.shadowed
        yield from self.bundled
        yield from self.standalone.values()

    def settle(self, node: Node) -> None:
        """Hand the cascades down to a page, then look at its state."""
        language, handed = self.language, self._placement.handed_down(node)
        params = node.params
        if handed:
            filled = dict(params)
            apply(filled, handed, node.kind, node.base, self.key, self._environment)
            node.params = params = filled
        inner = params.get("params")
        if isinstance(inner, dict) and node.taxonomy == "":
            for plural in language.taxonomies:
                for key, value in inner.items():
                    if isinstance(key, str) and key.lower() == plural.lower():
                        node.params = params = {**params, plural.lower(): value}
        if "slug" in params:
            node.slug = to_string(params["slug"]).strip("-")
        elif self._clock.from_file_name:
            node.slug = self._clock.slug(node)
        state = _unbuilt(node, language, self._clock)
        if state:
            node.dropped = node.kind in {"page", "term"}
            node.links = node.publishes_resources = False
        elif not _BUILD_KEYS.isdisjoint(params):
            render, node.publishes_resources = build_options(params)
            node.links = render in {"always", "link"}
            state = "" if render == "always" else "headless" if render == "headless" else "not-rendered"
        if node.state == "published" and state:
            node.state = state


def _unbuilt(node: Node, language: Language, clock: Clock) -> str:
    if node.kind in language.disabled_kinds:
        return "not-rendered"
    if not language.build_drafts and is_draft(node.params):
        return "draft"
    if not language.build_future and clock.is_future(node):
        return "future"
    if not language.build_expired and clock.is_expired(node):
        return "expired"
    return ""
