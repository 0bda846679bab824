"""The elements of HTML, as the HTML Living Standard sorts them."""

from __future__ import annotations

VOID = frozenset(
    [
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "command",
        "embed",
        "frame",
        "hr",
        "image",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
"""Elements without content or end tag: 13.1.2, and those that the parser (13.2.6.4.7) treats alike."""

OPTIONAL_END = frozenset(
    [
        "body",
        "caption",
        "colgroup",
        "dd",
        "dt",
        "head",
        "html",
        "li",
        "optgroup",
        "option",
        "p",
        "rb",
        "rp",
        "rt",
        "rtc",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    ]
)
"""Elements whose end tag may be left out: 13.1.2.4, with the obsolete `rb` and `rtc`."""

RAW_TEXT = frozenset(
    ["iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp"]
)
"""Elements whose content a browser reads as mere text, up to their end tag: 13.1.2.1, 13.2.6.2 and 13.2.6.4.7."""

FOREIGN = frozenset(("math", "svg"))
"""Where other names, and tags that close themselves, are at home: 13.1.2.3."""

FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
"""Elements that a browser opens again in every following block while they are not closed: 13.2.4.3."""

_LIVING = (
    "a abbr address article aside audio b bdi bdo blockquote body button canvas caption cite code colgroup data "
    "datalist dd del details dfn dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head "
    "header hgroup html i iframe ins kbd label legend li main map mark math menu meter nav noscript object ol "
    "optgroup option output p picture pre progress q rp rt ruby s samp script search section select "
    "selectedcontent slot small span strong style sub summary sup svg table tbody td template textarea tfoot th "
    "thead time title tr u ul var video"
)
_OBSOLETE = (
    "acronym applet big blink center content dir fencedframe font frameset hgroup isindex listing marquee menuitem "
    "multicol nextid nobr noembed noframes plaintext portal rb rtc shadow spacer strike tt xmp"
)

KNOWN = VOID | frozenset(_LIVING.split()) | frozenset(_OBSOLETE.split())
"""Every element of the standard's index, the obsolete ones of 16.2, and a few that browsers had before or after."""
