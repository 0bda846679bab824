"""How Hugo turns names into path elements, and paths into URLs, byte for byte (Hugo 0.168)."""

from __future__ import annotations

import re
from functools import lru_cache
from posixpath import normpath
from unicodedata import category, normalize
from urllib.parse import quote, unquote_to_bytes

from ..core.lazy_re import lazy_re

_PLAIN = re.compile(r"[A-Za-z0-9._/\\#+~@-]*")
_SPACES = frozenset("\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | {
    chr(c) for c in range(0x2000, 0x200B)
}
_OTHER_ALLOWED = frozenset("./\\_#+~-@")
_HEX = frozenset("0123456789abcdefABCDEF")
_UNESCAPED = "/$&+,:;=@"
"""What Go leaves alone when it escapes a path, besides letters, digits and `-_.~`."""
_VALID_ENCODED = lazy_re(r"(?:[A-Za-z0-9\-_.~/$&+,:;=@!'()*\[\]]|%[0-9A-Fa-f]{2})*")
_PLAIN_URL = re.compile(r"/?(?!/)[A-Za-z0-9\-_.~/$&+,:;=@]*")
_NEEDS_QUOTE = lazy_re(r"[^A-Za-z0-9\-_.~/$&+,:;=@!'()*]")
_BAD_ESCAPE = lazy_re(r"%(?![0-9A-Fa-f]{2})")


def lower(text: str) -> str:
    """Lower case rune by rune, as Go does it: no final sigma, and a dotted capital I becomes a plain i."""
    if text.isascii():
        return text.lower()
    return "".join("i" if c == "\u0130" else c.lower() for c in text)


def logical(name: str) -> str:
    """Hugo's identity of a file name or a term: lower case, each space a hyphen."""
    return lower(name).replace(" ", "-")


def clean(path: str) -> str:
    """Resolve `.`, `..` and `//` as Go's `path.Clean`; '' becomes '.'."""
    cleaned = normpath(path)
    return cleaned[1:] if cleaned.startswith("//") else cleaned


def join(*parts: str) -> str:
    """Join and clean the parts that are not empty, as Go's `path.Join`; '' if all are empty."""
    filled = [p for p in parts if p]
    return clean("/".join(filled)) if filled else ""


def sanitize(text: str, *, keep_case: bool = False, drop_accents: bool = False) -> str:
    r"""What Hugo writes for a slug, a file's base name, a term or a directory.

    Letters, digits, marks and `./\_#+~-@` stay, `%` only before two hexadecimal digits; white space becomes one
    hyphen between other characters; everything else goes.
    """
    if not drop_accents and _PLAIN.fullmatch(text):
        return text if keep_case else text.lower()
    return _sanitize(text, keep_case, drop_accents)


@lru_cache(maxsize=4096)
def _sanitize(text: str, keep_case: bool, drop_accents: bool) -> str:
    if not _PLAIN.fullmatch(text):
        text = _allowed_only(text)
    if drop_accents:
        text = normalize("NFC", "".join(c for c in normalize("NFD", text) if category(c) != "Mn"))
    return text if keep_case else lower(text)


def _allowed_only(text: str) -> str:
    if all(_allowed(text, i, c) for i, c in enumerate(text)):
        return text
    out: list[str] = []
    hyphen_due = after_hyphen = False
    for i, char in enumerate(text):
        if _allowed(text, i, char):
            after_hyphen = char == "-"
            if hyphen_due and not after_hyphen:
                out.append("-")
            hyphen_due = False
            out.append(char)
        elif out and not after_hyphen and char in _SPACES:
            hyphen_due = True
    return "".join(out)


def _allowed(text: str, i: int, char: str) -> bool:
    if char.isascii():
        if char.isalnum() or char in _OTHER_ALLOWED:
            return True
        return char == "%" and len(text) > i + 2 and text[i + 1] in _HEX and text[i + 2] in _HEX
    kind = category(char)
    return kind[0] in "LM" or kind == "Nd"


def escape_path(path: str) -> str:
    """Percent-encode a path as RelPermalink has it: an escape that is there already stays, `#` is encoded.

    A path that holds an invalid escape cannot be encoded; Hugo's build fails on it, and here it is quoted whole.
    """
    if _PLAIN_URL.fullmatch(path):
        return path
    return _escape_path(path)


@lru_cache(maxsize=4096)
def _escape_path(path: str) -> str:
    path = path.replace("#", "%23")
    if path.startswith("//"):
        path = "/" + path[2:].partition("/")[2]  # read as a host
    if _BAD_ESCAPE.search(path):
        return quote(path, safe=_UNESCAPED)
    if _VALID_ENCODED.fullmatch(path):
        return path
    return quote(unquote_to_bytes(path), safe=_UNESCAPED)


def escape_url(url: str) -> str:
    """As `escape_path` for a value of `url`, where a `?` starts a query, which stays as it is."""
    path, mark, query = url.partition("?")
    return escape_path(path) + mark + query.replace("#", "%23")


def quote_path(path: str) -> str:
    """The URL that asks a server for exactly this file: every byte that could mean something else is encoded."""
    if _PLAIN_URL.fullmatch(path):
        return path
    return _NEEDS_QUOTE.sub(_quoted, path)


@lru_cache(maxsize=4096)
def _quote_char(char: str) -> str:
    return quote(char.encode("utf-8", "surrogatepass"), safe="")


def _quoted(found: re.Match[str]) -> str:
    return _quote_char(found[0])
