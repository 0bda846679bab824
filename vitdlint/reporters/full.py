"""Findings for people: the line itself, what is wrong with it, where else to look, and the edit that fixes it.

Findings of one rule with the same cause are shown once, with the places of the others. Colours and links are plain
escape sequences of ours; text from a page or a file name passes `visible` first. Not a stable surface.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from ..core.model import Diagnostic, Place, PlacedEdit, PlacedFix, Report, Severity
from ..core.visible import visible
from . import Context
from .closing import closing, mark
from .cure_notes import notes
from .excerpt import MORE, Line, bounds, cut, excerpt
from .fold import Item, items
from .overview import overview, rest
from .paint import Paint
from .statistics import statistics

FEW = 5
"""How many second places, further places of one cause, edits of one fix, or lines of one edit are shown."""


@dataclass(frozen=True)
class _Page:
    """How this run writes: a style's paint, excerpts' texts, and the context."""

    context: Context
    text_of: Callable[[str], str | None]
    paint: Paint

    def place(self, place: Place) -> str:
        return f"{visible(self.context.shown(place.path))}:{place.line}:{place.column}"

    def rule(self, diagnostic: Diagnostic) -> str:
        url = self.context.url(diagnostic.code, diagnostic.name) if self.context.hyperlinks else None
        text = self.paint(diagnostic.severity.word, diagnostic.code)
        return f"\x1b]8;;{visible(url)}\x1b\\{text}\x1b]8;;\x1b\\" if url else text

    def frame(self, number: int | None, gutter: int) -> str:
        """The margin left of a line: its number, and a bar."""
        shown = "" if number is None else str(number)
        return self.paint("frame", f"{shown:>{gutter}} |")


def render(report: Report, context: Context) -> Iterator[str]:
    """Every finding, what has one cause at once; or the worst, where there are too many; then the closing lines."""
    paint = Paint(context.color)
    long = False
    if context.statistics:
        yield from statistics(report, context)
    else:
        found = items(report, context)
        long = context.most is not None and len(found) > context.most
        if long and context.sort in ("", "worst"):
            yield from overview(report, context, context.most or 0)
        else:
            page = _Page(context, lru_cache(maxsize=16)(context.text_of), paint)
            for item in found[: context.most]:
                yield from _finding(page, item)
            if long and context.closing:
                yield from rest(report, context)
    severity = max((diagnostic.severity for diagnostic in report.diagnostics), default=None)
    for number, line in enumerate(closing(report, context, short=long)):
        style = severity.word if severity else "help"
        yield paint(style, line[:-1]) + "\n" if number == 0 else line


def _finding(page: _Page, item: Item) -> Iterator[str]:
    diagnostic = item.diagnostic
    severity = "" if diagnostic.severity is Severity.ERROR else f"{diagnostic.severity.word}: "
    marked = mark(diagnostic)
    yield (
        " ".join(
            part
            for part in (
                page.rule(diagnostic),
                page.paint("code", diagnostic.name),
                page.paint("mark", marked),
                page.paint(diagnostic.severity.word, severity.strip()) if severity else "",
                visible(diagnostic.message),
            )
            if part
        )
        + "\n"
    )
    places = [diagnostic.place, *(related.place for related in diagnostic.related)]
    gutter = max(len(str(max(place.end_line, place.line))) for place in places) + 1
    yield from _excerpt(page, diagnostic.place, gutter, "-->", diagnostic.severity.word, "^", "")
    for place, message in diagnostic.related[:FEW]:
        yield from _excerpt(page, place, gutter, ":::", "second", "-", message)
    if len(diagnostic.related) > FEW:
        yield f"{' ' * gutter}{MORE} and {len(diagnostic.related) - FEW:,} more places\n"
    if item.others:
        yield from _others(page, item.others, gutter)
    if item.cause is not None:
        yield from notes(item.cause, page.context, page.paint, " " * (gutter + 1))
    elif diagnostic.help:
        yield f"{' ' * gutter} = {page.paint('help', 'help')}: {visible(diagnostic.help)}\n"
    if diagnostic.fix:
        yield from _fix(page, diagnostic.fix, gutter)
    yield "\n"


def _others(page: _Page, others: Sequence[Diagnostic], gutter: int) -> Iterator[str]:
    """Where the same cause shows again."""
    pages = len({other.place.path for other in others})
    times = "place" if len(others) == 1 else "places"
    files = "file" if pages == 1 else "files"
    note = page.paint("second", "also")
    yield f"{' ' * gutter} = {note}: the same at {len(others):,} more {times} in {pages:,} {files}:\n"
    for other in others[:FEW]:
        yield f"{' ' * gutter}     {page.place(other.place)}\n"
    if len(others) > FEW:
        yield f"{' ' * gutter}     {MORE} and {len(others) - FEW:,} more\n"


def _excerpt(
    page: _Page, place: Place, gutter: int, arrow: str, style: str, caret: str, message: str
) -> Iterator[str]:
    """The line of the place, and the lines it covers with marks below; `message` comes after the last mark."""
    text = page.text_of(place.path)
    if text is not None and place.end == 0 and "\0" in text[:1000]:
        text = None  # a picture or the like as a whole
    label = visible(message)
    lines = list(excerpt(text, place, max(20, page.context.width - gutter - 3))) if text is not None else []
    beside = (
        bool(lines) and gutter + 4 + lines[-1].indent + lines[-1].width + len(label) <= page.context.width
    )
    where = f"{' ' * (gutter - 1)}{page.paint('frame', arrow)} {page.place(place)}"
    yield where + (f" {page.paint(style, label)}\n" if label and not beside else "\n")
    if not lines:
        return
    yield page.frame(None, gutter) + "\n"
    for number, line in enumerate(lines):
        if not line.number:
            yield page.frame(None, gutter) + f" {line.text}\n"
            continue
        yield (page.frame(line.number, gutter) + f" {line.text}").rstrip() + "\n"
        under = caret * line.width
        if label and beside and number == len(lines) - 1:
            under += f" {label}"
        yield f"{page.frame(None, gutter)} {' ' * line.indent}{page.paint(style, under)}\n"
    yield page.frame(None, gutter) + "\n"


def _fix(page: _Page, fix: PlacedFix, gutter: int) -> Iterator[str]:
    """The title, and the lines before and after."""
    note = "" if fix.safe else " (with `--unsafe-fixes`)"
    yield f"{' ' * gutter} = {page.paint('help', 'fix')}: {visible(fix.title)}{note}\n"
    edits = sorted(fix.edits, key=lambda edit: (edit.place.path, edit.place.start))
    by_line = groupby(edits, key=lambda edit: (edit.place.path, edit.place.line))
    for shown, ((path, _), group) in enumerate(by_line):
        if shown == FEW:
            yield f"{page.frame(None, gutter)} {MORE}\n"
            break
        text = page.text_of(path)
        if text is not None:
            yield from _edit(page, text, list(group), gutter)


def _edit(page: _Page, text: str, edits: Sequence[PlacedEdit], gutter: int) -> Iterator[str]:
    """Edits that begin on one line: that stretch of the file before and after, in whole lines."""
    first, last = edits[0].place, edits[-1].place
    start, _ = bounds(text, first.start)
    pieces: list[str] = []
    at = start
    for edit in edits:
        if edit.place.start < at:
            continue  # overlapping edits of one fix: the fixer refuses those, the excerpt shows the first
        pieces += (text[at : edit.place.start], edit.text)
        at = edit.place.end
    whole = last.end > start and text[last.end - 1 : last.end] == "\n" and "".join(pieces)[-1:] in ("", "\n")
    # Where whole lines go, the one after them is not shown as changed.
    stop = last.end if whole else bounds(text, max(last.end, last.start))[1]
    pieces.append(text[at:stop])
    width = max(20, page.context.width - gutter - 5)
    inserted = len(edits[0].text) if len(edits) == 1 else 0
    for sign, style, block, length in (
        ("-", "old", text[start:stop], first.end - first.start),
        ("+", "new", "".join(pieces), inserted),
    ):
        lines = block.removesuffix("\n").split("\n") if block else []
        for number, raw in enumerate(lines[:FEW]):
            line = raw.removesuffix("\r")
            begin = min(first.start - start, len(line)) if number == 0 else 0
            end = min(begin + length, len(line)) if number == 0 else 0
            body = Line(first.line + number, *cut(line, begin, end, width))
            yield f"{page.frame(body.number, gutter)} {page.paint(style, f'{sign} {body.text}'.rstrip())}\n"
        if len(lines) > FEW:
            yield f"{page.frame(None, gutter)} {page.paint(style, f'{sign} {MORE} {len(lines) - FEW} more lines')}\n"
