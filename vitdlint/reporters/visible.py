"""Text of unknown origin, made safe to look at."""

from __future__ import annotations

import re
import unicodedata

from ..core.lazy_re import lazy_re

_SUSPECT = lazy_re(r"[^ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u058f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Characters outside the blocks that hold nothing but visible ones; the rest are looked up one by one."""

_KEPT = frozenset("\u200c\u200d")
"""Joiners: scripts and emoji are not readable without them."""


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if char in _KEPT or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        return char
    code = ord(char)
    if code < 0x100:
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible(text: str) -> str:
    r"""The text with every character that could steer a terminal or hide itself written as an escape.

    Control characters (line ends too), format characters (bidi controls, zero-width ones except the joiners),
    line separators, private-use characters and lone surrogates become `\x1b`, `\u202e` and the like. What is left
    is one line that a terminal shows as it is.
    """
    if text.isascii() and text.isprintable():
        return text
    return _SUSPECT.sub(_escape, text)
