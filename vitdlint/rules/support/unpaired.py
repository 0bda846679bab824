"""Which tags of a page do not pair up, for the rules that report them."""

from __future__ import annotations

from ...page.markdown.elements import EVEN, Nesting, nesting
from ...page.page import Page

DOCUMENT = frozenset(("html", "head", "body"))
"""Elements of a whole document, which belong to the layout."""


def unpaired(page: Page) -> Nesting:
    """What does not pair up; nothing where raw HTML is dropped, nor in pasted documents and conditional comments."""
    if not page.body.tags or not page.settings.markup.unsafe:
        return EVEN
    found = nesting(page.body.tags)
    if found == EVEN or "<!--[if" in page.text or not DOCUMENT.isdisjoint(page.body.tag_names):
        return EVEN
    return found
