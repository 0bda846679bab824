"""Two texts as a unified diff that `git apply` takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

CONTEXT = 3
MANY = 5_000
"""Lines; in a larger stretch between the first and the last change nothing is matched, which costs its square: it becomes
one hunk, or, where the lines are as many as before, each line is compared with the one in its place."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_QUOTE = re.compile(r'["\\\x00-\x1f\x7f]|[\ud800-\udfff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}

Hunk = tuple[int, int, int, int]
"""Lines of the old and of the new text, from 0, ends exclusive."""


def patch(name: str, before: str, after: str) -> Iterator[str]:
    """The lines of one file's diff, each ended; nothing if the texts are equal."""
    if before == after:
        return
    old, new = _LINE.findall(before), _LINE.findall(after)
    left, right = quoted(f"a/{name}"), quoted(f"b/{name}")
    yield f"diff --git {left} {right}\n"
    # A tab ends a name with blanks in it, as git writes it.
    end = "\t\n" if " " in name else "\n"
    yield f"--- {left}{end}"
    yield f"+++ {right}{end}"
    for group in _grouped(_changes(old, new)):
        first, last = group[0], group[-1]
        begin = min(CONTEXT, first[0])
        stop = min(CONTEXT, len(old) - last[1])
        a, b, c, d = first[0] - begin, last[1] + stop, first[2] - begin, last[3] + stop
        yield f"@@ -{_range(a, b)} +{_range(c, d)} @@\n"
        at = a
        for start, end_, new_start, new_end in group:
            yield from _marked(" ", old[at:start])
            yield from _marked("-", old[start:end_])
            yield from _marked("+", new[new_start:new_end])
            at = end_
        yield from _marked(" ", old[at:b])


def quoted(name: str) -> str:
    """A file's name as git writes it in a patch: in quotes with escapes where it needs them."""
    if not _QUOTE.search(name):
        return name

    def escape(match: re.Match[str]) -> str:
        char = match[0]
        if char in _SHORT:
            return _SHORT[char]
        return "".join(f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape"))

    return f'"{_QUOTE.sub(escape, name)}"'


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    """What differs; equal lines at both ends are set aside before anything is matched."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(len(a), len(b)) > MANY:
        if len(a) != len(b):
            yield head, len(old) - tail, head, len(new) - tail
            return
        for same, numbers in groupby(range(len(a)), lambda number: a[number] == b[number]):
            if not same:
                first, *rest = numbers
                last = rest[-1] if rest else first
                yield head + first, head + last + 1, head + first, head + last + 1
        return
    for tag, start, end, new_start, new_end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield start + head, end + head, new_start + head, new_end + head


def _grouped(changes: Iterator[Hunk]) -> Iterator[list[Hunk]]:
    """Changes whose contexts meet, together."""
    group: list[Hunk] = []
    for change in changes:
        if group and change[0] - group[-1][1] > 2 * CONTEXT:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _range(start: int, end: int) -> str:
    """A range of lines as a hunk's header has it; an empty one names the line before it."""
    count = end - start
    return f"{start + 1 if count else start},{count}"


def _marked(sign: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield sign + line if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"
