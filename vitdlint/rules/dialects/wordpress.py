"""WordPress: codex.wordpress.org/Shortcode, with those of the plug-ins that many sites had."""

from __future__ import annotations

from ...core.lazy_re import lazy_re
from . import Mark

_PAIRS = "ref|caption|wp_caption|embed|gallery|playlist|audio|video|sourcecode|code|quote|youtube|spoiler"
_TAGS = "gallery|playlist|audio|video|embed|caption|youtube|vimeo|slideshare|polldaddy|contact-form-7"

MARKS: tuple[Mark, ...] = (
    Mark(
        "[/",
        lazy_re(
            rf"(?P<seen>\[(?P<name>{_PAIRS})(?:[ =][^\[\]\n]{{0,300}})?\])(?=(?s:.{{0,2000}}?)(?P<close>\[/(?P=name)\]))"
        ),
        "a shortcode",
        certain=True,
    ),
    Mark("[", lazy_re(rf"(?P<seen>\[(?:{_TAGS})(?:[ =][^\[\]\n]{{0,300}})?\])(?![(\[:])"), "a shortcode"),
)
"""From the most particular to the least."""
