"""A long report on a few screens: the worst causes with a sample and a cure, the rest counted, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from rich.cells import cell_len, set_cell_size

from ..core.model import Diagnostic, Report
from ..core.number_of import number_of
from ..core.visible import visible
from ..linter.causes import Cause, causes
from . import Context
from .cure_notes import notes
from .excerpt import MORE, excerpt
from .next_steps import Step, steps
from .paint import Paint
from .statistics import folder_of, headline, pages, sections

_OTHERS = 12
"""Causes that get a line each, after those that are shown."""
_ROWS = 8
"""Rows of each table."""
_INDENT = "    "
_COLUMN = 40
"""Where it is said what a command does."""


def overview(report: Report, context: Context, most: int) -> Iterator[str]:
    """The `most` worst causes as blocks, the others as lines, tables, next steps. Those with a safe fix come last."""
    paint = Paint(context.color)
    ranked = causes(report)
    open_ = [cause for cause in ranked if cause.kind != "fix"]
    blocks = [cause for cause in open_ if cause.stops or cause.kind != "others"][:most]
    for number, cause in enumerate(blocks, 1):
        yield from _block(number, cause, folder_of(cause.diagnostics, report.diagnostics), context, paint)
        yield "\n"
    shown = set(map(id, blocks))
    if others := [cause for cause in open_ if id(cause) not in shown]:
        yield paint("code", "Other causes") + "\n"
        for number, cause in enumerate(others[:_OTHERS], len(blocks) + 1):
            yield _line(number, cause, context, paint)
        if len(others) > _OTHERS:
            left = sum(len(cause.diagnostics) for cause in others[_OTHERS:])
            yield f"{_INDENT}{MORE} and {number_of(len(others) - _OTHERS, 'more cause')}, {number_of(left, 'finding')}\n"
        yield "\n"
    if context.closing:
        yield from rest(report, context)


def rest(report: Report, context: Context) -> Iterator[str]:
    """All findings counted, and what to do next."""
    paint = Paint(context.color)
    yield from _tables(report, context, paint)
    yield paint("code", "Next") + "\n"
    yield from _steps(steps(causes(report), report, context), context, paint)
    yield "\n"


def _block(number: int, cause: Cause, where: str, context: Context, paint: Paint) -> Iterator[str]:
    sample = cause.sample
    word = cause.severity.word
    count = f"{number_of(len(cause.diagnostics), 'finding')} in {number_of(cause.pages, 'page')}"
    stops = ", stops the build" if cause.stops else ""
    title = f"{number:>2}  {word} {cause.code} {cause.name}{stops}"
    space = " " * max(2, context.width - cell_len(title) - len(count))
    shown = f"{number:>2}  {paint(word, f'{word} {cause.code}')} {paint('code', cause.name)}{stops}"
    yield f"{shown}{space}{paint('code', count)}\n"
    message = cause.message if cause.label and f'"{cause.label}"' in cause.message else sample.message
    example = "" if message == cause.message else "for example: "
    yield from _wrapped(visible(f"{example}{message}"), context)
    place = sample.place
    yield f"{_INDENT}{paint('frame', '-->')} {visible(context.shown(place.path))}:{place.line}:{place.column}\n"
    yield from _sample(sample, context, paint)
    yield from notes(cause, context, paint, _INDENT, where)


def _sample(sample: Diagnostic, context: Context, paint: Paint) -> Iterator[str]:
    """The first line of the place, with marks below."""
    text = context.text_of(sample.place.path)
    if text is None:
        return
    gutter = len(str(sample.place.line))
    width = max(20, context.width - len(_INDENT) - gutter - 3)
    line = next(iter(excerpt(text, sample.place, width)), None)
    if line is not None:
        number, bar = paint("frame", f"{line.number} |"), paint("frame", f"{'':{gutter}} |")
        yield f"{_INDENT}{number} {line.text}".rstrip() + "\n"
        yield f"{_INDENT}{bar} {' ' * line.indent}{paint(sample.severity.word, '^' * line.width)}\n"


def _wrapped(text: str, context: Context) -> Iterator[str]:
    width = max(20, context.width - len(_INDENT))
    lines = wrap(text, width, max_lines=3, placeholder=f" {MORE}", break_on_hyphens=False)
    yield from (f"{_INDENT}{line}\n" for line in lines)


def _line(number: int, cause: Cause, context: Context, paint: Paint) -> str:
    count = f"{len(cause.diagnostics):,} in {number_of(cause.pages, 'page')}"
    head = f"{number:>2}  {cause.severity.word} "
    room = max(20, context.width - len(head) - len(count) - 2)
    text = _cut(headline(cause), room)
    return f"{number:>2}  {paint(cause.severity.word, cause.severity.word)} {text}{' ' * (room - cell_len(text))}  {count}\n"


def _cut(text: str, cells: int) -> str:
    """As much of the text as fits."""
    return text if cell_len(text) <= cells else set_cell_size(text, max(0, cells - 1)).rstrip() + MORE


def _cut_left(text: str, cells: int) -> str:
    """The end of a path that fits."""
    if cell_len(text) <= cells:
        return text
    while cell_len(text) > cells - 1:
        text = text[1:]
    return MORE + text


def _tables(report: Report, context: Context, paint: Paint) -> Iterator[str]:
    """Counts by rule, beside those by section, or by page where there is only one section."""
    rules = Counter(diagnostic.name for diagnostic in report.diagnostics)
    by_rule = sorted(rules.items(), key=lambda item: (-item[1], item[0]))
    groups, title = sections(report.diagnostics, context), "By section"
    if len(groups) < 3 or len(groups[0][1]) > 0.9 * len(report.diagnostics):  # nothing to compare
        groups, title = pages(report.diagnostics, context), "By page"
    by_place = [(name, len(some)) for name, some in groups]
    half = (context.width - 2) // 2
    left = _table("By rule", by_rule, half, "rules")
    right = _table(title, by_place, half, "sections" if title == "By section" else "pages")
    for number, (one, two) in enumerate(zip_longest(left, right, fillvalue="")):
        line = (one + " " * max(0, half + 2 - cell_len(one)) + two).rstrip()
        yield (paint("code", line) if number == 0 else line) + "\n"
    yield "\n"


def _table(title: str, rows: Sequence[tuple[str, int]], cells: int, what: str) -> list[str]:
    wide = max(len(f"{count:,}") for _, count in rows) + 2
    lines = [title]
    shown = rows[:_ROWS] if len(rows) > _ROWS + 1 else rows
    for name, count in shown:
        lines.append(f"{count:>{wide},}  {_cut_left(visible(name), cells - wide - 2)}")
    if len(rows) > len(shown):
        left = sum(count for _, count in rows[len(shown) :])
        lines.append(f"{left:>{wide},}  in {len(rows) - len(shown):,} other {what}")
    return lines


def _steps(found: Iterable[Step], context: Context, paint: Paint) -> Iterator[str]:
    """Commands in one column, what they do in another; a long command has a line of its own."""
    for command, what in found:
        lines = wrap(what, max(20, context.width - _COLUMN))
        shown = f"  {paint('help', visible(command))}"
        if cell_len(command) > _COLUMN - 4:
            yield f"{shown}\n"
        else:
            yield f"{shown}{' ' * (_COLUMN - 2 - cell_len(command))}{lines.pop(0)}\n"
        yield from (f"{'':{_COLUMN}}{line}\n" for line in lines)
