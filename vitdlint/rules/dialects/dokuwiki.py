"""DokuWiki: www.dokuwiki.org/wiki:syntax."""

from __future__ import annotations

import re

from . import Mark, heading, link, strong


def _link(match: re.Match[str]) -> str | None:
    target, bar, text = match["inner"].partition("|")
    return link(text, target.strip()) if bar and target.strip().startswith(("http://", "https://")) else None


MARKS: tuple[Mark, ...] = (
    Mark(
        "[[", re.compile(r"(?P<seen>\[\[)(?=[^\s\[\]])(?P<inner>[^\[\]\n]{1,300})\]\]"), "a link", new=_link
    ),
    Mark(
        "{{",
        re.compile(r"(?P<seen>\{\{)[ ]?:?[\w:.-]{1,200}\.\w{2,4}[^{}\n<>%]{0,200}\}\}"),
        "an image or a file",
    ),
    Mark(
        "==",
        re.compile(r"(?m)^[ \t]?(?P<seen>={2,6})(?!=)[ ]?(?P<text>[^=\n]{1,200}?)[ ]?(?P=seen)[ \t]*$"),
        "a heading",
        new=lambda m: heading(7 - len(m["seen"]), m["text"]),
        safe=False,
    ),
    Mark(
        "//",
        re.compile(r"(?P<seen>//)(?<![:/\w]//)(?=[^\s/])(?P<inner>[^/\n]{1,300})(?<=[^\s:/])//(?![/\w])"),
        "italics",
        new=lambda m: strong(m["inner"], "*"),
    ),
    Mark(
        "''",
        re.compile(r"(?P<seen>'')(?<![\w']'')(?=[^\s'])(?P<inner>[^'\n`]{1,300})(?<=[^\s'])''(?![\w'])"),
        "monospaced text",
        new=lambda m: f"`{m['inner']}`",
    ),
    Mark(
        "((", re.compile(r"(?P<seen>\(\()(?<![\w(\\]\(\()(?=[^\s()])[^()\n]{3,500}\)\)(?!\))"), "a footnote"
    ),
    Mark(
        "~~", re.compile(r"~~(?P<seen>NOTOC|NOCACHE|DISCUSSION|CLOSETREE|INFO:\w+)[^~\n]{0,40}~~"), "a switch"
    ),
    Mark(
        "%%",
        re.compile(r"(?P<seen>%%)(?<![\d%]%%)(?=[^\s%])[^%\n]{1,300}%%(?!%)"),
        "text that is not wiki text",
    ),
    Mark("^", re.compile(r"(?m)^(?P<seen>\^)[ ][^\n^]{1,200}\^[^\n]*\^[ \t]*$"), "the head of a table"),
)
