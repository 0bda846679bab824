"""What a person should hear when a JSON block does not parse.

The standard library says which token it wanted; here a small automaton walks to the first place that is wrong, and
`json_words` says what a person may have meant there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from .block import Problem
from .depth import MAX_DEPTH
from .fault import Fault, conflict
from .json_words import Stop, no_colon, no_comma, no_end, no_key, no_value, too_large
from .lines import after_blank_line, after_line_end, line_stop

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"')
_SCALAR = re.compile(
    _STRING.pattern
    + r"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.+-])|(?:true|false|null)\b"
)
_HUGO = re.compile(r'\\.|["{}]', re.DOTALL)
_ATTRIBUTE = re.compile(r"\{[.#%<\w]")
_TEMPLATE = re.compile(r"\{[ \t]*\{")
_TWO_BRACES = re.compile(r"\{\{\s*[\"}]")

_TRAP: Final = 'Hugo reads a page that begins with "{" as JSON front matter, and its build fails'


def explain(text: str, start: int, *, page: bool) -> tuple[Problem, int]:
    """The problem of the block whose `{` is at `start`, and where a person sees the body begin."""
    fault = _trap(text, start) if page else None
    if fault:
        return fault.problem(), start
    fault, has_end = _first_fault(text, start)
    closed = _extent(text, start) if has_end else None
    next_blank_line = after_blank_line(text, fault.end)
    end = (
        next_blank_line
        if closed is None
        else min(after_line_end(text, closed), max(next_blank_line, fault.end))
    )
    return fault.problem(), end


def _extent(text: str, start: int) -> int | None:
    """Where Hugo's lexer ends the block: at the brace that balances the first, quoted text skipped."""
    level = 0
    quoted = False
    for found in _HUGO.finditer(text, start):
        mark = found.group()
        if mark == '"':
            quoted = not quoted
        elif not quoted and mark == "{":
            level += 1
        elif not quoted and mark == "}":
            level -= 1
            if level == 0:
                return found.end()
    return None


def _trap(text: str, start: int) -> Fault | None:
    """A body that begins with a brace, and no front matter."""
    stop = text.find("\n", start)
    line = text[start : stop if stop >= 0 else len(text)].rstrip()
    if _TWO_BRACES.match(text, start):
        return None
    if _TEMPLATE.match(line):
        what = "shortcode" if line.startswith(("{{<", "{{%")) else "text"
        return Fault(
            start, start + len(line), _TRAP, f"write front matter, `{{}}` at least, before this {what}"
        )
    if _ATTRIBUTE.match(line) and ":" not in line:
        closed = line.find("}")
        if closed > 0 or line[1] in ".#%<":
            end = start + (closed + 1 if closed > 0 else len(line))
            return Fault(start, end, _TRAP, "write front matter, `{}` at least, before this text")
    return None


def _first_fault(text: str, start: int) -> tuple[Fault, bool]:
    """Walk the block to the first place that is not JSON; and whether the block may have an end behind it."""
    levels: list[int] = []
    at = last = token = start
    want = "value"
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # matches nothing too
        char = text[at : at + 1]
        closer = "]" if levels and text[levels[-1]] == "[" else "}"
        found: re.Match[str] | None = None
        words: Callable[[Stop], Fault] | None = None
        if not char or (want == "next" and closer == "}" and _is_body(text, last, at)):
            words = no_end
        elif levels and char == closer and want in {"next", "key or end", "value or end"}:
            token = levels.pop()
            want = "next"
            if not levels:
                return Fault(start, start + 1, "the JSON is not well-formed"), True  # nothing known gets here
        elif want in {"value", "value or end"} and char in "{[":
            levels.append(at)
            if len(levels) > MAX_DEPTH:
                words = _too_deep
            want = "key or end" if char == "{" else "value or end"
        elif want == "next":
            words = None if char == "," else no_comma
            want = "key" if closer == "}" else "value"
        elif want == "colon":
            words = None if char == ":" else no_colon
            want = "value"
        elif want in {"key", "key or end"}:
            found, token, want = _STRING.match(text, at), at, "colon"
            words = None if found else no_key
        else:
            found, token, want = _SCALAR.match(text, at), at, "next"
            words = no_value if not found else too_large if _overflows(found.group()) else None
        if words:
            fault = words(Stop(text, at, last, token, closer, tuple(levels) or (start,)))
            return conflict(text, start, line_stop(text, at)) or fault, words is not no_end
        at = last = found.end() if found else at + 1


def _is_body(text: str, last: int, at: int) -> bool:
    """Whether text on another line than the last value is no part of the block any more."""
    gap = text[last:at]
    return "\n" in gap and text[at] not in '"}],:;' and (gap.count("\n") > 1 or text[at] not in "/#'“„<=|>")


def _too_deep(stop: Stop) -> Fault:
    return Fault(stop.at, stop.at + 1, f"lists and objects are nested more than {MAX_DEPTH} levels deep here")


def _overflows(value: str) -> bool:
    """Whether it is a number for which Go finds no float; one of 4,300 digits is also more than Python reads."""
    return value[-1] in "0123456789" and float(value) in {float("inf"), float("-inf")}
