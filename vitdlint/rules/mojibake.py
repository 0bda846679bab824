"""Text was read in the wrong encoding: `â€™` stands for `’`, `Ã©` for `é`.

UTF-8 was once taken for Windows-1252 (or Latin-1) and saved like that. Readers see two or three strange characters
instead of one; search engines do not find the word. A character that was lost altogether (U+FFFD, `�`) is told too.

Only sequences that no language writes are told. `Ã` and `Â` before a quotation mark or dash also end words in
capitals (`“AMANHÃ”`), and so count only beside small letters.

The fix decodes the sequence again. It is unsafe, as somebody should read the result; what U+FFFD stood for, nobody can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from ..beyond_ascii import characters
from ..model import Edit, Finding, Fix
from ..page import Page
from ..rule import Bad, Good, NoOptions, Rule

_BYTES = {chr(b): b for b in range(0x80, 0x100)} | {
    bytes([b]).decode("cp1252"): b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
"""What Windows-1252, or Latin-1 where it has nothing, shows for each byte from 0x80 on."""

_PUNCTUATION = "\u00a0\u00ab\u00bb\u00a9\u00ae\u00b0\u00b7\u00ad\u20ac\u201a\u201e\u2026\u2020\u2021\u2039\u203a\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u2122\u02dc\u02c6"
"""Continuation bytes that look like something that may follow a word in capitals."""

_ANY = "[\u0080-\u00bf" + "".join(c for c in _BYTES if c > "\u00ff") + "]"
_LETTERLIKE = (
    "[" + "".join(c for c in _BYTES if (c > "\u00ff" or c < "\u00c0") and c not in _PUNCTUATION) + "]"
)
_SMALL = "a-z\u00df-\u00f6\u00f8-\u00ff"

_SEQUENCE = (
    f"[\u00c2\u00c3]{_LETTERLIKE}"
    f"|(?<=[{_SMALL}])[\u00c2\u00c3]{_ANY}"
    f"|\u00c3{_ANY}(?=[{_SMALL}\u00c3])"
    r"|(?<=[\d.,;:!?)%])" + "\u00c2[\u00a0\u00b0\u00ae\u00a9\u00b7\u00bb]"
    f"|(?<![{_SMALL}A-Z])\u00c2[\u00a9\u00ab\u00b0](?=[ \\dA-Za-z])"
    r"|(?<=[\s\d(])" + "\u00c3[\u2014\u20ac\u201a\u2013]"
    f"|\u00e1[\u00ba\u00bb]{_LETTERLIKE}"
    f"|\u00e2[\u20ac\u201a\u201e\u2020\u02c6\u2030\u2122\u0161\u0153\u017e\u02dc\u0080\u0082\u0084\u0086\u0088\u0089]{_ANY}"
    f"|\u00f0\u0178{_ANY}{_ANY}"
    "|\u00ef\u00bb\u00bf|\u00ef\u00bf\u00bd"
    f"|(?:[\u00d0\u00d1]{_ANY}){{3}}"
    "|(?<![A-Z])\u00ce[\u00b1-\u00b6\u00b8-\u00ba\u00bc-\u00bf]"
    "|\u00cf[\u20ac\u0192\u201e\u2020\u2021\u02c6\u2030]"
    f"|(?<=[{_SMALL}])[\u00c4\u00c5][\u00a1-\u00ac\u00ae-\u00bf\u0178\u0153\u0152\u0161\u0160\u017e\u017d\u201a\u201e\u2020\u2021\u02c6\u2030\u0192\u203a\u2026]"
    f"|[\u00c4\u00c5][\u00a1-\u00a6\u00ac\u00af-\u00b6\u00b9\u00ba\u00bc-\u00be\u0178\u0153\u0152\u0161\u0160\u017e\u017d\u0192](?=[a-z])"
)
_MOJIBAKE = re.compile(f"(?:{_SEQUENCE})+|\ufffd+")
_FIRST = re.compile("[\u00c2-\u00c5\u00ce-\u00d1\u00e1\u00e2\u00ef\u00f0\ufffd]")
"""What a sequence begins with; found much faster than the sequences themselves."""
_ABOUT_IT = re.compile(r"FFFD|replacement character", re.IGNORECASE)


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Look for sequences in front matter and text."""
    if not any(_FIRST.match(c) for c in characters(page.text)):
        return
    front = _sequences(page.text, page.front.start, page.front.end)
    body = _sequences(page.body.prose, page.body.start, len(page.body.prose))
    for match in chain(front, body):
        start, end = match.span()
        if match[0][0] == "\ufffd":
            if not _ABOUT_IT.search(page.text):
                yield Finding(
                    page.span(start, end),
                    "a character was lost here when the text was converted",
                    help="Look it up in the source of the text.",
                )
            continue
        meant = _decoded(match[0])
        if meant is None:
            continue
        yield Finding(
            page.span(start, end),
            f'"{match[0]}" is "{meant}", read in the wrong encoding',
            help=f'Write "{meant}".',
            fix=Fix(f'Write "{meant}"', (Edit(page.span(start, end), meant),), safe=False),
        )


def _sequences(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    done = start
    for first in _FIRST.finditer(text, start, end):
        match = _MOJIBAKE.match(text, first.start(), end) if first.start() >= done else None
        if match is not None:
            done = match.end()
            yield match


def _decoded(text: str) -> str | None:
    """What the characters stood for; None if they are not UTF-8 after all."""
    for _ in range(3):
        try:
            text = bytes(_BYTES[c] for c in text).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            return None
        if _MOJIBAKE.fullmatch(text) is None:
            break
    return text if text.isprintable() or text in ("\u00a0", "\u00ad", "\ufeff", "\u200b") else None


RULE = Rule(
    "VD401",
    "mojibake",
    on=Page,
    check=check,
    examples=(
        Good(
            "Â, Ã: “AMANHÃ”, «IRMÃ», MAÇÃ – VILÃ… São João, Île, Âge, ÂNGULO, Ärzte, Åland, Ð, Þórður, châtelain\n"
        ),
        Good(
            "Việt Nam: ÂU CƠ, Ấn, Đà Nẵng. Română: ÂNTÂI, câine. Türkçe: kâğıt, İSTANBUL. Íslenska: það, ÐÐ\n"
        ),
        Good("U+FFFD, the replacement character, looks like �.\n"),
        Bad("It isnâ€™t a cafÃ©.\n", at=["1:7-1:10", "1:17-1:19"], fixed="It isn’t a café.\n", unsafe=True),
        Bad(
            "At 5Â°C, Â£3, Î²-carotene\n",
            at=["1:5", "1:10", "1:15"],
            fixed="At 5°C, £3, β-carotene\n",
            unsafe=True,
        ),
        Bad('{"title": "Caf\u00c3\u00a9"}\n\nZ\ufffd\ufffdllner\n', at=["1:15-1:17", "3:2-3:4"]),
    ),
)
