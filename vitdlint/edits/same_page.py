"""Whether an edited page still parses to the same, except where it was meant to change."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from ..core.model import Diagnostic
from ..frontmatter.places import places
from ..page.markdown.body import Body
from ..page.page import Page

_BLANK_LINE = re.compile(r"\n[ \t\r]*(?=\n)")
_FAR = 20_000
"""Characters before a stretch in which a blank line is looked for; a block that large begins where its line does."""


class Stretch(NamedTuple):
    """A stretch of the text before the edit, and how long what is there afterwards is."""

    start: int
    end: int
    length: int


_Item = tuple[str, tuple[Any, ...], int, int]
"""What a part of a page is, what is in it, where it begins and ends."""


def difference(
    before: Page, after: Page, edits: Iterable[Stretch], meant: Iterable[tuple[int, int]]
) -> str | None:
    """What changed on the page besides the edits and what they touch; None if nothing did.

    `meant` are further stretches of the old text that the edits are about, such as the code block that is to be none.
    """
    moves = _Moves(sorted(edits))
    free = _joined([*((e.start, e.end) for e in moves.edits), *meant])
    return _difference(before, after, moves, free)


def visible_difference(before: Page, after: Page, insertions: Iterable[Stretch]) -> str | None:
    """What changed on the page, other than that something is there that no reader sees; None if nothing did."""
    return _difference(before, after, _Moves(sorted(insertions)), [])


def _difference(before: Page, after: Page, moves: _Moves, free: Sequence[tuple[int, int]]) -> str | None:
    inserted = [(moves.there(edit.start), moves.there(edit.end, after=True)) for edit in moves.edits]
    there = _joined((moves.there(start), moves.there(end, after=True)) for start, end in free)
    # Most of a page is neither front matter that changed nor text that did: no look at each part of it.
    fronts = before.front.source != after.front.source
    prose = _between(before.body.prose, free) != _between(after.body.prose, there)
    parts = _items(before, free, fronts=fronts, prose=prose)
    old = Counter(item for item in parts if not _touches(item, free))
    new = Counter(
        (what, content, moves.back(start), moves.back(end))
        for what, content, start, end in _items(after, there, fronts=fronts, prose=prose)
        if not _touches((what, content, start, end), there) and not _within(start, end, inserted)
    )
    for items, verb in ((old - new, "would be lost"), (new - old, "would appear")):
        for what, content, start, _ in sorted(items, key=lambda item: item[2]):
            line = before.text.count("\n", 0, start) + 1
            return f"{what} {_short(content)} on line {line} {verb}"
    return None


def changed_besides(before: Page, after: Page, diagnostics: Iterable[Diagnostic]) -> str | None:
    """What the fixes of these findings changed besides the blocks that hold them and their findings; or None."""
    path = before.path
    edits: set[Stretch] = set()
    meant: list[tuple[int, int]] = []
    for diagnostic in diagnostics:
        if diagnostic.fix is not None:
            edits.update(
                Stretch(place.start, place.end, len(text))
                for place, text in diagnostic.fix.edits
                if place.path == path
            )
        if diagnostic.place.path == path:
            meant.append(block(before.text, diagnostic.place.start, diagnostic.place.end))
    meant += [block(before.text, edit.start, edit.end) for edit in edits if edit.start >= before.front.end]
    return difference(before, after, edits, meant) or _read_otherwise(
        before, after, sorted(edits), diagnostics
    )


def _read_otherwise(
    before: Page, after: Page, edits: Sequence[Stretch], diagnostics: Iterable[Diagnostic]
) -> str | None:
    """What a reader sees, or can follow, no longer or only now in the blocks of safe fixes, besides the edits themselves."""
    fixes = [d.fix for d in diagnostics if d.fix is not None]
    if not all(fix.safe for fix in fixes):
        return None
    if _open_headings(before) != _open_headings(after):
        return "an anchor that a shortcode completes could change"
    moves = _Moves(edits)
    free = _joined(
        [
            *((edit.start, edit.end) for edit in edits),
            *(
                block(before.text, place.start, place.end)
                for fix in fixes
                if fix.reshapes
                for place, _ in fix.edits
                if place.path == before.path
            ),
        ]
    )
    there = _joined((moves.there(start), moves.there(end, after=True)) for start, end in free)
    for old, new in zip(_seen(before, free), _seen(after, there), strict=True):
        if old != new:
            lost = next((a for a, b in zip_longest(old, new) if a != b), None)
            gained = next((b for a, b in zip_longest(old, new) if a != b), None)
            return f"the text around it would be read otherwise: {lost or gained}"
    return None


def _open_headings(page: Page) -> list[str]:
    """The texts of the headings whose ids only Hugo knows whole."""
    places = {anchor.start for anchor in page.body.anchors if anchor.kind == "open"}
    return [heading.text for heading in page.body.headings if heading.start in places]


def _seen(page: Page, free: Sequence[tuple[int, int]]) -> Iterator[Sequence[str]]:
    """The words of a page's text and the targets of its links, without those in the stretches."""
    shown = [(link.start, link.end) for link in page.body.links if link.kind in ("bare", "autolink")]
    text = _without(_with(page.body.prose, page.text, shown), free)
    yield text.replace("\0", "").split()
    yield [
        f"{link.kind} {link.target}"
        for link in page.body.links
        if not _overlaps(free, link.outer_start, link.outer_end) and not _overlaps(free, link.start, link.end)
    ]


def block(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines around a stretch, up to empty ones: as far as Markdown lets a change of one line reach."""
    first = max(
        (match.end() for match in _BLANK_LINE.finditer(text, max(0, start - _FAR), start)), default=None
    )
    if first is None:
        first = 0 if start <= _FAR else text.rfind("\n", 0, start) + 1
    last = _BLANK_LINE.search(text, end)
    return first, last.start() + 1 if last else len(text)


class _Moves:
    """Where offsets of the old text are in the new one, and back."""

    def __init__(self, edits: Sequence[Stretch]) -> None:
        self.edits = edits
        self._starts = [edit.start for edit in edits]
        self._shifts = [0]
        for edit in edits:
            self._shifts.append(self._shifts[-1] + edit.length - (edit.end - edit.start))
        self._new_ends = [edit.end + shift for edit, shift in zip(edits, self._shifts[1:], strict=True)]

    def there(self, offset: int, *, after: bool = False) -> int:
        """An old offset in the new text; at an insertion before it, or `after` it."""
        find = bisect_right if after else bisect_left
        return offset + self._shifts[find(self._starts, offset)]

    def back(self, offset: int) -> int:
        """A new offset, outside of what was edited, in the old text."""
        return offset - self._shifts[bisect_right(self._new_ends, offset)]


def _with(prose: str, text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """The prose with stretches of the text that readers see as well."""
    pieces: list[str] = []
    at = 0
    for start, end in stretches:
        pieces += (prose[at:start], text[start:end])
        at = end
    return "".join([*pieces, prose[at:]])


def _without(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    return "".join(_between(text, stretches))


def _between(text: str, stretches: Iterable[tuple[int, int]]) -> list[str]:
    """What lies before, between and after the stretches."""
    pieces: list[str] = []
    at = 0
    for start, end in stretches:
        pieces.append(text[at:start])
        at = end
    return [*pieces, text[at:]]


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted stretches, those that overlap or meet made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _touches(item: _Item, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether an item overlaps a joined stretch or touches it."""
    return _overlaps(stretches, item[2], item[3])


def _overlaps(stretches: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_right(stretches, (end, sys.maxsize)) - 1
    return at >= 0 and stretches[at][1] >= start


def _within(start: int, end: int, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether something lies inside one of the sorted stretches."""
    at = bisect_right(stretches, (start, sys.maxsize)) - 1
    return at >= 0 and end <= stretches[at][1]


def _items(page: Page, free: Sequence[tuple[int, int]], *, fronts: bool, prose: bool) -> Iterator[_Item]:
    """Everything that a page is made of; front matter and text only if wanted. Comments are nothing that a reader sees.

    The target of a link may be far from it, in a definition; one that is in the free stretches may be any.
    """
    body: Body = page.body
    spots = places(page.front) if fronts else {}
    for key, value in page.front.data.items() if fronts else ():
        place = spots.get((key,))
        if place is not None and place.key_start >= 0:
            start, end = place.span(key=True)[0], place.end
        else:
            start, end = page.front.start, min(page.front.start + 1, page.front.end)
        yield "the key", (key, repr(value)), start, end
    for link in body.links:
        defined = not link.outer_start <= link.start <= link.outer_end
        target = "" if defined and _overlaps(free, link.start, link.end) else link.target
        yield "the link", (target, link.kind, link.attribute), link.outer_start, link.outer_end
    for heading in body.headings:
        yield "the heading", (heading.text, heading.level, heading.id), heading.start, heading.end
    for code in body.codes:
        yield "the code", (code.kind, code.info), code.start, code.end
    for table in body.tables:
        yield "the table", (len(table.rows),), table.start, table.end
    for tag in body.tags:
        yield "the tag", (f"<{'/' if tag.closing else ''}{tag.name}>", tag.block), tag.start, tag.end
    for shortcode in body.shortcodes:
        yield "the shortcode", (shortcode.name, shortcode.closing), shortcode.start, shortcode.end
    for anchor in body.anchors:
        yield "the anchor", (anchor.id, anchor.kind), anchor.start, anchor.end
    for start, end in body.html_blocks:
        yield "the HTML block", ("",), start, end
    if prose:
        yield from _prose(body)


def _prose(body: Body) -> Iterator[_Item]:
    """The words of each line that a reader sees as text."""
    at = 0
    for line in body.prose.split("\n"):
        if words := line.replace("\0", "").strip():
            yield "the text", (words,), at, at + len(line)
        at += len(line) + 1


def _short(content: tuple[Any, ...]) -> str:
    text = str(content[0])
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'
