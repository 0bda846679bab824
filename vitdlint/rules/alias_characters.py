"""An alias holds characters that nobody types and nobody sees.

Hugo uses the alias as the name of a file, byte for byte. A leading or trailing space, a control character, an
invisible character or an accent in two parts (NFD) gives the file another name than the old URL, although both look
the same.

Type the alias again. With `windows = true` the characters that Windows forbids in file names are reported too: the
build fails on them there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import is_normalized

from ..core.lazy_re import lazy_re
from ..core.model import Finding, Severity, Span
from ..core.rule import Bad, Good, Rule
from ..frontmatter.strings import inside
from ..page.page import Page


class Options(NamedTuple):
    """What counts as a bad character."""

    windows: bool = False
    """Also report `\\ : * ? " < > |` and a dot at the end, which no file name on Windows may have."""


_ODD = lazy_re(
    "[\x01-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd\ue000-\uf8ff]|^[ \xa0]+|[ \xa0]+$"
)
_WINDOWS = lazy_re(r'[\\:*?"<>|]|\.$')


def check(page: Page, options: Options) -> Iterator[Finding]:
    """The first such character of each alias."""
    aliases = page.front.get("aliases")
    if not isinstance(aliases, list):
        return
    for index, alias in enumerate(aliases):
        if not isinstance(alias, str) or not alias:
            continue
        found = None if alias.isascii() and alias.isprintable() and " " not in alias else _ODD.search(alias)
        if found:
            what = (
                "a leading or trailing space"
                if not found.group().strip(" \xa0")
                else f"the character U+{ord(found.group()):04X}"
            )
            message = f"this alias contains {what}, which the old URL does not have"
            yield Finding(_span(page, index, found.span()), message, help="type the alias again")
        elif not alias.isascii() and not is_normalized("NFC", alias):
            message = "this alias has accents as separate characters (NFD), so it does not match the same URL in the usual form (NFC)"
            yield Finding(page.facts.span("aliases", index), message, help="type the alias again")
        elif options.windows and (bad := _WINDOWS.search(alias)):
            message = f'this alias has "{bad.group()}" in it, so Hugo\'s build fails on Windows'
            yield Finding(_span(page, index, bad.span()), message)


def _span(page: Page, index: int, part: tuple[int, int]) -> Span:
    exact = inside(page.front, ("aliases", index), *part)
    return page.span(*exact) if exact else page.facts.span("aliases", index)


RULE = Rule(
    "VD111",
    "alias-characters",
    on=Page,
    options=Options,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good('{"aliases": ["/Old page", "/Ünï – 2019", "/10983", "/Help:Start"]}\nText\n'),
        Bad(
            '{"aliases": ["/old ", "/o\\u200bld", "/u\\u0308ber"]}\nText\n',
            at=["1:19-1:20", "1:26-1:32", "1:37-1:50"],
        ),
        Bad('{"aliases": ["/Help:Start"]}\nText\n', {"windows": True}, at=["1:20-1:21"]),
    ),
)
