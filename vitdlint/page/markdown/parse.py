"""Reading a body: the one entrance."""

from __future__ import annotations

from ...hugo.markup import Markup
from . import fast
from .body import Body
from .build import build
from .parts import Parts
from .shortcodes import scan
from .source import visible_source


def parse(text: str, start: int, markup: Markup, *, max_depth: int = 100, reference: bool = False) -> Body:
    """What the body of the page `text` consists of; it begins at the code-point offset `start`.

    A body nested more than `max_depth` levels deep is not parsed: `not_judged` says so. `reference` asks for the
    slow parser even where the quick one is known to be right; the two agree, which tests prove.
    """
    found = scan(text, start)
    source, hidden = visible_source(text, start, found)
    if fast.too_deep(source, start, max_depth):
        no_text = "".join("\n" if character == "\n" else "\0" for character in text)
        return Body(
            start, len(text), prose=no_text, not_checked=f"is nested more than {max_depth} levels deep"
        )
    parts = None if reference else fast.find(source, start, markup)
    if parts is None:
        from . import reference as slow  # rarely needed, and slow to import

        parts = slow.find(source, markup)
    return build(text, source, start, parts, found, hidden, markup)


def parse_html(text: str, start: int, markup: Markup) -> Body:
    """What the body of a page consists of that is HTML: Hugo fills in its shortcodes and takes the rest as it is."""
    found = scan(text, start)
    source, hidden = visible_source(text, start, found)
    parts = Parts(html_blocks=[(start, len(text))])
    return build(text, source, start, parts, found, hidden, markup)
