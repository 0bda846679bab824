"""An external address contains characters or parts that no address has.

`https://https://example.org/`, `http://example.org/a">text`, `https://example.org:port/`: something that is
not part of the address was glued to it, or a part of it is missing. A browser encodes what it can (`"`
becomes `%22`) and asks for a page, or looks for a place on it, that is not there.

Hugo itself makes such links out of bare addresses: in `"https://example.org/a"` it takes the closing
quotation mark into the link.

Only what is certain is reported, and nothing about hosts reserved for examples: `"`, `<`, `>`, `{`, `}`, backslash
and backtick in the path (but not `{name}`, which documents an interface), quotation marks and the marks of a tag in a
query or fragment, which may hold the rest, `]`, `|` and backtick at the end, an unclosed parenthesis in the path, a second scheme, a port that is none, a
percent sign in the path without two digits, `&amp;` in a bare address. Links to the DOI resolver, where nearly everything is allowed, are checked
by doi-syntax. An address shown within `<code>` is an example, and not checked.

A placeholder that readers are meant to replace, such as `<VERSION>`, is reported once on a terminal, however often it
is used. Declare it under `placeholders`, and nothing is said about it; bad-host has the same option.

To fix it, open the address in a browser and copy what works. Quotation marks, brackets and bars are taken
out of a bare address by the fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, Rule
from ..frontmatter.lines import BLANK_LINE
from ..page.markdown.body import Link
from ..page.page import Page
from .support.malformed import SLASHES, address_fault, fault, has_entity
from .support.placeholders import filled, placeholder_at
from .support.shown_as_code import shown_as_code

_PLAIN = lazy_re(
    r"https?://[\w.-]+(?:/[\w./~!$&'*+,;=@-]*(?:%[0-9A-Fa-f]{2}[\w./~!$&'*+,;=@-]*)*)?(?:[?#][\w./~!$&'()*+,:;=@?#%-]*)?\Z"
)
"""An address that has none of the faults; most have this form."""

_TWICE = ("http://http", "https://http")
_FAR = 500
"""Characters before an attribute in which its tag is looked for."""
_TAIL = lazy_re(r"[\"'\]|>`]+\Z")


class Options(NamedTuple):
    """Options of malformed-url."""

    placeholders: tuple[str, ...] = ()
    """What readers are meant to replace in an address, such as `<VERSION>`; `*` matches anything but `/`, `?`, `#`."""


def check(page: Page, options: Options) -> Iterator[Finding]:
    """Check the characters of every external link."""
    for link in page.body.links:
        target = link.target
        if has_entity(link):
            yield _with_entity(page, link)
            continue
        if target[:4].lower() != "http" or (_PLAIN.match(target) and not target.startswith(_TWICE)):
            continue
        target = filled(target, options.placeholders)
        what = fault(target)
        if what is None or shown_as_code(page, link) or _in_torn_tag(page, link):
            continue
        holder = _placeholder(target)
        yield Finding(
            page.span(link.start, link.end),
            f"the address {what}; {_consequence(target)}",
            help="open the page that is meant, and copy its address"
            if holder is None
            else f'write what is meant, or declare "{holder}" under "placeholders" of this rule',
            fix=_fix(page, link),
            cause=holder or target,
        )


def _with_entity(page: Page, link: Link) -> Finding:
    written = page.text[link.start : link.end].replace("&amp;", "&")
    return Finding(
        page.span(link.start, link.end),
        'readers see "&amp;" in this address, and the link contains it; the browser asks for a page that does not exist',
        help="write `&`: a bare address has no entities",
        fix=Fix("Write `&`", (Edit(page.span(link.start, link.end), written),)),
        cause=link.target,
    )


def _placeholder(target: str) -> str | None:
    """What looks like a placeholder and is what makes the address wrong."""
    for match in re.finditer(r"[<{$]", target):
        found = placeholder_at(target, match.start())
        if found is not None and address_fault(filled(target, (found,))) is None:
            return found
    return None


def _is_quoted(page: Page, link: Link) -> bool:
    return page.text[link.start - 2 : link.start] in ('="', "='")


def _in_torn_tag(page: Page, link: Link) -> bool:
    """Whether an address in the text is an attribute of a tag that a blank line has cut: split-tag reports that."""
    if link.kind != "bare" or not _is_quoted(page, link):
        return False
    start = page.text.rfind("<", max(0, link.start - _FAR), link.start)
    between = page.text[start : link.start] if start >= 0 else ">"
    return ">" not in between and BLANK_LINE.search(between) is not None


def _consequence(target: str) -> str:
    if SLASHES.match(target):
        return "browsers correct that, but other programs do not"
    before = target.partition("#")[0]
    if before != target and address_fault(before) is None:
        return "the browser shows the top of the page"
    return "the browser asks for a page that does not exist"


def _fix(page: Page, link: Link) -> Fix | None:
    """A bare address in angle brackets, without the marks behind it."""
    raw = page.text[link.start : link.end]
    tail = _TAIL.search(raw)
    if link.kind != "bare" or tail is None or _is_quoted(page, link):  # an attribute
        return None
    kept = raw[: tail.start()]
    if address_fault(kept) is not None or not kept.startswith("http"):
        return None
    edit = Edit(page.span(link.start, link.end), f"<{kept}>{tail[0]}")
    return Fix(f"Remove {tail[0]} from the address", (edit,))


RULE = Rule(
    "VD703",
    "malformed-url",
    on=Page,
    check=check,
    options=Options,
    examples=(
        Good(
            '<code><a href="https://a.example.org/&lt;user&gt;/&lt;lamp&gt;">https://a.example.org/&lt;user&gt;/&lt;lamp&gt;</a></code>\n'
        ),
        Good(
            "[a](https://en.wikipedia.org/wiki/Vitamin_(disambiguation)) <https://example.org:8080/a%20b?q=50%>\n"
        ),
        Good("[c](https://who.int/search?q=a|b&next=http://who.int/&id[]) [i](https://who.int/?id[])\n"),
        Good('A <a\n\nhref="https://who.int/a">name</a> and its end.\n'),
        Good("https://api.who.int/users/{id}/x and <https://api.who.int/{country-code}>\n"),
        Good(
            '"https://example.org/a" [v](https://cdn.who.int/{{< version >}}/x) [w](<https://cdn.who.int/{{% v %}}>)\n'
        ),
        Good("[d](https://doi.org/10.1002/1097(200006)20:3<253::AID>3.0.CO;2) [ours](/a%zz)\n"),
        Good("![f](<https://plot.who.int/svg?\\frac{a}{b}>) [g](<https://who.int/x?f={x|x^2}#a\\b>)\n"),
        Good('<https://who.int/?q=is%3Aopen+label%3A"in+use"> <https://who.int/?q=("a+b"%20OR%20"c")>\n'),
        Good("[v](https://who.int/<VERSION>/x)\n", options={"placeholders": ["<VERSION>"]}),
        Bad("[v](https://who.int/<VERSION>/x) [p](https://who.int:$PORT/)\n", at=["1:5", "1:38"]),
        Bad("[a](https://https://who.int/) [b](http:///x)\n", at=["1:5-1:29", "1:35-1:44"]),
        Bad("[a](<https://who.int/a{b>) [p](https://who.int:port/)\n", at=["1:6-1:25", "1:32-1:53"]),
        Bad("[cut](<https://en.wikipedia.org/wiki/Vitamin_(disambig>)\n", at=["1:8-1:55"]),
        Bad("[cut](https://who.int/100%/x)\n", at=["1:7"]),
        Bad(
            "https://who.int/?a=1&amp;b=2 <https://who.int/?a&amp;b> [c](https://who.int/?a&amp;b)\n",
            at=["1:1-1:29", "1:31-1:55"],
            fixed="https://who.int/?a=1&b=2 <https://who.int/?a&b> [c](https://who.int/?a&amp;b)\n",
        ),
        Bad(
            'He wrote "https://ods.od.nih.gov/a/b" there.\n',
            at=["1:11-1:38"],
            fixed='He wrote "<https://ods.od.nih.gov/a/b>" there.\n',
        ),
    ),
)
