"""Reading a body: the one entrance."""

from __future__ import annotations

from collections.abc import Mapping

from ...hugo.markup import Markup
from ...hugo.shortcode_inner import BUILT_IN, Inner
from . import fast
from .body import Body
from .build import build
from .parts import Parts, TooManyPiecesError
from .prose import without_text
from .shortcodes import scan
from .source import visible_source


def parse(
    text: str,
    start: int,
    markup: Markup,
    inner: Mapping[str, Inner] = BUILT_IN,
    *,
    nested: bool = False,
    max_depth: int = 100,
    reference: bool = False,
) -> Body:
    """What the body of the page `text` consists of; it begins at the code-point offset `start`.

    A body nested more than `max_depth` levels deep is not parsed: `not_judged` says so. `reference` asks for the
    slow parser even where the quick one is known to be right; the two agree, which tests prove. For `inner` and
    `nested` see `scan`.
    """
    found = scan(text, start, inner, nested=nested)
    source, hidden = visible_source(text, start, found)
    if fast.too_deep(source, start, max_depth):
        return not_parsed(text, start, f"is nested more than {max_depth} levels deep")
    try:
        parts = None if reference else fast.find(source, start, markup)
        if parts is None:
            from . import reference as slow  # rarely needed, and slow to import

            parts = slow.find(source, markup)
    except TooManyPiecesError:
        return not_parsed(text, start, "consists of more pieces than can be read in some seconds")
    body = build(text, source, start, parts, found, hidden, markup)
    if len(body.prose) != len(text):
        # Its places overlap, as those of pulldown-cmark do once rows lack 2^18 cells of their header.
        return not_parsed(text, start, "has more table cells, or more of something else, than can be parsed")
    return body


def not_parsed(text: str, start: int, why: str) -> Body:
    """The body of a page of which nothing is known."""
    return Body(start, len(text), prose=without_text(text), not_checked=why)


def parse_html(
    text: str, start: int, markup: Markup, inner: Mapping[str, Inner] = BUILT_IN, *, nested: bool = False
) -> Body:
    """What the body of a page consists of that is HTML: Hugo fills in its shortcodes and takes the rest as it is."""
    found = scan(text, start, inner, nested=nested)
    source, hidden = visible_source(text, start, found)
    parts = Parts(html_blocks=[(start, len(text))])
    return build(text, source, start, parts, found, hidden, markup)
