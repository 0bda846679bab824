"""Two texts as a unified diff that `git apply` takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from itertools import groupby, takewhile

MANY = 5_000
"""Lines; in a larger stretch between the first and the last change nothing is matched, which costs its square: it becomes
one hunk, or, where the lines are as many as before, each line is compared with the one in its place."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_QUOTE = re.compile(r'["\\\x00-\x1f\x7f]|[\ud800-\udfff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def patch(name: str, before: str | None, after: str) -> Iterator[str]:
    """The lines of one file's diff, each ended; nothing if the texts are equal. Before a new file there is None."""
    if before == after:
        return
    old, new = _LINE.findall(before or ""), _LINE.findall(after)
    left, right = quoted(f"a/{name}"), quoted(f"b/{name}")
    yield f"diff --git {left} {right}\n"
    # A tab ends a name with spaces in it, as git writes it.
    end = "\t\n" if " " in name else "\n"
    if before is None:
        yield "new file mode 100644\n"
    yield f"--- {left}{end}" if before is not None else "--- /dev/null\n"
    yield f"+++ {right}{end}"
    for group in _Lines(None, old, new, autojunk=False).get_grouped_opcodes():
        (_, a, _, c, _), (_, _, b, _, d) = group[0], group[-1]
        yield f"@@ -{_range(a, b)} +{_range(c, d)} @@\n"
        for tag, a, b, c, d in group:
            yield from _marked(" " if tag == "equal" else "-", old[a:b])
            if tag != "equal":
                yield from _marked("+", new[c:d])


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


class _Lines(SequenceMatcher[str]):
    """Matches the lines of two texts; equal lines at both ends are set aside before anything else is matched."""

    a: list[str]
    b: list[str]

    def get_matching_blocks(self) -> list[Match]:
        head = _common(self.a, self.b)
        old, new = self.a[head:], self.b[head:]
        tail = _common(reversed(old), reversed(new))
        old, new = old[: len(old) - tail], new[: len(new) - tail]
        found = [Match(0, 0, head)]
        if max(len(old), len(new)) <= MANY:
            matcher = SequenceMatcher(None, old, new, autojunk=False)
            found += [Match(head + a, head + b, size) for a, b, size in matcher.get_matching_blocks()]
        elif len(old) == len(new):
            for same, run in groupby(range(len(old)), lambda number: old[number] == new[number]):
                first, *rest = run
                if same:
                    found.append(Match(head + first, head + first, 1 + len(rest)))
        return [
            *found,
            Match(len(self.a) - tail, len(self.b) - tail, tail),
            Match(len(self.a), len(self.b), 0),
        ]


def _common(old: Iterable[str], new: Iterable[str]) -> int:
    """How many lines are the same at the start of both."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _range(start: int, end: int) -> str:
    """A range of lines as a hunk's header has it; an empty one names the line before it."""
    count = end - start
    return f"{start + 1 if count else start},{count}"


def _marked(sign: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield sign + line if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"
