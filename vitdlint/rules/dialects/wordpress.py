"""WordPress: codex.wordpress.org/Shortcode, with those of the plug-ins that many sites had."""

from __future__ import annotations

from ...core.lazy_re import lazy_re
from . import Mark

_ENDS = "ref|caption|wp_caption|embed|gallery|playlist|audio|video|sourcecode|code|quote|youtube|spoiler"
_TAGS = "gallery|playlist|audio|video|embed|caption|youtube|vimeo|slideshare|polldaddy|contact-form-7"

MARKS: tuple[Mark, ...] = (
    # After a parenthesis it may be a link the wrong way round, `(here)[/ref]`; a caption has a picture before it.
    Mark(
        "[/",
        lazy_re(rf"(?P<seen>(?:(?<!\))\[/(?:{_ENDS})|\[/(?:wp_)?caption)\])(?![(\[:])"),
        "the end of a shortcode",
        certain=True,
    ),
    Mark("[", lazy_re(rf"(?P<seen>\[(?:{_TAGS})(?:[ =][^\[\]\n]{{0,300}})?\])(?![(\[:])"), "a shortcode"),
)
"""From the most particular to the least."""
