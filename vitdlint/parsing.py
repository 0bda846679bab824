"""Whether a fix changed more of a page than it meant to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .frontmatter.read import read
from .markdown.body import Body
from .markdown.parse import parse
from .model import Diagnostic
from .page import Settings


def changed_elsewhere(
    settings: Settings, path: str, before: str, after: str, mended: Sequence[Diagnostic]
) -> str | None:
    """What else than the mended places would be read differently, or None.

    Everything in the body that touches no edit must be the same thing in the same order, and front matter that could
    be read must still be.
    """
    if not path.endswith((".md", ".markdown", ".mdown")):
        return None
    edits = sorted({e for d in mended if d.fix for e in d.fix.edits if e.place.path == path})
    old_front, new_front = read(before), read(after)
    broken = {p.kind for p in new_front.problems} - {p.kind for p in old_front.problems}
    if broken or bool(old_front.data) != bool(new_front.data):
        return "the front matter could no longer be read"
    old_areas = [(e.place.start, e.place.end) for e in edits]
    new_areas: list[tuple[int, int]] = []
    shift = 0
    for edit in edits:
        start = edit.place.start + shift
        new_areas.append((start, start + len(edit.text)))
        shift += len(edit.text) - (edit.place.end - edit.place.start)
    old = _parse(settings, before, old_front.end)
    new = _parse(settings, after, new_front.end)
    for was, now in zip(_untouched(old, before, old_areas), _untouched(new, after, new_areas), strict=False):
        if was != now:
            return f'{was[0]} "{_short(was[1])}" would become {now[0]} "{_short(now[1])}"'
    return None


def _parse(settings: Settings, text: str, start: int) -> Body:
    return parse(text, start, settings.markup, max_depth=settings.max_depth, reference=settings.reference)


def _untouched(body: Body, text: str, areas: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Kind and text of everything that touches no edit, in document order."""

    def touched(start: int, end: int) -> bool:
        return any(start <= e and s <= end for s, e in areas)

    things = [
        *((link.outer_start, link.outer_end, "the link") for link in body.links),
        *((heading.start, heading.end, "the heading") for heading in body.headings),
        *((code.start, code.end, "the code") for code in body.codes),
        # A fix to one row makes or mends the whole table.
        *(
            (row.start, row.end, "the table row")
            for table in body.tables
            if not touched(table.start, table.end)
            for row in table.rows
        ),
        *((tag.start, tag.end, "the tag") for tag in body.tags),
        *((comment.start, comment.end, "the comment") for comment in body.comments),
        *((shortcode.start, shortcode.end, "the shortcode") for shortcode in body.shortcodes),
    ]
    for start, end, kind in sorted(things):
        if not touched(start, end):
            yield kind, text[start:end]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
