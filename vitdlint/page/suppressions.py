"""Suppression comments, as facts: which rule is suppressed on which lines, and where the comment is.

`<!-- vitdlint-disable-next-line RULE: reason -->`, `-disable-line`, `-disable-file`, and `-disable` up to
`-enable` or the end of the file. Several rules are separated by commas. In YAML and TOML front matter the same words
are after a `#`. There is no form without a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ..core.lazy_re import lazy_re
from ..frontmatter.block import FrontMatter
from .markdown.body import Comment
from .page import Suppression, place

LAST_LINE = 2**31 - 1
_OPEN = LAST_LINE - 1  # a -disable that no -enable has closed yet; the end of any file comes before it

_DIRECTIVE = lazy_re(r"vitdlint-(disable-next-line|disable-line|disable-file|disable|enable)\b([^\n:]*):?")
_RULE = lazy_re(r"[^\s,]+")


def scan(
    text: str, front: FrontMatter, comments: Sequence[Comment], lines: Any, path: str
) -> tuple[Suppression, ...]:
    """Every suppression of a page, in document order; an `-enable` closes the nearest open `-disable`."""
    if "vitdlint-" not in text:
        return ()
    found: list[Suppression] = []
    for start, end in [*_front_comments(front), *((c.start, c.end) for c in comments)]:
        match = _DIRECTIVE.search(text, start, end)
        if match is None:
            continue
        verb = match[1]
        here = place(path, lines, start, end)
        reason = text[match.end() : end].removesuffix("-->").strip() if text[match.end() - 1] == ":" else ""
        named = list(_RULE.finditer(text, match.start(2), match.end(2)))
        named = [m for m in named if m[0] not in ("-->", "--")]
        rules = [(m[0], m.start(), m.end()) for m in named] or [("", match.start(), match.end(1))]
        for name, at, to in rules:
            if verb == "enable":
                _close(found, name, here.line)
                continue
            first, last = {
                "disable-next-line": (here.end_line + 1, here.end_line + 1),
                "disable-line": (here.line, here.end_line),
                "disable-file": (1, LAST_LINE),
                "disable": (here.line, _OPEN),
            }[verb]
            found.append(Suppression(name, first, last, at, to, _with_gap(text, start, end), end, reason))
    return tuple(found)


def _with_gap(text: str, start: int, end: int) -> int:
    """Where a comment begins, or the spaces before one that ends its line: without it, they would make a line break."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end:].partition("\n")[0]
    if after.strip(" \t\r*_~") or not before.strip():
        return start
    return start - len(before) + len(before.rstrip(" \t"))


def _close(found: list[Suppression], name: str, line: int) -> None:
    for i in range(len(found) - 1, -1, -1):
        open_ = found[i]
        if open_.last_line == _OPEN and name in ("", open_.rule):
            found[i] = open_._replace(last_line=line)
            return


def _front_comments(front: FrontMatter) -> Iterator[tuple[int, int]]:
    if front.kind in ("yaml", "toml"):
        for match in re.finditer(r"(?m)#[ \t]*vitdlint-[^\n]*", front.source):
            yield front.start + match.start(), front.start + match.end()
