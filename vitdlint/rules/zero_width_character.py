"""The text or, worse, an address contains an invisible character.

Zero-width spaces, byte order marks, soft hyphens beside spaces and direction marks come from text that was copied from
a web page or a chat. Search does not find the word that contains one. An address or a DOI that contains one leads
nowhere, though it looks right.

These are not reported, because they belong there: U+200C and U+200D between letters of scripts that join or stack them
and in emoji; direction marks on a page with text that runs from right to left; zero-width spaces beside scripts written
without spaces (Thai, Khmer, Japanese …) and beside marks of Markdown, where they make emphasis work; soft hyphens
within a word.

The fix removes the character. It is unsafe in front matter, where a URL may be made of it, in the address of
a page or file of this site, which may be called so, and at the beginning of a line, where it may keep a mark
from being Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ..core.lazy_re import lazy_re
from ..core.model import Edit, Finding, Fix, Severity
from ..core.rule import Bad, Good, NoOptions, Rule
from ..external.address import is_external
from ..page.markdown.body import Link
from ..page.markdown.headings import in_heading
from ..page.page import Page
from .support.characters import breaks_front_matter, characters

_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = lazy_re(
    f"[\u00ad\u180e\u200b-\u200d\u2060\ufeff\ufffc{_DIRECTION}\U000e0001\U000e0020-\U000e007f]+"
)
_CODES = (0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A))
_ALL_INVISIBLE = frozenset(map(chr, (*_CODES, 0xFEFF, 0xFFFC, 0xE0001, *range(0xE0020, 0xE0080))))
"""The same characters, to be compared with those of a page."""
_IS_DIRECTION = lazy_re(f"[{_DIRECTION}]+")
_RIGHT_TO_LEFT = lazy_re(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_NO_SPACES = lazy_re(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u1aaf\u1b00-\u1bff\u2e80-\u9fff\ua9e0-\uaa7f\uac00-\ud7a3\uf900-\ufaff"
    "\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Thai, Lao, Tibetan, Myanmar, Khmer, Tai, Balinese …, Chinese, Japanese and Korean, with their punctuation."""

_MARKUP = frozenset("*_~`@")
_NAMES = {
    "\u00ad": "soft hyphen",
    "\u180e": "vowel separator",
    "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner",
    "\u2060": "word joiner",
    "\ufeff": "byte order mark",
    "\ufffc": "placeholder of a lost object",
}


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Look for invisible characters in front matter, text and addresses."""
    text = page.text
    if _ALL_INVISIBLE.isdisjoint(characters(text)):
        return
    body = page.body
    for link in body.links:
        if _INVISIBLE.search(text, link.start, link.end):
            yield from _in_address(page, link)
    right_to_left = _RIGHT_TO_LEFT.search(text) is not None
    front = _INVISIBLE.finditer(text, max(page.front.start, 1), page.front.end)
    for match in chain(front, _INVISIBLE.finditer(body.prose, body.start)):
        start, end = match.span()
        if (
            _belongs(text, start, end, right_to_left=right_to_left)
            or start < page.front.start
            or breaks_front_matter(page, start)
        ):
            continue
        alone = text[start - 1 : start] in {"", "\n"} and text[end : end + 1] in {"", "\n", "\r"}
        harm = (
            "is alone on this line: it makes an empty paragraph"
            if alone
            else "is hidden in the text; search does not find the word"
        )
        yield Finding(
            page.span(start, end),
            f"{_name(match[0])} {harm}",
            help="remove it",
            fix=Fix("Remove it", (Edit(page.span(start, end), ""),), safe=_changes_nothing(page, start, end)),
        )


def _in_address(page: Page, link: Link) -> Iterator[Finding]:
    external = is_external(link.target)
    for match in _INVISIBLE.finditer(page.text, link.start, link.end):
        start, end = match.span()
        if not external and _belongs(page.text, start, end, right_to_left=True):
            continue
        yield Finding(
            page.span(start, end),
            f"{_name(match[0])} is hidden in the address; the link leads nowhere, though it looks right",
            help="remove it",
            fix=Fix("Remove it", (Edit(page.span(start, end), ""),), safe=external),
            severity=Severity.ERROR,
        )


def _name(characters: str) -> str:
    first = characters[0]
    return f"U+{ord(first):04X}, a {_NAMES.get(first, 'direction mark' if _IS_DIRECTION.match(first) else 'tag character')},"


def _belongs(text: str, start: int, end: int, *, right_to_left: bool) -> bool:
    """Whether the characters do something useful there."""
    characters = text[start:end]
    before, after = text[start - 1 : start], text[end : end + 1]
    around = text[max(0, start - 4) : start] + text[end : end + 4]
    if _IS_DIRECTION.fullmatch(characters):
        return right_to_left
    first = characters[0]
    if first == "\u00ad":
        return before.isalpha() and after.isalpha()
    if first == "\u2060":
        return not (before.isspace() or after.isspace())
    if first in "\u200c\u200d":
        return _joins(around, before, after)
    if first == "\u200b":
        return _NO_SPACES.search(around) is not None or before in _MARKUP or after in _MARKUP
    return "\U000e0020" <= first <= "\U000e007f" and _is_emoji(before)


def _joins(around: str, before: str, after: str) -> bool:
    """Between letters, in emoji, and beside anything from Arabic to the Indic and Asian scripts."""
    if any("\u0590" <= c <= "\u1fff" or c >= "\ua800" for c in around if c not in "\ufeff\ufffc\ufffd"):
        return True
    return (before.isalpha() and after.isalpha()) or _is_emoji(before) or _is_emoji(after)


def _is_emoji(character: str) -> bool:
    return (
        "\u2190" <= character <= "\u2bff"
        or "\U0001f000" <= character <= "\U0001faff"
        or character in ("\ufe0f", "\u20e3")
    )


def _changes_nothing(page: Page, start: int, end: int) -> bool:
    """Whether neither a URL, nor an anchor, nor what Markdown makes of the line depends on the characters."""
    text = page.text
    if start < page.body.start:
        return False
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if not line.strip(" \t>") and not text[end : end + 1].isalpha():
        return False  # without them this may be a blank line, or begin with a Markdown mark
    if page.settings.markup.id_type != "blackfriday":
        return True  # GitHub's way of making anchors drops every invisible character
    return not in_heading(page.body, start)


RULE = Rule(
    "VD404",
    "zero-width-character",
    on=Page,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            "می\u200cخواهم, क्\u200dष, 👩\u200d🔬 🏴\U000e0067\U000e0062\U000e007f, ภาษา\u200bไทย, **「語」**\u200bです, Donau\u00addampf\n"
        ),
        Good("עברית\u200f (D3)\u200e\n"),
        Good("Auf\u200clage, `a\u200bb`, **x**\u200by\n"),
        Bad(
            "idea of \u200b\u200bthe day\ufeff, \u200e2012\n",
            at=["1:9-1:11", "1:18-1:19", "1:21-1:22"],
            fixed="idea of the day, 2012\n",
        ),
        Bad(
            "[a](https://doi.org/10.5555/\u200b12)\n",
            at=["1:29-1:30"],
            fixed="[a](https://doi.org/10.5555/12)\n",
        ),
        Bad(
            '---\ntitle: "Vitamin\u200b D"\n---\n\nx\n',
            at=["2:16-2:17"],
            fixed='---\ntitle: "Vitamin D"\n---\n\nx\n',
            unsafe=True,
        ),
    ),
)
