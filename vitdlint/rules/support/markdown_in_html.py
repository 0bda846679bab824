"""Blocks of Markdown within raw HTML: no blank line is before them, so that readers see them as they are typed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from ...core.html import VOID
from ...core.lazy_re import lazy_re
from ...core.model import Edit, Fix
from ...page.markdown.body import Tag
from ...page.markdown.cells import DELIMITER_ROW
from ...page.markdown.html_blocks import opening
from ...page.page import Page

_BLOCK = lazy_re(
    r"^(?P<indent>[ \t]*)(?:(?P<heading>#{1,6}[ \t]+\w)|(?P<list>[-*+][ \t]+\S|1[.)][ \t]+\S)|(?P<quote>>[ \t]+\w)"
    r"|(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})|(?P<table>\|?[ \t]*:?-+:?[ \t]*\|[-|: \t\r]*$))",
    re.MULTILINE,
)
_SAME_LIST = {"-": "-", "*": "*", "+": "+", "1": "2"}
"""How the second item begins, by how the first does."""
_CONTAINERS = frozenset(
    [
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "li",
        "main",
        "nav",
        "section",
        "summary",
        "td",
        "th",
    ]
)
"""Elements that may hold a list, a table and the like."""
_SHOWN = {
    "heading": "heading",
    "list": "list",
    "quote": "quotation",
    "fence": "code block",
    "table": "table",
}


class Typed(NamedTuple):
    """One block that is shown as it is typed."""

    what: str
    start: int
    end: int
    """Of its first line."""
    fix: Fix | None


def typed_blocks(page: Page) -> Iterator[Typed]:
    """Headings, lists, quotations, code blocks and tables in the HTML blocks of a page of Markdown."""
    if not page.settings.markup.unsafe or page.path.endswith((".html", ".htm")):
        return
    text, prose = page.text, page.body.prose
    elements = _Open(page.body.tags)
    for start, end in page.body.html_blocks:
        done = start
        for match in _BLOCK.finditer(prose, start, end):
            kind = match.lastgroup or ""
            at = match.end("indent")
            if at < done or not _begins_line(text, at):
                continue
            if kind == "list" and not _goes_on(prose, at, end):
                continue
            if kind == "table":
                at = _header(page, at, start)
                if at < 0:
                    continue
            done = _end_of_run(text, at, end)
            stop = text.find("\n", at)
            line = text[at : stop if stop >= 0 else len(text)].rstrip()
            yield Typed(_SHOWN[kind], at, at + len(line), _fix(page, elements, kind, (start, end), at, done))


def _begins_line(text: str, at: int) -> bool:
    line = text.rfind("\n", 0, at) + 1
    return not text[line:at].strip()


def _goes_on(prose: str, at: int, end: int) -> bool:
    """Whether the next line is the next item: one alone may be a footnote, or a minus."""
    line = prose.find("\n", at, end) + 1
    if not line:
        return False
    return prose[line : line + 200].lstrip(" \t").startswith((_SAME_LIST[prose[at]] + " ", "2.", "2)"))


def _header(page: Page, dashes: int, start: int) -> int:
    """Where the header above a line of dashes begins; -1 if there is none."""
    text = page.text
    line = text.rfind("\n", 0, dashes) + 1
    stop = text.find("\n", dashes)
    above = text.rfind("\n", start, line - 1) + 1
    at = above + len(text[above:line]) - len(text[above:line].lstrip())
    if above <= start or "|" not in page.body.prose[above:line]:
        return -1
    return at if DELIMITER_ROW.fullmatch(text, line, stop if stop >= 0 else len(text)) else -1


def _end_of_run(text: str, at: int, end: int) -> int:
    """Where the line begins that is HTML again, or the end of the block."""
    fence = re.match(r"`{3,}|~{3,}", text[at : at + 100])
    line = text.find("\n", at, end) + 1
    while 0 < line < end:
        shown = text[line : line + 1000].lstrip(" \t")
        if fence is not None:
            if shown.startswith(fence[0]):
                following = text.find("\n", line, end) + 1
                return following or end
        elif shown.startswith("<"):
            return line
        line = text.find("\n", line, end) + 1
    return end


def _fix(page: Page, elements: _Open, kind: str, block: tuple[int, int], at: int, done: int) -> Fix | None:
    """Blank lines around the block; None where that would change more than it."""
    text = page.text
    line = text.rfind("\n", 0, at) + 1
    after = text[done : block[1]]
    if text[block[0] - 1 : block[0]] not in ("", "\n") or line <= block[0] or at - line > 3:
        return None  # in a list or a quotation, or code after a blank line
    if kind == "fence" and not _is_closed(text, at, done):
        return None
    if after.strip() and (not after.startswith(("<", " <", "  <", "   <")) or opening(_line(after)) is None):
        return None
    if elements.innermost(block[0], at) not in _CONTAINERS:
        return None
    newline = "\r\n" if text.endswith("\r\n", 0, line) else "\n"
    edits = [Edit(page.span(line, line), newline)]
    if after.strip():
        edits.append(Edit(page.span(done, done), newline))
    return Fix("Leave a blank line around it", tuple(edits), safe=kind != "heading", reshapes=True)


def _line(text: str) -> str:
    return text.lstrip(" ").partition("\n")[0].rstrip("\r")


def _is_closed(text: str, at: int, done: int) -> bool:
    last = text.rfind("\n", at, done - 1) + 1
    return last > at and text[last:done].strip() == text[at : at + len(text[last:done].strip())]


class _Open:
    """The elements that are open, asked for one place of a block after another."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self._tags = tags
        self._block = -1
        self._next = 0
        self._opened: list[str] = []
        self._names: Counter[str] = Counter()

    def innermost(self, block: int, at: int) -> str:
        """The innermost element of the block that begins there; "div" if none is open."""
        if block != self._block:
            self._block, self._opened, self._names = block, [], Counter()
            self._next = bisect_left(self._tags, block, key=attrgetter("start"))
        while self._next < len(self._tags) and (tag := self._tags[self._next]).start < at:
            self._next += 1
            if tag.name in VOID or tag.self_closing:
                continue
            if not tag.closing:
                self._opened.append(tag.name)
                self._names[tag.name] += 1
            elif self._names[tag.name]:
                while (name := self._opened.pop()) != tag.name:
                    self._names[name] -= 1
                self._names[tag.name] -= 1
        return self._opened[-1] if self._opened else "div"
