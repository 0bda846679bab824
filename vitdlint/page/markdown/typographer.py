"""Where goldmark's typographer replaces characters, and by which of its settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ...hugo.markup import Typographer
from .characters import flanking, is_digit, is_letter, is_punctuation, is_space
from .parts import Inline

_SIGNS = ("'", '"', "--", "...", "<<", ">>")
_FIELDS = {name: index for index, name in enumerate(Typographer._fields)}


class Mark(NamedTuple):
    """Characters that are replaced together."""

    length: int
    field: int
    """The index of the setting in `Typographer` that says by what."""


def _mark(length: int, setting: str) -> Mark:
    return Mark(length, _FIELDS[setting])


_FIXED = {
    "---": _mark(3, "em_dash"),
    "...": _mark(3, "ellipsis"),
    "--": _mark(2, "en_dash"),
    "<<": _mark(2, "left_angle_quote"),
    ">>": _mark(2, "right_angle_quote"),
}
_APOSTROPHE = _mark(1, "apostrophe")
_LEFT_SINGLE, _RIGHT_SINGLE = _mark(1, "left_single_quote"), _mark(1, "right_single_quote")
_LEFT_DOUBLE, _RIGHT_DOUBLE = _mark(1, "left_double_quote"), _mark(1, "right_double_quote")


class Marks:
    """The typographer's way through one block, from `start` on and only forwards, in linear time."""

    def __init__(self, content: str, start: int, skip: Mapping[int, int], stop: int | None = None) -> None:
        self.content = content
        self._stop = len(content) if stop is None else stop
        """Where the block ends, spaces at its end left out."""
        self.skip = skip
        """From where to where there is no text."""
        self.found: dict[int, Mark] = {}
        """What is replaced where, in order."""
        self.ends: set[int] = set()
        """Just after which of them."""
        self._position = start
        self._line_start = start
        self._line_end = -1
        self._run_end = -1
        self._single = 0
        self._double = 0

    def advance(self, end: int) -> None:
        """Go on to `end`."""
        content = self.content
        while self._position < end:
            at = self._position
            if at in self.skip:
                self._position = max(self.skip[at], at + 1)
                continue
            character = content[at]
            if character == "\\":
                self._position += 2
                continue
            if character == "\n":
                self._line_start = at + 1
            elif character in "'\"-.<>" and (mark := self._replaced(at)):
                self.found[at] = mark
                self._position += mark.length
                self.ends.add(self._position)
                continue
            self._position += 1

    def _replaced(self, at: int) -> Mark | None:
        """What is replaced at this place."""
        content = self.content
        if self._line_end < at:
            line_end = content.find("\n", at, self._stop)
            self._line_end = self._stop if line_end < 0 else min(line_end, self._stop)
        rest = content[at : min(at + 6, self._line_end)]
        character = rest[0]
        if character in "-.<>":
            return _FIXED.get(rest[:3]) or _FIXED.get(rest[:2])
        if self._run_end <= at:
            self._run_end = at + 1
            while self._run_end < self._line_end and content[self._run_end] == character:
                self._run_end += 1
        before = content[at - 1] if at > self._line_start else "\n"
        after = content[self._run_end] if self._run_end < self._line_end else " "
        left, right = flanking(before, after)
        if character == "'":
            return self._single_quote(rest, before, left=left, right=right)
        return self._double_quote(rest, before, left=left, right=right)

    def _single_quote(self, rest: str, before: str, *, left: bool, right: bool) -> Mark | None:
        following = rest[1:2]
        opens = left and not right
        if opens and rest[1:3].isdigit() and rest[3:4] == "s" and _ends(rest[4:5]):
            return _APOSTROPHE  # '90s
        if following and (_is_go_punctuation(before) or is_space(before)) and following in "tenl":
            return _APOSTROPHE  # 'twas, 'em, 'net
        if following and (is_digit(before) or is_letter(before)) and is_letter(following):
            return _APOSTROPHE
        if opens:
            if _contraction(rest):
                return _RIGHT_SINGLE
            self._single += 1
            return _LEFT_SINGLE
        if len(rest) > 2 and not is_digit(following):
            return _RIGHT_SINGLE
        if self._single > 0 and _closes(rest, left=left, right=right):
            self._single -= 1
            return _RIGHT_SINGLE
        return None

    def _double_quote(self, rest: str, before: str, *, left: bool, right: bool) -> Mark | None:
        if left and not right:
            self._double += 1
            return _LEFT_DOUBLE
        if self._double > 0 and _closes(rest, left=left, right=right):
            if rest[1:2] == '"' and is_digit(before):
                return None  # 21""
            self._double -= 1
            return _RIGHT_DOUBLE
        return None


def marks(content: str, start: int, end: int, inlines: Iterable[Inline]) -> dict[int, Mark]:
    """What is replaced where between `start` and `end`, in order; `inlines` are no text."""
    if not any(sign in content[start:end] for sign in _SIGNS):
        return {}
    way = Marks(content, start, skipped(inlines), end)
    way.advance(end)
    return way.found


def skipped(inlines: Iterable[Inline]) -> dict[int, int]:
    """From where to where there is no text: code, tags, autolinks, and what follows a link's text."""
    skip: dict[int, int] = {}
    for inline in inlines:
        if inline.kind in {"link", "image"}:
            skip[inline.inner_end] = inline.end
        elif inline.kind not in {"emphasis", "strong", "strike"}:
            skip[inline.start] = inline.end
    return skip


def _closes(rest: str, *, left: bool, right: bool) -> bool:
    if not left or not right:
        return right
    following, second = rest[1:2], rest[2:3]
    return following != "" and _is_go_punctuation(following) and _ends(second)


def _is_go_punctuation(character: str) -> bool:
    """Go's unicode.IsPunct, for ASCII: without the symbols."""
    return character < "\x80" and is_punctuation(character) and character not in "$+<=>^`|~"


def _contraction(rest: str) -> bool:
    """It's, I'm, I've and the like, which typographers close rather than open."""
    if rest[1:2] in {"s", "m", "t", "d"} and _ends(rest[2:3]):
        return True
    return rest[1:3] in {"ve", "ll", "re"} and _ends(rest[3:4])


def _ends(character: str) -> bool:
    return character == "" or is_punctuation(character) or is_space(character)
