"""Tiki: doc.tiki.org/Wiki-Syntax, and the names of its plugins."""

from __future__ import annotations

import re

from ...core.lazy_re import lazy_re
from . import Mark, heading, link, plain, strong

_PLUGINS = (
    "ADDFREETAG ADDRELATION ADDTOCART ADJUSTINVENTORY AGENTINFO ALINK ANAME ANNOTATION ARCHIVEBUILDER ARTICLE ARTICLES "
    "ATTACH ATTRIBUTES AUTHOR AUTOQUERY AUTOTOC AVATAR BACKLINKS BANNER BENCHMARK BIGBLUEBUTTON BLOGLIST BOX "
    "BUTTON CALENDAR CATEGORY CATORPHANS CATPATH CENTER CHART CODE COLORBOX COMMENT CONTENT COOKIE COPYRIGHT "
    "COUNTDOWN COUNTER CUSTOMSEARCH DATACHANNEL DBREPORT DIFF DIRECTORY DIV DL DRAW EVENTS EXERCISE FADE "
    "FANCYLIST FANCYTABLE FAVORITE FILE FILES FLASH FONT FOOTNOTE FOOTNOTEAREA FREETAGGED FTP FULLWIDTHTITLE "
    "GALLERY GAUGE GOOGLEANALYTICS GOOGLEDOC GOOGLEMAP GRAPHVIZ GROUP GROUPLIST GROUPSTAT HTML HTMLFEED ICON IFRAME "
    "IMG INCLUDE INVITE JABBER JQ JS LANG LASTMOD LIST LISTPAGES LOCALFILES LSDIR MAIL MAP MCALENDAR MEDIAPLAYER "
    "MEMBERLIST MEMBERPAYMENT MINIQUIZ MODULE MONO MOUSEOVER MWTABLE OBJECTHITS OBJECTLINK PAGETABS PARAM PAYMENT PERM "
    "PICTURE PIVOTTABLE PLUGINMANAGER POLL PREF PROFILE PROPOSAL QUOTE RCONTENT REALNAMELIST REDIRECT REGEX RELATIONS "
    "REMARKSBOX RSS SCROLL SHARE SHARETHIS SHEET SHOWFOR SHOWPAGES SIGN SKYPE SLIDER SLIDESHOW SLIDESHOWSLIDE SMARTY "
    "SNARF SORT SPLIT SQL STAT SUB SUBSCRIBEGROUP SUBSCRIBEGROUPS SUBSCRIBENEWSLETTER SUP SURVEY TABS TAG THUMB "
    "TIMELINE TITLESEARCH TOC TOUR TR TRACKER TRACKERFILTER TRACKERITEMFIELD TRACKERLIST TRACKERSTAT TRADE TRANSCLUDE "
    "TRANSLATED TRANSLATIONOF TWITTER USERCOUNT USERLINK USERLIST USERPREF VERSIONS VIMEO VOTE WANTEDPAGES WEBSERVICE "
    "WYSIWYG XMPP YOUTUBE ZOTERO"
)
_NAMES = "|".join(sorted(_PLUGINS.split(), key=lambda name: (-len(name), name)))
_NEXT_BOX = lazy_re(r"(?m)^[ \t>]{0,8}(?:[*+-][ \t]+)?\^(?=[ \t]{0,2}\w)")
_CARET = lazy_re(r"(?<!\[)\^(?P<last>(?=[ \t]*(?:\n|\Z)))?")
_COLOUR = r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})"
_CHARACTERS = {
    "hs": "&nbsp;",
    "amp": "&amp;",
    "lt": "&lt;",
    "gt": "&gt;",
    "bs": "&#92;",
    "ldq": "“",
    "rdq": "”",
    "lsq": "‘",
    "rsq": "’",
    "np": "",
    "/np": "",
    "pp": "",
    "/pp": "",
}


def _plugin(match: re.Match[str]) -> str | None:
    name, body = match["name"], match["body"]
    if body is None or not plain(body):
        return None
    if name in ("SUB", "SUP"):
        return f"<{name.lower()}>{body}</{name.lower()}>"
    if name == "ANAME" and re.fullmatch(r"[\w.-]+", body):
        return f'<a id="{body}"></a>'
    return None


def _end_of_box(match: re.Match[str]) -> int | None:
    """The `^` at the end of a line, if there is no other one before the next box."""
    next_box = _NEXT_BOX.search(match.string, match.end())
    marks = list(
        _CARET.finditer(match.string, match.end(), next_box.start() if next_box else len(match.string))
    )
    if not marks:
        return -1
    return marks[0].start() if len(marks) == 1 and marks[0]["last"] is not None else None


def _colour(match: re.Match[str]) -> str | None:
    inner = match["inner"]
    return None if inner is None or not plain(inner) else f'<span style="color:{match["hex"]}">{inner}</span>'


MARKS: tuple[Mark, ...] = (
    Mark(
        "{",
        lazy_re(
            rf"(?P<seen>\{{(?P<name>{_NAMES})\()[^)\n{{}}]{{0,300}}\)\}}"
            r"(?:(?P<body>[^{}\n]{0,300})(?P<close>\{(?P=name)\}))?"
        ),
        "a plugin",
        certain=True,
        new=_plugin,
        html=True,
    ),
    Mark(
        "{",
        lazy_re(
            rf"(?P<seen>\{{(?:(?:{_NAMES})\([^)\n}}]{{0,200}}(?=\n|\}}|\Z)|/?(?:{_NAMES}|ELSE)\}}"
            rf"|(?i:{_NAMES})[ ]+\w+[ ]?=[^}}\n]{{0,300}}\}}?|(?:maketoc|toc)\b[^}}\n]{{0,100}}\}}))"
        ),
        "a plugin",
    ),
    Mark(
        "~",
        lazy_re(rf"~~(?P<seen>(?P<hex>{_COLOUR}):)(?:(?P<inner>[^~\n]{{1,500}})~~)?"),
        "a colour",
        certain=True,
        new=_colour,
        html=True,
    ),
    Mark(
        "[tiki-",
        lazy_re(r"(?P<seen>\[tiki-\w+\.php)(?:[^\]\n|]{0,500}(?:\|(?P<text>[^\]\n]{0,300}))?\])?"),
        "a link to the wiki itself",
        certain=True,
        new=lambda m: m["text"].strip() if m["text"] and plain(m["text"]) else None,
        safe=False,
    ),
    Mark(
        "(",
        lazy_re(
            r"(?P<seen>\(\()(?<![\w(\\]\(\()(?=[^\W\d_]{2})[^()|\n]{2,200}\|\s?[^\W_][^()|\n]{1,200}\)\)(?!\))"
        ),
        "a link to a page",
        certain=True,
    ),
    Mark(
        "(",
        lazy_re(r"(?P<seen>\(\()(?<![\w(\\]\(\()(?=[^\W\d_]{2})[^()|\n=<>%±×+*/]{3,200}\)\)(?!\))"),
        "a link to a page",
    ),
    Mark(
        "[http",
        lazy_re(
            r"(?P<seen>\[)(?P<url>https?://[^\s|\]\[<>]+)(?P<bar>\|)(?P<text>[^\]\[\n]{0,300})"
            r"(?:\](?!\()|(?=\n|\Z|\[))"
        ),
        "a link",
        new=lambda m: link(m["text"], m["url"]) if m[0].endswith("]") else None,
    ),
    Mark(
        "~",
        lazy_re(r"~(?P<seen>np)~(?P<inner>[^~\n]{0,500})~(?P<close>/np)~|~(?P<seen2>/?np)~"),
        "a mark around text that is not wiki text",
        certain=True,
        new=lambda m: m["inner"],
    ),
    Mark(
        "~",
        lazy_re(r"~(?<!~~)(?P<seen>hs|amp|lt|gt|bs|[lr][ds]q|/?pp|/?[th]c|/np)~(?!~)"),
        "a special character or comment",
        new=lambda m: _CHARACTERS.get(m["seen"]),
    ),
    Mark("%%%", lazy_re(r"(?P<seen>%%%)(?<![\d%]%%%)(?!%)"), "a line break", new=lambda _: "<br>", html=True),
    Mark(
        "!",
        lazy_re(r"(?m)^(?P<seen>!{2,6})(?:[$#]?[-+]?)[ ]?(?P<text>\S[^\n]*)$"),
        "a heading",
        new=lambda m: heading(len(m["seen"]), m["text"]),
        safe=False,
    ),
    Mark(
        "!",
        lazy_re(r"(?m)^(?:[ \t]{1,20}|[>*+#-][ \t]{0,4}|@@){1,4}(?P<span>(?P<seen>!{2,6}))(?=[ ]?[^\s!])"),
        "a heading",
    ),
    Mark(
        "''",
        lazy_re(
            r"(?P<seen>'')(?<![\w']'')(?=[^'])(?P<inner>[^'\n]{1,300}(?:'[^'\n]{1,200})?)"
            r"(?<=[^\s'])(?P<seen2>'')(?![\w'])"
        ),
        "italics",
        new=lambda m: strong(m["inner"], "*"),
    ),
    Mark(
        "===",
        lazy_re(
            r"(?P<seen>===)(?<![=\w]===)(?![=>\s])(?P<inner>[^=\n]{1,400}?(?:=[^=\n]{1,300}){0,4})"
            r"(?<![\s<])===(?![=\w])"
        ),
        "underlined text",
        new=lambda m: f"<u>{m['inner']}</u>" if plain(m["inner"]) else None,
        html=True,
    ),
    Mark(
        "^",
        lazy_re(
            r"(?m)^[ \t>]{0,8}(?:[*+-][ \t]+)?(?P<span>(?P<seen>\^))(?=[ \t]{0,2}[\w*([\"“])(?![^\n^]{0,3}\^[^\n]*\^)"
        ),
        "a box",
        cosmetic=True,
        new=lambda m: "" if m.string[m.end() : m.end() + 1].isalpha() else None,
        partner=_end_of_box,
    ),
    Mark(
        "|",
        lazy_re(r"(?m)^(?:[#> \t*+-]|~~#\w{3,6}:|_){0,20}(?P<span>(?P<seen>\|\|))(?!\|)(?=[^\n]*[^\s|])"),
        "a table",
    ),
    Mark(
        "|",
        lazy_re(r"(?P<seen>\|\|)(?<![|\n]\|\|)(?=(?:[ \t_*~]|</?[A-Za-z][^<>\n]{0,200}>){0,12}(?:\n|\Z))"),
        "a table",
    ),
    Mark(
        "-=",
        lazy_re(r"(?m)^(?P<seen>-=)(?=[^\s=-])(?P<text>[^=\n]{1,200})=-[ \t]*$"),
        "a title bar",
        new=lambda m: heading(2, m["text"]),
        safe=False,
    ),
)
"""From the most particular to the least; of two that overlap the first is reported."""
