"""MediaWiki: www.mediawiki.org/wiki/Help:Formatting."""

from __future__ import annotations

import re

from . import Mark, heading, link, strong

MARKS: tuple[Mark, ...] = (
    Mark("[[", re.compile(r"(?P<seen>\[\[)(?=[^\s\[\]])[^\[\]\n]{1,300}\]\]"), "a link or an image"),
    Mark(
        "[http",
        re.compile(r"(?P<seen>\[)(?P<url>https?://[^\s\]\[<>|]+)[ ](?P<text>[^\]\[\n]{1,300})\](?![(\[:])"),
        "a link",
        new=lambda m: link(m["text"], m["url"]),
    ),
    Mark(
        "'''",
        re.compile(r"(?P<seen>''')(?<!'''')(?=[^\s'])(?P<inner>[^'\n]{1,300})(?<=\S)'''(?!')"),
        "bold text",
        new=lambda m: strong(m["inner"]),
    ),
    Mark(
        "''",
        re.compile(r"(?P<seen>'')(?<![\w']'')(?=[^\s'])(?P<inner>[^'\n]{1,300})(?<=[^\s'])''(?![\w'])"),
        "italics",
        new=lambda m: strong(m["inner"], "*"),
    ),
    Mark(
        "==",
        re.compile(r"(?m)^(?P<seen>={2,6})(?!=)[ ]?(?P<text>[^=\n]{1,200}?)[ ]?(?P=seen)[ \t]*$"),
        "a heading",
        new=lambda m: heading(len(m["seen"]), m["text"]),
        safe=False,
    ),
    Mark("{{", re.compile(r"(?P<seen>\{\{)(?=[#:A-Za-z])[^{}\n<>%]{1,300}\}\}"), "a template"),
    Mark("{|", re.compile(r"(?m)^(?P<seen>\{\|)(?=[^|}\n]*$)"), "a table"),
    Mark("|-", re.compile(r"(?m)^(?P<seen>\|-)(?=[ \t]*$|[ \t]+\w+=)"), "a table row"),
    Mark("|}", re.compile(r"(?m)^(?P<seen>\|\})(?=[ \t]*$)"), "the end of a table"),
    Mark(
        "__",
        re.compile(r"__(?P<seen>NOTOC|FORCETOC|TOC|NOEDITSECTION|NOINDEX|NOGALLERY|HIDDENCAT)__"),
        "a switch",
        new=lambda _: "",
        safe=False,
    ),
)
