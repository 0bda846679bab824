"""Classes of characters as Go's `unicode` package and goldmark know them."""

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
