"""What begins and what ends an HTML block, as goldmark sees it."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...core.lazy_re import lazy_re

_NAMES = frozenset(
    [
        "address",
        "article",
        "aside",
        "base",
        "basefont",
        "blockquote",
        "body",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frame",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "iframe",
        "legend",
        "li",
        "link",
        "main",
        "menu",
        "menuitem",
        "meta",
        "nav",
        "noframes",
        "ol",
        "optgroup",
        "option",
        "p",
        "param",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "track",
        "ul",
    ]
)
"""CommonMark 0.31, section 4.6, kind 6."""
_ATTRIBUTE = r"""[ \t]+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:[ \t]*=[ \t]*(?:[^"'=<>`\x00-\x20]+|'[^']*'|"[^"]*"))?"""
_RAW = lazy_re(r"<(?:script|pre|style|textarea)(?:[\s>]|/>|\Z)", re.IGNORECASE | re.ASCII)
_RAW_END = lazy_re(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_NAMED = lazy_re(r"</?[ ]*([a-zA-Z]+[a-zA-Z0-9-]*)(?: |/?>|\Z)")
_ALONE = lazy_re(rf"<(/[ ]*)?([a-zA-Z]+[a-zA-Z0-9-]*)((?:{_ATTRIBUTE})*)[ ]*/?>[ ]*\Z")
_OPENERS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
_DECLARATION = lazy_re(r"<![A-Z]")


class Opening(NamedTuple):
    """The first line of an HTML block."""

    closer: re.Pattern[str] | str | None
    """What ends the block in the line where it is; None: a blank line does."""
    interrupts: bool
    """Whether the block may follow a paragraph without a blank line."""

    def closes(self, line: str) -> bool:
        """Whether the block ends with this line."""
        if self.closer is None:
            return False
        return self.closer in line if isinstance(self.closer, str) else self.closer.search(line) is not None


def opening(line: str) -> Opening | None:
    """Whether a line, without its indentation, begins an HTML block, and of which kind."""
    if not line.startswith("<"):
        return None
    if _RAW.match(line) is not None:
        return Opening(_RAW_END, interrupts=True)
    for opener, closer in _OPENERS:
        if line.startswith(opener):
            return Opening(closer, interrupts=True)
    if _DECLARATION.match(line) is not None:
        return Opening(">", interrupts=True)
    named = _NAMED.match(line)
    if named is not None and named[1].lower() in _NAMES:
        return Opening(None, interrupts=True)
    alone = _ALONE.match(line)
    if alone is not None and _may_be_alone(alone):
        return Opening(None, interrupts=alone[2].lower() in _NAMES)
    return None


def _may_be_alone(tag: re.Match[str]) -> bool:
    name = tag[2].lower()
    if name in _NAMES:
        return True
    return name not in {"script", "style", "pre"} and not (tag[1] and tag[3])
