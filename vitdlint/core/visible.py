"""Text of unknown origin, made safe to look at, and for programs that read a log."""

from __future__ import annotations

import re
import unicodedata

from .lazy_re import lazy_re

_SUSPECT = lazy_re(r"[^ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u058f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Characters outside the blocks that hold nothing but visible ones; the rest are looked up one by one."""

_KEPT = frozenset("\u200c\u200d")
"""Joiners: scripts and emoji are not readable without them."""
_OF_CI = lazy_re(r"##(?=[a-z]*\[)")
_COMMAND = lazy_re(r"^(\s*):(?=:)")
"""How a line begins that GitHub takes for a workflow command."""


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    code = ord(char)
    no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    if char in _KEPT or not (
        no_character or unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    ):
        return char
    if code < 0x100:
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible(text: str) -> str:
    r"""The text with every character that could steer a terminal or hide itself written as an escape.

    Control characters (line ends too), format characters (bidi controls, zero-width ones except the joiners),
    line separators, private-use characters, lone surrogates and what is no character become `\x1b`, `\u202e` and the
    like. What is left is one line that a terminal shows as it is, that XML can hold, and in which no service for CI
    finds the `##[command]` or `##vso[command]` of its own.
    """
    if not (text.isascii() and text.isprintable()):
        text = _SUSPECT.sub(_escape, text)
    return _OF_CI.sub(r"#\\x23", text) if "##" in text else text


def inert(text: str) -> str:
    """Lines to print whose origin is unknown: `visible`, line by line, and none of them a workflow command."""
    return "\n".join(_COMMAND.sub(r"\1\\x3a", visible(line)) for line in text.split("\n"))
