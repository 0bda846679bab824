"""What a person should hear when a TOML block does not parse.

`tomli` says where it stopped and what it wanted; a person wants to know what they typed.
"""

from __future__ import annotations

import re

from .block import Problem
from .duplicates import duplicates
from .lines import line_stop, sentence
from .toml_places import stop_of

_VALUE = re.compile(r"=[ \t]*")
_STATEMENT = re.compile(r"""[ \t]*+(?:\[+[A-Za-z_][\w.-]*\]+[ \t\r]*$|[\w"'.-]+[ \t]*+=)""", re.MULTILINE)
_WORD = re.compile(r"""(?<![^\s=,\[\]{}"'])[^\s=,\[\]{}"']++\Z""")
_WORD_END = re.compile(r"[\s,\]}]|\Z")
_NO_VALUE = '"{}" is neither a number nor a date as TOML writes them; put it in quotes if it is text'
_REPEATS = ("Cannot overwrite", "Cannot declare", "Duplicate inline", "Cannot mutate", "Cannot redefine")


def explain(source: str, start: int, at: int, last: int, wanted: str, *, page: bool) -> tuple[Problem, ...]:
    """The problems of a block that tomli refuses at `at`, in its words; the TOML ends at `last`."""
    if wanted.startswith(_REPEATS):
        if problems := duplicates("toml", source, start, page=page):
            return problems
        begin = source.rfind("\n", 0, at) + 1
        message = "this name already has a value above"
        return (Problem("syntax", start + begin, start + line_stop(source, begin), message),)
    if at >= last:
        stop = stop_of(source)
        at = stop if stop >= 0 else last
        begin, end, message = at, line_stop(source, at), _unclosed(source, at)
    else:
        begin, end, message = _describe(source, at, wanted)
    return (Problem("syntax", start + begin, start + end, sentence(message)),)


def _unclosed(source: str, at: int) -> str:
    opener = source[at : at + 3] if source[at : at + 3] in {'"""', "'''"} else source[at : at + 1]
    if opener in {"[", "{"}:
        return f'this "{opener}" is never closed: a "{"]" if opener == "[" else "}"}" is missing'
    if opener and opener[0] in "\"'":
        return "the quotation mark here is never closed"
    return "the TOML breaks off here"


def _describe(source: str, at: int, wanted: str) -> tuple[int, int, str]:
    line_start = source.rfind("\n", 0, at) + 1
    line_end = line_stop(source, at)
    equals = _VALUE.search(source, line_start, max(at, line_start + 1))
    value = equals.end() if equals else at
    if wanted.startswith(("Illegal character", "Found invalid character")):
        if wanted.endswith("'\\n'"):
            return value, at, "this text has no closing quotation mark on its line"
        return at, at + 1, f"a control character (U+{ord(source[at]):04X}) cannot stand here; take it out"
    if "hex" in wanted or "scalar" in wanted:
        slash = source.rfind("\\", 0, at)
        digits = {"x": 2, "u": 4, "U": 8}[source[slash + 1]]
        message = f'"{source[slash : slash + 2]}" must be followed by the {digits} hexadecimal digits of a character'
        return slash, max(at, slash + 2), message
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
        line = source[line_start:line_end].strip()
        message = f'this line has no "=": "{line}" should look like key = "value"'
        return line_start, line_stop(source, line_start), message
    if wanted.startswith("Unclosed"):
        return _unclosed_or_comma(source, at, line_start)
    if "at the end of a" in wanted:
        bracket = "]]" if "]]" in wanted else "]"
        return line_start, line_stop(source, line_start), f'the name of a table must end with "{bracket}"'
    if source[at] == "," and ("key part" in wanted or wanted == "Invalid value"):
        return at, at + 1, "take out this comma: another stands before it, or nothing does"
    if wanted.startswith("Invalid value"):
        return _bad_value(source, at, line_end)
    if wanted.startswith("Expected newline"):
        return _tail(source, value, at, line_end)
    if source.startswith(("//", "/*", ";"), at):
        return at, line_end, 'a comment in TOML begins with "#"'
    text = source[at:line_end]
    if text and not text[0].isascii():
        return at, line_end, "a key with letters beyond a to z must stand in quotes"
    return at, line_end, 'a line should look like key = "value" here'


def _unclosed_or_comma(source: str, at: int, line_start: int) -> tuple[int, int, str]:
    """A list or an inline table goes on at `at`, where a comma or its end should be."""
    word = _WORD.search(source, line_start, at)
    if word:
        end = next(m.start() for m in _WORD_END.finditer(source, at))
        return word.start(), end, _NO_VALUE.format(source[word.start() : end])
    opened = stop_of(source)
    follows = line_start > opened and _STATEMENT.match(source, line_start)
    if opened >= 0 and (follows if source[opened] == "[" else source.find("}", at) < 0):
        return opened, line_stop(source, opened), _unclosed(source, opened)
    end = len(source[:at].rstrip())
    return end, end, "a comma is missing here"


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
        return value, line_end, _NO_VALUE.format(text)
    message = "text follows where the value has already ended; a value must stand in one pair of quotes"
    return at, line_end, message
