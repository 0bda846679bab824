"""Link reference definitions, `[label]: destination "title"`, at the beginning of a paragraph."""

from __future__ import annotations

import re

from .links import TITLE, destination, normalized_label
from .parts import Span

_LABEL = re.compile(r"[ \t\n]*\[((?:[^\[\]\\]|\\(?s:.))+)\]:[ \t\n]*")
_LINE_END = re.compile(r"[ \t\f\v]*(?:\n|\Z)")
_TITLE_GAP = re.compile(r"[ \t\n]+")


def take(source: str, lines: list[Span], known: dict[str, Span]) -> list[Span]:
    """The lines of the paragraph that remain; what the others define is added to `known`, where it is new."""
    first = lines[0][0]
    if not source.startswith("[", first):
        return lines
    content = "\n".join(source[start:end] for start, end in lines)
    begin = position = line = 0
    while (found := _definition(content, position)) is not None:
        label, target, position = found
        line += content.count("\n", begin, target[0])
        shift = lines[line][0] - (content.rfind("\n", 0, target[0]) + 1)
        known.setdefault(label, (target[0] + shift, target[1] + shift))
        line += content.count("\n", target[0], position)
        begin = position
    return lines[line if begin < len(content) else len(lines) :]


def _definition(content: str, start: int) -> tuple[str, Span, int] | None:
    """The label, the destination, and where the next line begins."""
    opening = _LABEL.match(content, start)
    if opening is None or not opening[1].strip():
        return None
    line_end = content.find("\n", opening.end())
    target = destination(content, opening.end(), len(content) if line_end < 0 else line_end)
    if target is None:
        return None
    end = target[1] + (target[0] > opening.end())
    plain = _LINE_END.match(content, end)
    label = normalized_label(opening[1])
    gap = _TITLE_GAP.match(content, end)
    if gap is not None and (title := TITLE.match(content, gap.end())) is not None:
        after = _LINE_END.match(content, title.end())
        if after is not None:
            return label, target, after.end()
    return None if plain is None else (label, target, plain.end())
