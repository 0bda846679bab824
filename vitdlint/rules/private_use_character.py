"""The text contains a private-use character, which only one font can show.

Office programs and PDF files store bullets, Greek letters and signs such as ≥ in symbol fonts, under code points that
Unicode leaves undefined (U+E000 to U+F8FF and two planes). Readers see an empty box; if it was "≥" or "µ", the
sentence has lost its meaning.

A character alone within a tag that has a class (`<i class="icon">…</i>`) counts as an icon of the site's own font.

Write the character that was meant. For the Symbol font the message shows which one that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ..core.lazy_re import lazy_re
from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page
from .support.characters import characters

_PRIVATE = lazy_re("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_ICON = lazy_re(r"<[A-Za-z]+\s[^<>]*\bclass\b[^<>]*>\s*\Z")

_SYMBOL = dict(zip(range(0xF061, 0xF07B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)) | {
    0xF044: "Δ",
    0xF053: "Σ",
    0xF057: "Ω",
    0xF0A3: "≤",
    0xF0A5: "∞",
    0xF0A7: "▪",
    0xF0AE: "→",
    0xF0B0: "°",
    0xF0B1: "±",
    0xF0B3: "≥",
    0xF0B4: "×",
    0xF0B7: "•",
    0xF0B9: "≠",
    0xF0BB: "≈",
    0xF0D8: "➢",
    0xF0E0: "→",
    0xF0FC: "✓",
}
"""The Symbol font's encoding (and Wingdings' commonest signs) as Windows shifts it to U+F000."""


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Look for private-use characters in front matter and text."""
    text = page.text
    if not any("\ue000" <= c <= "\uf8ff" or c >= "\U000f0000" for c in characters(text)):
        return
    front = _PRIVATE.finditer(text, page.front.start, page.front.end)
    for match in chain(front, _PRIVATE.finditer(page.body.prose, page.body.start)):
        start, end = match.span()
        if _is_icon(text, start, end):
            continue
        codes = " ".join(f"U+{ord(c):04X}" for c in match[0][:4])
        meant = "".join(_SYMBOL.get(ord(c), "") for c in match[0])
        known = len(meant) == len(match[0])
        what = "is a private-use character; readers see an empty box"
        if end - start > 1:
            what = "are private-use characters; readers see empty boxes"
        yield Finding(
            page.span(start, end),
            f"{codes} {what}",
            help=f'write the character that was meant; in the Symbol font it is "{meant}"'
            if known
            else "write the character that was meant; the source of the text shows it",
        )


def _is_icon(text: str, start: int, end: int) -> bool:
    return text.startswith("</", end) and _ICON.search(text, max(0, start - 200), start) is not None


RULE = Rule(
    "VD402",
    "private-use-character",
    on=Page,
    check=check,
    examples=(
        Good("Bullets • and ≥ signs; 😀 👩\u200d🔬; code `\ue0b0`\n"),
        Good('An icon: <i class="fa fa-home">\uf015</i>\n'),
        Bad("apolipoprotein E \uf0654, born at \ue2f62500 g\n", at=["1:18-1:19", "1:30-1:31"]),
        Bad('---\ntitle: "\uf0b3 30 ng"\n---\n\n\uf0b7\uf0b7 item\n', at=["2:9-2:10", "5:1-5:3"]),
    ),
)
