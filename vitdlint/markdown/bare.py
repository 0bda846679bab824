"""Where bare links may begin in text already parsed, and whether that parsing stands in the presence of them."""

from __future__ import annotations

from bisect import bisect_right

from vitdlint.markdown import linkify
from vitdlint.markdown.parts import Inline, Parts


def bare_links(source: str, start: int, parts: Parts) -> bool:
    """Add the bare links of the body to `parts`; False if one swallows what was taken for markup.

    goldmark reads a bare link when it comes to it, so that delimiters within it mean nothing.
    """
    text = parts.text
    found: list[Inline] = []
    done = start
    for candidate in linkify.CANDIDATE.finditer(source, start):
        at = candidate.start()
        if at < done:
            continue
        index = bisect_right(text, (at, len(source))) - 1
        if index < 0 or text[index][1] <= at:
            continue
        first, last = index, index
        while first > 0 and text[first - 1][1] == text[first][0]:
            first -= 1
        while last + 1 < len(text) and text[last + 1][0] == text[last][1]:
            last += 1
        begin, end = text[first][0], text[last][1]
        if candidate[0] == "@":
            begins = _mail_starts(source, max(begin, done), at)
        else:
            begins = [at]
        for first_character in begins:
            if not _may_begin(source, first_character, begin, parts):
                continue
            line_end = source.find("\n", first_character)
            stop = linkify.match(source, first_character, line_end if line_end >= 0 else len(source))
            if stop is None:
                continue
            if _in_label(source, first_character, parts, found):
                break
            if stop > end:
                return False
            found.append(
                Inline("bare", first_character, stop, first_character, stop, (first_character, stop))
            )
            done = stop
            break
    if found:
        parts.inlines += found
        parts.inlines.sort(key=lambda inline: inline.start)
    return True


def _mail_starts(source: str, begin: int, at: int) -> list[int]:
    position = at
    while position > begin and source[position - 1] in linkify.MAIL_CHARACTERS:
        position -= 1
    return [place for place in range(position, at) if source[place].isalnum() and source[place] < "\x80"]


def _may_begin(source: str, at: int, begin: int, parts: Parts) -> bool:
    """At the start of a line, after a space, `(`, a delimiter, or right after something that is not text."""
    if at == begin:
        return source[at - 1 : at] != "\\"
    before = source[at - 1]
    if before in " *_~(\n":
        return source[at - 2 : at - 1] != "\\"
    return before in "'\""


def _in_label(source: str, at: int, parts: Parts, found: list[Inline]) -> bool:
    """Whether a `[` before it in the same block is still open."""
    for inline in parts.inlines:
        if inline.start >= at:
            break
        if inline.kind in {"link", "image"} and inline.inner_start <= at < inline.inner_end:
            return True
    block = parts.blocks[bisect_right(parts.blocks, at) - 1] if parts.blocks else 0
    return False
