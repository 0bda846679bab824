"""Addresses that readers see as code: examples, of which a converter made links."""

from __future__ import annotations

from urllib.parse import unquote

from ...page.markdown.body import Link
from ...page.page import Page

_CODE = frozenset(("code", "kbd", "pre", "samp", "tt"))


def shown_as_code(page: Page, link: Link) -> bool:
    """Whether readers see the address itself, as code."""
    shown = page.text[link.outer_end : page.text.find("<", link.outer_end)]
    if link.kind not in ("bare", "autolink") and unquote(shown) != unquote(link.target):
        return False
    before = (tag for tag in reversed(page.body.tags) if tag.start < link.outer_start and tag.name in _CODE)
    last = next(before, None)
    return last is not None and not last.closing
