"""Which findings the suppression comments of their pages hide, and which comments hide nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from ..core.model import Diagnostic
from ..core.rule import AnyRule
from ..page.page import Facts, Suppression

_Key = tuple[str, str]
"""A page's path, and the code of a rule."""


class _Lines(NamedTuple):
    """The comments about one rule on one page."""

    comments: list[Suppression]
    """By their first lines."""
    firsts: list[int]
    reach: list[int]
    """The last line that any of the comments up to this one covers."""


class Suppressed:
    """Asked about each finding once; knows afterwards which comments were needed. No comment is compared with each finding."""

    def __init__(self, facts: Mapping[str, Facts], known: Mapping[str, AnyRule]) -> None:
        found: dict[_Key, list[Suppression]] = {}
        for path, page in facts.items():
            for comment in page.suppressions:
                rule = known.get(comment.rule)
                if rule is not None:
                    found.setdefault((path, rule.code), []).append(comment)
        self._lines = {key: _lines(comments) for key, comments in found.items()}
        self._hidden: dict[_Key, set[int]] = {}
        """Lines of findings that were hidden."""

    def hides(self, diagnostic: Diagnostic) -> bool:
        """Whether any comment covers its line."""
        if not self._lines:
            return False
        key, line = (diagnostic.place.path, diagnostic.code), diagnostic.place.line
        lines = self._lines.get(key)
        if lines is None:
            return False
        index = bisect_right(lines.firsts, line) - 1
        if index < 0 or lines.reach[index] < line:
            return False
        self._hidden.setdefault(key, set()).add(line)
        return True

    def used(self) -> Iterator[tuple[str, Suppression]]:
        """Each comment that has hidden something, with its page."""
        for key, hidden in self._hidden.items():
            ordered = sorted(hidden)
            for comment in self._lines[key].comments:
                index = bisect_left(ordered, comment.first_line)
                if index < len(ordered) and ordered[index] <= comment.last_line:
                    yield key[0], comment


def _lines(comments: list[Suppression]) -> _Lines:
    ordered = sorted(comments, key=attrgetter("first_line"))
    return _Lines(
        ordered,
        [comment.first_line for comment in ordered],
        list(accumulate((comment.last_line for comment in ordered), max)),
    )
