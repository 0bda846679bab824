"""What a person should hear when a TOML block does not parse.

`tomllib` says where it stopped and what it wanted; a person wants to know what they typed.
"""

from __future__ import annotations

import re

from .block import Problem
from .duplicates import duplicates
from .lines import sentence
from .toml_places import scan, stop_of

_PLACE = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)")
_VALUE = re.compile(r"=[ \t]*")
_REPEATS = ("Cannot overwrite", "Cannot declare", "Duplicate inline", "Cannot mutate")


def explain(source: str, start: int, content: int, error: Exception) -> tuple[Problem, ...]:
    """The problems of a block that tomllib refuses; `content` is where the TOML begins in the block."""
    wanted = str(error)
    at = _offset(source, content, wanted)
    if wanted.startswith(_REPEATS):
        problems = duplicates(scan(source), start, fatal=True)
        if problems:
            return problems
        begin = source.rfind("\n", 0, at) + 1
        message = "this name already has a value above, and Hugo cannot build the site"
        return (Problem("syntax", start + begin, start + _line_end(source, begin), message),)
    if at < 0:
        at = max(stop_of(source), content)
        begin, end, message = at, _line_end(source, at), _unclosed(source, at)
    else:
        begin, end, message = _describe(source, at, wanted)
    return (Problem("syntax", start + begin, start + end, sentence(message)),)


def _offset(source: str, content: int, wanted: str) -> int:
    """Where tomllib stopped, -1 for the end of the document. Its lines end with LF or CR LF, as ours."""
    found = _PLACE.search(wanted)
    if not found:
        return -1
    line, column = int(found[1]), int(found[2])
    at = content
    for _ in range(line - 1):
        at = source.find("\n", at) + 1
    return min(at + column - 1, len(source))


def _unclosed(source: str, at: int) -> str:
    opener = source[at : at + 3] if source[at : at + 3] in {'"""', "'''"} else source[at : at + 1]
    if opener in {"[", "{"}:
        return f'this "{opener}" is never closed: a "{"]" if opener == "[" else "}"}" is missing'
    if opener and opener[0] in "\"'":
        return "the quotation mark here is never closed"
    return "the front matter breaks off here"


def _describe(source: str, at: int, wanted: str) -> tuple[int, int, str]:
    line_start = source.rfind("\n", 0, at) + 1
    line_end = _line_end(source, at)
    equals = _VALUE.search(source, line_start, max(at, line_start + 1))
    value = equals.end() if equals else at
    if wanted.startswith("Illegal character"):
        if source[at : at + 1] in "\r\n":
            return value, at, "this text has no closing quotation mark on its line"
        return at, at + 1, f"a control character (U+{ord(source[at]):04X}) cannot stand here; take it out"
    if wanted.startswith("Unescaped"):
        slash = at if source[at : at + 1] == "\\" else source.rfind("\\", 0, at)
        escape = source[slash : slash + 2]
        message = f'"{escape}" means nothing inside double quotes; write "\\\\" for a backslash, or use single quotes'
        return slash, slash + 2, message
    if wanted.startswith("Invalid date"):
        return at, line_end, f'there is no such date or time as "{source[at:line_end]}"'
    if "'='" in wanted:
        if source[at : at + 1] == ":":
            return at, at + 1, 'write "=" between a key and its value, not ":"'
        return (
            line_start,
            _line_end(source, line_start),
            f'this line has no "=": "{source[line_start:line_end].strip()}" should look like key = "value"',
        )
    if wanted.startswith("Unclosed"):
        opened = max(source.rfind("[", 0, at), source.rfind("{", 0, at))
        opened = opened if opened >= line_start else value
        return opened, _line_end(source, opened), _unclosed(source, opened) + ", or a comma"
    if "at the end of a" in wanted:
        bracket = "]]" if "]]" in wanted else "]"
        return line_start, _line_end(source, line_start), f'the name of a table must end with "{bracket}"'
    if wanted.startswith("Invalid value"):
        return _bad_value(source, at, line_end)
    if wanted.startswith("Expected newline"):
        return _tail(source, value, at, line_end)
    if "key part" in wanted and source[at : at + 1] == "}":
        return at - 1, at, 'take out this comma: none may stand before a closing "}"'
    if source.startswith(("//", "/*", ";"), at):
        return at, line_end, 'a comment in TOML begins with "#"'
    text = source[at:line_end]
    if text and not text[0].isascii():
        return at, line_end, "a key with letters beyond a to z must stand in quotes"
    return at, line_end, 'a line should look like key = "value" here'


def _bad_value(source: str, at: int, line_end: int) -> tuple[int, int, str]:
    text = source[at:line_end]
    if not text or source[at : at + 1] in "\r\n":
        return at, at, 'a value is missing after "="; write "" for nothing'
    if text[0] in "“”„‘’‟«»":
        return at, at + 1, f'TOML wants straight quotation marks ("), not {text[0]}'
    if text.lower() in {"true", "false"}:
        return at, line_end, f'write "{text.lower()}" in small letters'
    if re.fullmatch(r"[-+]?\.[0-9]+", text):
        return at, line_end, f'write a digit before the point: "{text.replace(".", "0.")}"'
    end = min((x for x in (source.find(c, at, line_end) for c in ",]}") if x > at), default=line_end)
    return at, end, "text must stand in quotes"


def _tail(source: str, value: int, at: int, line_end: int) -> tuple[int, int, str]:
    text = source[value:line_end]
    if re.fullmatch(r"[-+.:_0-9TZ]+", text):
        message = (
            f'"{text}" is neither a number nor a date as TOML writes them; put it in quotes if it is text'
        )
        return value, line_end, message
    return (
        at,
        line_end,
        "text follows where the value has already ended; a value must stand in one pair of quotes",
    )


def _line_end(source: str, at: int) -> int:
    stop = source.find("\n", at)
    stop = len(source) if stop < 0 else stop
    return max(at + len(source[at:stop].rstrip()), min(at + 1, len(source)))
