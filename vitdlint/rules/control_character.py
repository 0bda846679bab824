"""The text contains a control character: a form feed, an escape, a line separator.

Such characters come from PDF files and word processors. Browsers show nothing, or a box, and words run together where
the character replaced a space. XML feeds that contain one may be rejected as a whole.

U+0000 to U+001F (except tab and line ends), U+007F to U+009F and the separators U+2028 and U+2029 are reported.

The fix writes a space where two words would meet. For U+0080 to U+009F it writes the character that Windows-1252 has
there (mostly quotation marks and dashes). Otherwise it removes the character. It is unsafe for those, in front matter,
and where the rest of the line could then mean something else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page
from .support.characters import breaks_front_matter, characters

_CONTROL = lazy_re("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]+")
_ALL_CONTROL = frozenset(map(chr, (*range(1, 9), 11, 12, *range(14, 32), *range(127, 160), 0x2028, 0x2029)))
"""The same characters, to be compared with those of a page."""
_UTF8_READ_WRONG = lazy_re("[\u00c2-\u00f4\u0178][\u0080-\u00bf\u0152-\u2122]{0,3}\\Z")
_NAMES = {
    "\x0b": "vertical tab",
    "\x0c": "form feed",
    "\x1b": "escape",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
}


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Look for control characters in front matter and text."""
    text = page.text
    if page.body.not_checked or _ALL_CONTROL.isdisjoint(characters(text)):
        return
    hidden = _hidden(page)
    front = (
        _CONTROL.finditer(text, page.front.start, page.front.end) if page.front.kind != "json" else iter(())
    )
    for match in chain(front, _CONTROL.finditer(text, page.body.start)):
        start, end = match.span()
        before = bisect_right(hidden, (start, len(text)))
        if (before and start < hidden[before - 1][1]) or breaks_front_matter(page, start):
            continue
        c1 = "\x80" <= match[0][0] <= "\x9f"
        if c1 and _UTF8_READ_WRONG.search(text, max(0, start - 4), start):
            continue  # reported by mojibake
        name = _NAMES.get(match[0][0], "control character")
        new = _windows_1252(match[0]) if c1 else _instead(text, start, end)
        safe = not c1 and start >= page.body.start and _harmless(text, start, end)
        yield Finding(
            page.span(start, end),
            f"the text contains U+{ord(match[0][0]):04X}, a {name}",
            help="remove it, or write the character that was meant",
            fix=Fix(f'Write "{new}"' if new else "Remove it", (Edit(page.span(start, end), new),), safe=safe),
            cause=f"{page.path}: U+{ord(match[0][0]):04X}",
        )


def _hidden(page: Page) -> list[tuple[int, int]]:
    """The places of code, comments, tags and shortcodes. (The prose mask also lacks the spaces at a line's end.)."""
    body = page.body
    found: list[tuple[int, int]] = []
    for start, end in sorted(
        (part.start, part.end)
        for kind in (body.codes, body.comments, body.tags, body.shortcodes)
        for part in kind
    ):
        found.append((start, max(end, found[-1][1]) if found else end))
    return found


def _windows_1252(characters: str) -> str:
    """The quotation marks and dashes that Windows-1252 keeps at these places."""
    return "".join(bytes([ord(c)]).decode("cp1252", "ignore") for c in characters if c < "\xa0")


def _instead(text: str, start: int, end: int) -> str:
    """A space between two words, else nothing."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (
        " "
        if before.strip() and after.strip() and any(c in "\x0b\x0c\u2028\u2029" for c in text[start:end])
        else ""
    )


def _harmless(text: str, start: int, end: int) -> bool:
    """Whether no Markdown mark would end up at the beginning of a line."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end : end + 1]
    return bool(line.strip(" \t>")) or not after.strip() or after.isalpha()


RULE = Rule(
    "VD403",
    "control-character",
    on=Page,
    check=check,
    examples=(
        Good("Tabs\tand line ends\r\nare fine, no-break\u00a0spaces too; `\x1b`\n"),
        Bad(
            "bone disease.\x0c\n\none\x0ctwo, and\x0c three\n",
            at=["1:14-1:15", "3:4-3:5", "3:13-3:14"],
            fixed="bone disease.\n\none two, and three\n",
        ),
        Bad("the revolution\u2028\n", at=["1:15"], fixed="the revolution\n"),
        Bad("it\x92s\n", at=["1:3"], fixed="it’s\n", unsafe=True),
        Bad('---\ntitle: "a\x7fb"\n---\n\x0c# not a heading\n', at=["2:10", "4:1"]),
    ),
)
