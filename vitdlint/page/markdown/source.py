"""The text that goldmark gets to see, as long as the page's text, so that every offset stays true."""

from __future__ import annotations

from ...core.lazy_re import lazy_re
from .shortcodes import MORE, Scan

_NOTHING = "\u2060"
"""A character (word joiner) that is neither letter nor punctuation nor space."""
_BLANK_LINE_END = lazy_re(r"[ \t\r]*(?:\n|\Z)")


def visible_source(text: str, start: int, scan: Scan) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The body with spaces before it, placeholders for shortcodes and line feeds alone as line breaks.

    Returns it with the spans of the placeholders, which are no text of the page.
    """
    body = text[start:]
    hidden = scan.hidden
    if scan.shortcodes or scan.escaped:
        body = _with_placeholders(text, start, scan)
    # Hugo 0.168 replaces the first of them by a paragraph of its own, wherever it is.
    more = body.find(MORE) if "!" in body else -1  # one character is found much faster than several
    if more >= 0:
        body = body[:more] + "\n\nXXXXXXX\n\n" + body[more + len(MORE) :]
        hidden = tuple(sorted([*hidden, (start + more, start + more + len(MORE))]))
    if "\r" in body:
        body = body.replace(
            "\r", " "
        )  # before a line feed it is a space; alone it breaks no line for goldmark
    if "\0" in body:
        body = body.replace("\0", "\ufffd")
    return (" " * (start - 1) + "\n" if start else "") + body, hidden


def _with_placeholders(text: str, start: int, scan: Scan) -> str:
    pieces: list[str] = []
    position = start
    begins = {begin for begin, _ in scan.apart}
    replacements = [(*span, "X") for span in scan.hidden] + [(*span, _NOTHING) for span in scan.escaped]
    for first, last, fill in sorted(replacements):
        if first < position:
            continue
        pieces.append(text[position:first])
        if last in begins and not text[text.rfind("\n", 0, first) + 1 : first].strip():
            pieces.append("\n" * (last - first))  # what follows is the first line of a text of its own
            position = last
            continue
        pieces.append((" " if _alone(text, first, last) else fill) * (last - first))
        position = last
    pieces.append(text[position:])
    return "".join(pieces)


def _alone(text: str, first: int, last: int) -> bool:
    """Whether the span is one `{{% %}}` tag with a line to itself, whose output is a block of Markdown."""
    if not text.startswith("{{%", first):
        return False
    while first > 0 and text[first - 1] in " \t":
        first -= 1
    return (first == 0 or text[first - 1] == "\n") and _BLANK_LINE_END.match(text, last) is not None
