"""A site: its addresses, and what the bodies of its pages add to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import dirname
from typing import Any

from ..core.gc import without_gc
from ..core.lazy_re import lazy_re
from ..hugo.publication import Output
from ..page.page import Facts
from .addresses import Addresses
from .anchors import Anchors
from .answers import Target
from .keys import KeyUse, key_use
from .resolve import Resolver
from .twins import twins

_FILLED_BY_LAYOUT = ("layout", "type", "build", "_build", "outputs")
"""Front matter that gives a page its content by other means than its body."""
_ELSEWHERE = lazy_re("redirect|manuallink|external", re.IGNORECASE)
"""In a key: the page only points to another address, as themes offer it (`redirect_to`, `manualLink`)."""
_ADDRESS_KEY = lazy_re(
    "(?:source|original|target|article)[-_]?(?:url|link)|link(?:[-_]?(?:to|url))?", re.IGNORECASE
)
"""A key that means the same where its value is an address of another site (`source_url`)."""


@dataclass(frozen=True)
class Site:
    """A whole site, read-only. Everything about it is computed once, when first asked for.

    The body of a page decides where its own links lead (see `Links`) and which fragments others can link to; all else
    hangs on front matter. So a site whose pages have other bodies is another `Site` with the same `addresses`.
    """

    addresses: Addresses
    pages: Mapping[str, Facts]
    """The facts of every content file, by path, in the order of the paths."""
    whole: Site | None = field(default=None, repr=False)
    """The site of which these are some pages alone: links lead to all of its pages."""
    known_keys: KeyUse | None = field(default=None, repr=False)
    """The use of keys in the whole site, where not all pages are here."""

    def facts(self, page: Output) -> Facts | None:
        """The facts of a page's file; None for a page that Hugo makes by itself."""
        return self.pages.get(page.path) if page.path is not None else None

    @cached_property
    def anchors(self) -> Anchors:
        """The fragments that each page offers."""
        return self.whole.anchors if self.whole is not None else Anchors(self.addresses, self.pages)

    @cached_property
    def resolver(self) -> Resolver:
        """Answers where links lead."""
        if self.whole is not None:
            return self.whole.resolver
        with without_gc():
            return Resolver(self.addresses, self.anchors)

    def resolve(self, target: str, page: Output | str, kind: str = "link", attribute: str = "") -> Target:
        """Where a target leads from a page (or the page of that path)."""
        output = self.addresses.outputs[page] if isinstance(page, str) else page
        return self.resolver.resolve(target, output, kind, attribute)

    @property
    def all_pages(self) -> Mapping[str, Facts]:
        """The facts of every content file of the whole site."""
        return self.pages if self.whole is None else self.whole.pages

    @cached_property
    def keys(self) -> KeyUse:
        """The use of the keys of front matter."""
        return self.known_keys if self.known_keys is not None else key_use(self.pages)

    def is_empty(self, page: Output) -> bool:
        """Whether a published regular page says nothing: its body is empty, and nothing else could fill it."""
        if page.kind != "page" or page.state != "published" or not page.empty:
            return False
        if page.text_from or page.filled:
            return False
        facts = self.facts(page)
        if facts is None or facts.unreadable or facts.not_checked or facts.front.problems:
            return False
        if any(facts.front.get(key) is not None for key in _FILLED_BY_LAYOUT):
            return False
        data = facts.front.data
        params = data.get("params")
        if any(_leads_elsewhere(key, value) for key, value in data.items()):
            return False
        if isinstance(params, dict) and any(_leads_elsewhere(key, value) for key, value in params.items()):
            return False
        return not (page.bundle == "leaf" and dirname(facts.path) in self.addresses.filled_folders)

    @cached_property
    def twins(self) -> tuple[tuple[Output, Output], ...]:
        """Pairs of pages whose addresses differ by a slip."""
        return tuple(twins(self.addresses.published, self.is_empty))


def _leads_elsewhere(key: str, value: Any) -> bool:
    """Whether a parameter says that its page only points to another address."""
    if _ELSEWHERE.search(key) or value == "redirect":
        return True
    return (
        _ADDRESS_KEY.fullmatch(key) is not None
        and isinstance(value, str)
        and value.startswith(("http:", "https:"))
    )
