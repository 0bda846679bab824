"""What a person should hear when a JSON block does not parse.

The standard library says which token it wanted; here a small automaton walks to the first place that is wrong and
asks what a person may have meant.
"""

from __future__ import annotations

import re
from math import isinf
from typing import Final, NamedTuple

from .block import Problem
from .depth import MAX_DEPTH
from .lines import after_blank_line, after_line_end, line_stop, sentence


class _Fault(NamedTuple):
    """The first thing that is wrong.

    `kind` says what else is known: end (the block ends here, unclosed), eof (so does the page), body (there is no
    front matter at all).
    """

    start: int
    end: int
    message: str
    kind: str = ""


_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"')
_STRING_START = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.+-])")
_WORD = re.compile(r"(?:true|false|null)\b")
_ANY_WORD = re.compile(r"[^\s,:{}\[\]\"']+")
_END = re.compile(r"[,}\]]")
_SINGLE = re.compile(r"'[^'\n]*'")
_HUGO = re.compile(r'\\.|["{}]', re.DOTALL)
_ATTRIBUTE = re.compile(r"\{[.#%<\w]")
_TEMPLATE = re.compile(r"\{[ \t]*\{")

_TRAP: Final = (
    'Hugo takes a page that begins with "{" for JSON front matter and fails; put front matter ("{}" is enough) '
    "before this "
)


def explain(text: str, start: int, *, page: bool) -> tuple[Problem, int]:
    """The problem of the block whose `{` is at `start`, and where a person sees the body begin."""
    fault = (_trap(text, start) if page else None) or _first_fault(text, start)
    if fault.kind == "body":
        end = start
    elif fault.kind == "end":
        end = after_line_end(text, fault.end)
    elif fault.kind == "eof":
        end = len(text)
    else:
        closed = _extent(text, start)
        blank = after_blank_line(text, fault.end)
        end = blank if closed is None else min(after_line_end(text, closed), max(blank, fault.end))
    return Problem("syntax", fault.start, fault.end, sentence(fault.message)), end


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


def _trap(text: str, start: int) -> _Fault | None:
    """A body that begins with a brace, and no front matter."""
    line_end = text.find("\n", start)
    line = text[start : line_end if line_end >= 0 else len(text)].rstrip()
    if _TEMPLATE.match(line):
        what = "shortcode" if line.startswith(("{{<", "{{%")) else "text"
        return _Fault(start, start + len(line), _TRAP + what, "body")
    if _ATTRIBUTE.match(line) and ":" not in line:
        closed = line.find("}")
        if closed > 0 or line[1] in ".#%<":
            return _Fault(start, start + (closed + 1 if closed > 0 else len(line)), _TRAP + "text", "body")
    return None


def _first_fault(text: str, start: int) -> _Fault:
    """Walk the block to the first place that is not JSON."""
    closers: list[str] = []
    opened: list[int] = []
    at = start
    last = start
    want = "value"
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # matches nothing too
        char = text[at : at + 1]
        if want == "value" and char in {"{", "["} and char:
            closers.append("}" if char == "{" else "]")
            opened.append(at)
            if len(closers) > MAX_DEPTH:
                message = f"lists and objects are nested more than {MAX_DEPTH} levels deep here"
                return _Fault(at, at + 1, message)
            want = "key or end" if char == "{" else "value or end"
            at += 1
        elif closers and char == closers[-1] and want in {"next", "key or end", "value or end"}:
            closers.pop()
            opened.pop()
            at += 1
            want = "next"
            if not closers:
                return _Fault(start, start + 1, "the JSON is not well-formed")  # nothing known gets here
        elif want == "next" and char == ",":
            want = "key" if closers[-1] == "}" else "value"
            at += 1
        elif want == "colon" and char == ":":
            want = "value"
            at += 1
        elif want in {"key", "key or end"}:
            found = _STRING.match(text, at)
            if not found:
                return _bad_key(text, at, last, closers[-1], opened[-1])
            at = found.end()
            want = "colon"
        elif want in {"value", "value or end"} and (want == "value" or char != closers[-1]):
            if want == "value or end" and char in {"{", "["} and char:
                want = "value"
                continue
            found = _STRING.match(text, at) or _NUMBER.match(text, at) or _WORD.match(text, at)
            if not found:
                return _bad_value(
                    text, at, last, closers[-1] if closers else "}", opened[-1] if opened else start
                )
            # A whole number of 4,300 digits is also more than Python reads.
            if found.group()[-1] in "0123456789" and isinf(float(found.group())):
                return _Fault(at, found.end(), "this number is too large, and Hugo fails; put it in quotes")
            at = found.end()
            want = "next"
        elif want == "colon":
            return _no_colon(text, at, last)
        else:
            return _no_comma(text, at, last, closers[-1], opened[-1])
        last = at


def _common(text: str, at: int, last: int, closer: str, opened: int) -> _Fault | None:
    """Faults that can stand anywhere."""
    char = text[at : at + 1]
    if not char:
        what = "object" if closer == "}" else "list"
        if text.count("\n", opened, last) == 0 or what == "list":
            return _Fault(
                opened, opened + 1, f'this "{text[opened]}" is never closed: a "{closer}" is missing', "eof"
            )
        return _Fault(last, last, f'the JSON has no end: its closing "{closer}" is missing', "eof")
    if text.startswith(("//", "/*"), at) or char == "#":
        close = text.find("*/", at) + 2 if text.startswith("/*", at) else 1
        return _Fault(at, close if close > 1 else line_stop(text, at), "JSON has no comments; take this out")
    if char in "“”„‟«»":
        return _Fault(at, at + 1, f'JSON wants straight quotation marks ("), not {char}')
    return None


def _bad_key(text: str, at: int, last: int, closer: str, opened: int) -> _Fault:
    fault = _common(text, at, last, closer, opened)
    if fault:
        return fault
    char = text[at]
    if char == "}":
        comma = text.rindex(",", 0, at)
        return _Fault(comma, comma + 1, 'take out this comma: none may stand before a closing "}"')
    if char == ",":
        return _Fault(at, at + 1, "take out this comma: another stands before it, or nothing does")
    if char == '"':
        return _bad_string(text, at)
    quoted = _SINGLE.match(text, at)
    if quoted:
        message = f'a key must stand in double quotes: "{quoted.group()[1:-1]}"'
        return _Fault(at, quoted.end(), message)
    word = _ANY_WORD.match(text, at)
    if word:
        return _Fault(at, word.end(), f'a key must stand in double quotes: "{word.group()}"')
    return _Fault(at, at + 1, f'a key in double quotes should stand here, not "{char}"')


def _bad_value(text: str, at: int, last: int, closer: str, opened: int) -> _Fault:
    fault = _common(text, at, last, closer, opened)
    if fault:
        return fault
    char = text[at]
    if char == '"':
        return _bad_string(text, at)
    if char in "}]":
        if text[last - 1] == ",":
            return _Fault(last - 1, last, f'take out this comma: none may stand before a closing "{char}"')
        return _Fault(last, last, 'a value is missing after the colon; write "" for nothing')
    if char == ",":
        return _Fault(at, at + 1, "a value is missing before this comma")
    quoted = _SINGLE.match(text, at)
    if quoted:
        message = f'text must stand in double quotes: "{quoted.group()[1:-1]}"'
        return _Fault(at, quoted.end(), message)
    word = _ANY_WORD.match(text, at)
    if word is None:
        return _Fault(at, at + 1, f'a value should stand here, not "{char}"')
    name = word.group()
    if name.lower() in {"true", "false", "null"}:
        return _Fault(at, word.end(), f'write "{name.lower()}" in small letters')
    if name in {"None", "nil", "undefined"}:
        return _Fault(at, word.end(), f'write "null" instead of "{name}"')
    if re.match(r"[-+.]?[0-9]", name) and re.fullmatch(r"[-+.0-9eE_]+", name) and name.count("-") < 2:
        return _Fault(
            at, word.end(), f'"{name}" is not a number as JSON writes it; put it in quotes if it is text'
        )
    stop = line_stop(text, at)
    found = _END.search(text, at + 1, stop)
    return _Fault(at, found.start() if found else stop, "text must stand in double quotes")


def _bad_string(text: str, at: int) -> _Fault:
    begin = _STRING_START.match(text, at)
    stop = begin.end() if begin else at + 1
    char = text[stop : stop + 1]
    if not char or char in "\r\n":
        message = (
            "this text has no closing quotation mark on its line (write a line break inside text as \\n)"
        )
        return _Fault(at, stop, message)
    if char == "\\":
        escape = text[stop : stop + 2]
        if escape == "\\u":
            return _Fault(stop, stop + 2, "\\u must be followed by four hexadecimal digits")
        if not escape.strip("\\").strip():
            return _Fault(
                stop, stop + 1, "a backslash here means nothing in JSON; take it out, or write it twice"
            )
        return _Fault(stop, stop + 2, f'"{escape}" means nothing in JSON; write \\\\ for a backslash')
    name = "tab" if char == "\t" else f"control character U+{ord(char):04X}"
    good = "\\t" if char == "\t" else f"\\u{ord(char):04x}"
    return _Fault(stop, stop + 1, f"a {name} cannot stand inside text; take it out, or write {good}")


def _no_colon(text: str, at: int, last: int) -> _Fault:
    if text.startswith("=", at):
        return _Fault(at, at + 1, 'write ":" between a key and its value, not "="')
    if not text[at : at + 1]:
        return _Fault(
            last,
            last,
            "the JSON breaks off here: a colon, a value and the closing brace are missing",
            "eof",
        )
    return _Fault(last, last, "a colon is missing here between a key and its value")


def _no_comma(text: str, at: int, last: int, closer: str, opened: int) -> _Fault:
    fault = _common(text, at, last, closer, opened)
    if fault:
        return fault
    char = text[at]
    if char in "}]":
        return _Fault(
            at, at + 1, f'"{char}" closes what "{text[opened]}" has opened; a "{closer}" should stand here'
        )
    if closer == "}" and char != '"' and "\n" in text[last:at]:
        return _Fault(last, last, 'the JSON has no end: its closing "}" is missing', "end")
    if char == ";":
        return _Fault(at, at + 1, 'write "," between two entries, not ";"')
    line_end = line_stop(text, at)
    if char != '"' and text[last - 1] == '"' and '"' in text[at:line_end]:
        message = 'the text has ended before this; write a quotation mark inside text as \\"'
        return _Fault(last - 1, last, message)
    return _Fault(last, last, "a comma is missing here")
