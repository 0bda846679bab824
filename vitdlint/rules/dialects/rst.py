"""reStructuredText: docutils.sourceforge.io/docs/ref/rst/restructuredtext.html, hyperlinks, directives and roles."""

from __future__ import annotations

import re

from ...core.lazy_re import lazy_re
from . import Mark, link


def _link(match: re.Match[str]) -> str | None:
    return link(match["label"], match["url"])


MARKS: tuple[Mark, ...] = (
    Mark(
        "`",
        lazy_re(
            r"\\`(?P<label>[^`<>\\\n]{1,200})[ ]\\?<(?P<url>https?://[^\s<>\\]{1,500})\\?>\\?`(?:\\?_)?\\?(?P<seen>_)"
        ),
        "a link",
        certain=True,
        new=_link,
    ),
    Mark(
        "`",
        lazy_re(
            r"`(?<!``)(?P<label>[^`<>\\\n]{1,200})[ ]<(?P<url>https?://[^\s<>]{1,500})>`_?(?P<seen>_)(?!\w)"
        ),
        "a link",
        certain=True,
        new=_link,
    ),
    Mark(".. ", lazy_re(r"(?m)^(?P<seen>\.\. )[a-z][a-z-]{1,30}::[^\n]{0,200}"), "a directive"),
    Mark(
        ":`",
        lazy_re(
            r"(?P<seen>:)(?:ref|doc|class|func|meth|mod|term|file|option|envvar|sub|sup|math|pep|rfc):`[^`\n]{1,200}`"
        ),
        "a role",
    ),
)
"""From the most particular to the least."""
