"""Text was read in the wrong encoding: `â€™` appears instead of `’`, `Ã©` instead of `é`.

UTF-8 was read as Windows-1252 (or Latin-1) and saved like that. Readers see two or three strange characters instead of
one; search engines do not find the word. A character that was lost altogether (U+FFFD, `�`) is reported too.

Only sequences that no language uses are reported. `Ã` and `Â` before a quotation mark or dash also end words in
capitals (`“AMANHÃ”`), and so count only beside small letters.

The fix decodes the sequence again. It is unsafe, because somebody should read the result. There is no fix for U+FFFD:
nobody knows which character it replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.page import Page
from .support.characters import breaks_front_matter, characters

_BYTES = {chr(b): b for b in range(0x80, 0x100)} | {
    bytes([b]).decode("cp1252"): b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
"""What Windows-1252, or Latin-1 where it has nothing, shows for each byte from 0x80 on."""

_PUNCTUATION = frozenset("\u00a0\u00ad«»©®°·€‚„…†‡‹›‘’“”•–—™˜ˆ")
"""Those of them that may follow a word in capitals, or end a quotation."""

_SMALL = "[a-zß-öø-ÿ]"
_ANY = "[\u0080-\u00bf" + "".join(c for c in _BYTES if c > "\u00ff") + "]"
_ODD = "[" + "".join(c for c in _BYTES if not "\u00c0" <= c <= "\u00ff" and c not in _PUNCTUATION) + "]"

_SEQUENCES = (
    f"[ÂÃ]{_ODD}",  # most accented letters of western Europe, £, µ, ½
    f"(?<={_SMALL})[ÂÃ]{_ANY}|Ã{_ANY}(?=[a-zß-öø-ÿÃ])",  # the others, beside small letters
    r"(?<=[\d.,;:!?)%])Â[\u00a0°®©·»]",  # 5 °C, a no-break space between sentences
    f"(?<![A-Za-z])(?<!{_SMALL})Â[©«°](?=[ \\dA-Za-z])",
    r"(?<=[\s\d(])Ã[—€‚–]",  # ×, À, Â and Ö by themselves
    "[Â-Å][\u0080-\u009f]",  # any of them, read as Latin-1
    f"â[€‚„†ˆ‰™šœž˜\u0080\u0082\u0084\u0086\u0088\u0089]{_ANY}",  # quotation marks, dashes, €, →, ≤, ✓
    f"ðŸ{_ANY}{_ANY}",  # emoji
    "ï»¿|ï¿½",  # a byte order mark; a character that was lost before
    f"(?<={_SMALL})[ÄÅ](?:{_ODD}|[¡-¬®-¿‚„†‡ˆ‰›…])",  # Polish, Czech, Turkish within a word
    f"(?<={_SMALL})[ÄÅ]{_ANY}(?=[a-zß-öø-ÿÄÅ])|(?<=[ÄÅ]{_ANY})[ÄÅ]{_ANY}",
    "[ÄÅ][¡-¦¬¯-¶¹º¼-¾ŸœŒšŠžŽƒ](?=[a-z])|Å›(?=[a-z])",  # and at the beginning of one
    "(?<![A-Z])Î[±-¶¸-º¼-¿]|Ï[€ƒ„†‡ˆ‰]",  # a Greek letter
    f"(?:[ÐÑ]{_ANY}){{3,}}",  # a Cyrillic word
    f"á[º»]{_ODD}",  # Vietnamese
    f"(?:[ã-é](?:{_ODD}{_ANY}|{_ANY}{_ODD})){{2,}}",  # Chinese, Japanese, Korean
)
_MOJIBAKE = lazy_re(f"(?:{'|'.join(_SEQUENCES)})+|\ufffd+")
_FIRST = lazy_re(f"[Â-ÅÎ-Ñá-éïð\ufffd](?:(?<=\ufffd)|(?={_ANY}))")
"""What a sequence begins with; found much faster than the sequences themselves."""
_FIRSTS = frozenset("ÂÃÄÅÎÏÐÑáâãäåæçèéïð\ufffd")
_SUSPECT = re.compile(rb"\xc3[\x82-\x85\x8e-\x91\xa1-\xaa\xaf\xb0][\xc2-\xf4]")
"""In UTF-8: a first character with anything beyond ASCII behind it. In bytes, a whole page takes ten microseconds."""
_ABOUT_IT = lazy_re(r"FFFD|replacement character", re.IGNORECASE)


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Look for sequences in front matter and text."""
    if _FIRSTS.isdisjoint(characters(page.text)):
        return
    data = page.text.encode("utf-8", "replace")
    if (b"\xc3" not in data or _SUSPECT.search(data) is None) and "\ufffd" not in page.text:
        return
    about_it = _ABOUT_IT.search(page.text) is not None
    front = _sequences(page.text, page.front.start, page.front.end)
    body = _sequences(page.body.prose, page.body.start, len(page.body.prose))
    for match in chain(front, body):
        start, end = match.span()
        if match[0][0] == "\ufffd":
            if not about_it and not breaks_front_matter(page, start):
                yield Finding(
                    page.span(start, end),
                    "a character was lost here when the text was converted",
                    help="look it up in the source of the text",
                )
            continue
        meant = _decoded(match[0])
        if meant is None:
            continue
        yield Finding(
            page.span(start, end),
            f'"{match[0]}" is "{meant}", read in the wrong encoding',
            help=f'write "{meant}"',
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
    """What the characters were meant to be; None if they are not UTF-8 after all."""
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
