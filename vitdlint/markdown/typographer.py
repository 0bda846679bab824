"""Where goldmark's typographer replaces characters. The replaced ones never reach a heading's id."""

from __future__ import annotations

from collections.abc import Sequence

from vitdlint.markdown.characters import is_digit, is_letter, is_punctuation, is_space
from vitdlint.markdown.parts import Inline


class Quotes:
    """The typographer's memory of one block: how many quotes are open."""

    def __init__(self) -> None:
        self.single = 0
        self.double = 0

    def replaced(self, line: str, index: int) -> int:
        """How many characters at `index` of the line are replaced together; 0 if none."""
        rest = line[index : index + 6]
        character = rest[0]
        if character in "-.<>":
            for length, marks in ((3, ("---", "...")), (2, ("--", "<<", ">>"))):
                if rest[:length] in marks:
                    return length
            return 0
        before = line[index - 1] if index else "\n"
        run = index
        while run < len(line) and line[run] == character:
            run += 1
        after = line[run] if run < len(line) else " "
        left = not is_space(after) and (
            not is_punctuation(after) or is_space(before) or is_punctuation(before)
        )
        right = not is_space(before) and (
            not is_punctuation(before) or is_space(after) or is_punctuation(after)
        )
        if character == "'":
            return self._single(rest, before, left=left, right=right)
        return self._double(rest, before, left=left, right=right)

    def _single(self, rest: str, before: str, *, left: bool, right: bool) -> int:
        following = rest[1:2]
        opens = left and not right
        if opens and rest[1:3].isdigit() and rest[3:4] == "s":
            after = rest[4:5] or " "
            if is_space(after) or is_punctuation(after):
                return 1
        if following and (_go_punctuation(before) or is_space(before)) and following in "tenl":
            return 1
        if following and (is_digit(before) or is_letter(before)) and is_letter(following):
            return 1
        if opens:
            if not _contraction(rest):
                self.single += 1
            return 1
        if len(rest) > 2 and not is_digit(following):
            return 1
        if self.single > 0 and self._closes(rest, left=left, right=right):
            self.single -= 1
            return 1
        return 0

    def _double(self, rest: str, before: str, *, left: bool, right: bool) -> int:
        if left and not right:
            self.double += 1
            return 1
        if self.double > 0 and self._closes(rest, left=left, right=right):
            if rest[1:2] == '"' and is_digit(before):
                return 0
            self.double -= 1
            return 1
        return 0

    @staticmethod
    def _closes(rest: str, *, left: bool, right: bool) -> bool:
        if right and not left:
            return True
        following, second = rest[1:2], rest[2:3]
        return (
            right
            and left
            and following != ""
            and _go_punctuation(following)
            and (second == "" or is_punctuation(second) or is_space(second))
        )


def _go_punctuation(character: str) -> bool:
    """Go's unicode.IsPunct: without the symbols `$+<=>^`|~`."""
    return is_punctuation(character) and character not in "$+<=>^`|~" and character < "\x80"


def _contraction(rest: str) -> bool:
    """It's, I'm, I've and the like, which typographers close rather than open."""
    if rest[1:2] in {"s", "m", "t", "d"} and _ends(rest[2:3]):
        return True
    return rest[1:3] in {"ve", "ll", "re"} and _ends(rest[3:4])


def _ends(character: str) -> bool:
    return character == "" or is_punctuation(character) or is_space(character)


def marks(content: str, start: int, end: int, inlines: Sequence[Inline]) -> dict[int, int]:
    """Where between `start` and `end` how many characters are replaced, in order; `inlines` are no text."""
    found: dict[int, int] = {}
    if not any(mark in content[start:end] for mark in ("'", '"', "--", "...", "<<", ">>")):
        return found
    quotes = Quotes()
    skip = _skipped(inlines)
    line_start = start
    position = start
    while position < end:
        if position in skip:
            position = max(skip[position], position + 1)
            continue
        character = content[position]
        if character == "\\":
            position += 2
            continue
        if character == "\n":
            line_start = position + 1
        if character in "'\"-.<>":
            line_end = content.find("\n", position)
            line = content[line_start : line_end if line_end >= 0 else len(content)]
            if length := quotes.replaced(line, position - line_start):
                found[position] = length
                position += length
                continue
        position += 1
    return found


def _skipped(inlines: Sequence[Inline]) -> dict[int, int]:
    """From where to where no text stands: code, tags, autolinks, and what follows a link's text."""
    skip: dict[int, int] = {}
    for inline in inlines:
        if inline.kind in {"link", "image"}:
            skip[inline.inner_end] = inline.end
        elif inline.kind not in {"emphasis", "strong", "strike"}:
            skip[inline.start] = inline.end
    return skip
