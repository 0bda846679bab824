"""Classes of characters as Go's `unicode` package and goldmark know them, whether one is escaped, and what an entity is."""

from __future__ import annotations

import unicodedata


def is_punctuation(character: str) -> bool:
    """As IsPunctRune in goldmark: ASCII punctuation, and Unicode's classes P and S."""
    if character < "\x80":
        return character in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
    return unicodedata.category(character)[0] in "PS"


def is_space(character: str) -> bool:
    """As IsSpaceRune in goldmark: ASCII white space, and Unicode's class Zs."""
    if character < "\x80":
        return character in "\t\n\v\f\r "
    return unicodedata.category(character) == "Zs"


def is_letter(character: str) -> bool:
    """Go's unicode.IsLetter."""
    return unicodedata.category(character)[0] == "L"


def is_digit(character: str) -> bool:
    """Go's unicode.IsDigit."""
    return unicodedata.category(character) == "Nd"


def entity(name: str) -> str:
    """The text of an entity of HTML, by its name with the semicolon; '' if there is none of that name."""
    from html.entities import html5  # 1.5 ms, and few pages have any

    return html5.get(name, "")


def flanking(before: str, after: str) -> tuple[bool, bool]:
    """Whether a delimiter run between these characters is left-flanking, and whether it is right-flanking.

    CommonMark 0.31, section 6.2.
    """
    space_before, space_after = is_space(before), is_space(after)
    marks_before, marks_after = is_punctuation(before), is_punctuation(after)
    left = not space_after and (not marks_after or space_before or marks_before)
    right = not space_before and (not marks_before or space_after or marks_after)
    return left, right


def escaped(content: str, at: int) -> bool:
    """Whether an odd number of backslashes comes before."""
    start = at
    while start > 0 and content[start - 1] == "\\":
        start -= 1
    return (at - start) % 2 == 1
