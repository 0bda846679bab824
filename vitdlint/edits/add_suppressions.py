"""Suppress what is found today: comments with a reason, placed so that every page renders the same.

At the end of the finding's line where a comment is possible; else once for the file, before the body's first line, where
it ends no paragraph, list or table. JSON front matter and code hold no comments of ours: there the answer is an entry
under `[per-file-ignores]`. Every placement is proved by parsing the page again. (Hugo counts the words of a comment
when it cuts a summary by itself: in feeds and lists such a summary may end elsewhere.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple

from ..core.model import Diagnostic
from ..page.page import Page
from .same_page import Stretch, visible_difference

LOUD = frozenset(
    {"rule-crashed", "unreadable-file", "not-judged", "unused-suppression", "unknown-rule", "expired-ignore"}
)
"""Rules about the tool and its comments: suppressing them by comments helps nobody."""

_BAD_REASON = re.compile(r"--|[|<>\x00-\x1f\x7f]")
_LINE_END = re.compile(r"[ \t\\]*\r?\Z")
_ROW_END = re.compile(r"[ \t]*\|[ \t]*\r?\Z")
_SHORTCODE_ALONE = re.compile(r"[\s>*+-]*\{\{[<%].*[>%]\}\}\s*\Z")


class Means(IntEnum):
    """How a finding is suppressed, the nearest first."""

    LINE = 1
    FILE = 2
    CONFIGURATION = 3


class ReasonError(ValueError):
    """The reason cannot be written in a comment."""


class Plan(NamedTuple):
    """How findings are to be suppressed."""

    texts: Mapping[str, str]
    """New texts of pages, with comments."""
    ignores: Mapping[str, tuple[str, ...]]
    """Path and the rules that `[per-file-ignores]` has to name for it."""
    left: tuple[Diagnostic, ...]
    """What no comment should suppress."""


def plan(
    diagnostics: Iterable[Diagnostic],
    page_of: Callable[[str], Page | None],
    parse: Callable[[str, str], Page],
    reason: str,
    stubborn: Mapping[tuple[str, str], Means] | None = None,
) -> Plan:
    """Where the comments go. `page_of` gives a page as it is, None for what is no page; `parse` reads a new text.

    `stubborn` names, by page and rule, the least means that will do: a rule may find something else on a line with a
    comment at its end. Raises ReasonError.
    """
    reason = " ".join(reason.split())
    if not reason or _BAD_REASON.search(reason):
        raise ReasonError('a reason is one line of text without "--", "|", "<" and ">"')
    texts: dict[str, str] = {}
    ignores: dict[str, tuple[str, ...]] = {}
    left: list[Diagnostic] = []
    found = sorted(diagnostics, key=lambda diagnostic: diagnostic.order)
    for path, group in groupby(found, key=lambda diagnostic: diagnostic.place.path):
        together = list(group)
        page = page_of(path)
        left += [d for d in together if page is None or d.name in LOUD]
        if page is None:
            continue
        means = {rule: least for (on, rule), least in (stubborn or {}).items() if on == path}
        placed = _Placed(page, parse, reason)
        placed.add([d for d in together if d.name not in LOUD], means)
        if placed.page.text != page.text:
            texts[path] = placed.page.text
        if placed.ignored:
            ignores[path] = tuple(sorted(placed.ignored))
    return Plan(texts, ignores, tuple(left))


class _Placed:
    """One page while comments are added to it."""

    def __init__(self, page: Page, parse: Callable[[str, str], Page], reason: str) -> None:
        self.page = page
        self.ignored: set[str] = set()
        self._before = page
        self._parse = parse
        self._reason = reason
        self._made: Sequence[tuple[int, str]] = ()
        """What is inserted so far, at offsets of the page before."""

    def add(self, found: Sequence[Diagnostic], least: Mapping[str, Means]) -> None:
        """Suppress these findings, each by the nearest means that works."""
        # Where a comment is open to the end of the page for a browser, one of ours would close it.
        hidden = any(d.name == "hidden-rest-of-page" for d in found)
        means = {
            id(d): Means.CONFIGURATION
            if hidden or not self._holds_comments(d)
            else least.get(d.name, Means.LINE)
            for d in found
        }
        self.ignored = {d.name for d in found if means[id(d)] is Means.CONFIGURATION}
        here = [d for d in found if means[id(d)] is Means.LINE and d.name not in self.ignored]
        lines = [
            (line, sorted({d.name for d in group}))
            for line, group in groupby(here, key=lambda d: d.place.line)
        ]
        wanted = [(self._at_end(line, names), line, names) for line, names in lines]
        rest = {d.name for d in found if means[id(d)] is Means.FILE}
        # All at once is one parse; only where that fails is each tried alone.
        possible = [(stretch, [(line, names)]) for stretch, line, names in wanted if stretch is not None]
        if not self._take(
            [stretch for stretch, _ in possible], [want for _, wants in possible for want in wants]
        ):
            for stretch, wants in possible:
                if not self._take([stretch], wants):
                    rest.update(name for _, names in wants for name in names)
        rest.update(name for stretch, _, names in wanted if stretch is None for name in names)
        rest -= self.ignored
        if rest:
            at = self._before.body.start
            comment = self._comment("disable-file", sorted(rest)) + self._newline
            if not self._take([(at, comment)], [(1, sorted(rest))]):
                self.ignored |= rest

    def _holds_comments(self, diagnostic: Diagnostic) -> bool:
        start, end = diagnostic.place.start, diagnostic.place.end
        if self._before.front.kind in ("json", "org") and start < self._before.front.end:
            return False
        return not any(
            code.kind != "span" and code.start <= start and end <= code.end
            for code in self._before.body.codes
        )

    @property
    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self._before.text[: self._before.body.start + 2000] else "\n"

    def _comment(self, verb: str, names: Sequence[str]) -> str:
        return f"<!-- vitdlint-{verb} {', '.join(names)}: {self._reason} -->"

    def _at_end(self, line: int, names: Sequence[str]) -> tuple[int, str] | None:
        """What to insert at the end of a line, and where; None if no comment is possible there."""
        page = self._before
        starts = page.facts.lines
        start = starts[line - 1]
        end = starts[line] - 1 if line < len(starts) else len(page.text)
        text = page.text[start:end]
        if not text.strip() or _SHORTCODE_ALONE.match(text):
            return None
        if start < page.front.end:
            at = start + len(text.rstrip())
            return at, f" # vitdlint-disable-line {', '.join(names)}: {self._reason}"
        in_table = any(
            row.start <= start < row.end or start <= row.start < end
            for t in page.body.tables
            for row in t.rows
        )
        tail = (_ROW_END.search(text) if in_table else None) or _LINE_END.search(text)
        at = start + (tail.start() if tail else len(text))
        return at, f" {self._comment('disable-line', names)}"

    def _take(
        self, insertions: Sequence[tuple[int, str]], wants: Sequence[tuple[int, Sequence[str]]]
    ) -> bool:
        """Insert, if the page stays the same to a reader and every rule is suppressed on its line."""
        if not insertions:
            return True
        edits = sorted([*self._made, *insertions])
        text = _inserted(self._before.text, edits)
        after = self._parse(self._before.path, text)
        stretches = [Stretch(at, at, len(new)) for at, new in edits]
        if visible_difference(self._before, after, stretches) is not None:
            return False
        for line, names in wants:
            moved = line + sum(
                new.count("\n") for at, new in edits if at <= self._before.facts.lines[line - 1]
            )
            for name in names:
                if not any(
                    s.rule == name and s.first_line <= moved <= s.last_line for s in after.facts.suppressions
                ):
                    return False
        self._made = edits
        self.page = after
        return True


def _inserted(text: str, edits: Iterable[tuple[int, str]]) -> str:
    pieces: list[str] = []
    last = 0
    for at, new in edits:
        pieces += (text[last:at], new)
        last = at
    return "".join([*pieces, text[last:]])


def glob_of(name: str) -> str:
    """The glob that matches one file alone, by its path below the content folder."""
    return "/" + re.sub(r"([\\*?\[\]!#]|\s(?=\s*\Z))", r"\\\1", name)
