"""The calls of shortcodes of which it is known what they read."""

from __future__ import annotations

from collections.abc import Iterator

from ...hugo.publication import Parameters
from ...page.markdown.body import Shortcode
from ...site.links import Links


def known_calls(links: Links) -> Iterator[tuple[str, Shortcode, Parameters]]:
    """The page, the call, and what its shortcode reads; nothing while templates may be missing on disk."""
    if links.site.addresses.missing.shortcodes is not None:
        return
    known = links.site.addresses.publication.shortcode_parameters
    for path, facts in links.pages.items():
        for call in facts.shortcodes:
            parameters = known.get(call.name.lower())
            if parameters is not None:
                yield path, call, parameters
