"""How deeply a block of front matter may nest, and a quick measure of it."""

from __future__ import annotations

import re

from ..core.lazy_re import lazy_re

MAX_DEPTH = 250
"""Levels of lists and mappings. Hugo takes 10,000 in JSON; nobody writes more than ten. Past this a reader gives
up with a syntax problem, so that nothing that walks the values later can run out of stack."""

_BRACKET = lazy_re(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{\]}]', re.DOTALL)


def too_deep(source: str) -> int:
    """The offset of the bracket that opens level MAX_DEPTH + 1, or -1. Brackets in double quotes do not count."""
    if len(source) <= MAX_DEPTH or source.count("[") + source.count("{") <= MAX_DEPTH:
        return -1
    level = 0
    for found in _BRACKET.finditer(source):
        bracket = found.group()
        if bracket in {"[", "{"}:
            level += 1
            if level > MAX_DEPTH:
                return found.start()
        elif bracket in {"]", "}"}:
            level -= 1
    return -1
