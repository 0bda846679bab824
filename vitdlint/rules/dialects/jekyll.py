"""Jekyll: jekyllrb.com/docs/liquid, and the list of kramdown that becomes a table of contents."""

from __future__ import annotations

import re

from ...core.lazy_re import lazy_re
from . import Mark

_TAGS = (
    "raw|include|include_relative|include_cached|if|elsif|else|unless|case|when|for|break|continue|assign|capture|comment|"
    "highlight|link|post_url|increment|decrement|cycle|tablerow|gist|seo|feed_meta|end(?:raw|if|unless|case|for|capture|comment|"
    "highlight|tablerow)"
)


def _without_raw(match: re.Match[str]) -> str | None:
    """Hugo has no use for the marks around what Liquid must not read."""
    return "" if match["name"] in ("raw", "endraw") else None


def _from_the_root(match: re.Match[str]) -> str | None:
    return "" if match.string.startswith("/", match.end()) else None


MARKS: tuple[Mark, ...] = (
    Mark(
        "{",
        lazy_re(
            rf"(?P<seen>\{{%(?<![{{\\]\{{%)-?[ ]{{0,3}}(?P<name>{_TAGS})\b)(?=[ -]|%)[^%\n]{{0,300}}%\}}"
        ),
        "a tag of Liquid",
        certain=True,
        new=_without_raw,
    ),
    Mark(
        "{",
        lazy_re(r"(?P<seen>\{%(?<![{\\]\{%)-?[ ]{0,3}[a-z]\w*)[^%\n]{0,300}%\}"),
        "a tag of Liquid",
    ),
    Mark(
        "{",
        lazy_re(r"(?P<seen>\{\{)(?<=\]\(\{\{)[ ]?site\.(?:baseurl|url)[ ]?\}\}"),
        "the root of the site",
        certain=True,
        new=_from_the_root,
        safe=False,
    ),
    Mark(
        "{",
        lazy_re(r"(?P<seen>\{\{(?<![$`{\\]\{\{)[ ]?(?:site|page|layout|include)\.[a-z])[^{}\n]{0,100}\}\}"),
        "a variable",
        certain=True,
    ),
    Mark(
        "{",
        lazy_re(r"(?P<seen>\{:[ ]?toc)\b[^}\n]{0,80}\}"),
        "a table of contents",
        certain=True,
    ),
)
"""From the most particular to the least."""
