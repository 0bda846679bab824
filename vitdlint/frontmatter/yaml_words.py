"""What a person may have meant where a block stops being YAML."""

from __future__ import annotations

import re
from typing import Final

from .fault import Fault, write
from .lines import line_stop
from .meant import quoted, text_of

KEY_LINE = re.compile(r"^[ \t]*(?:- +)*(?:[\w.-]+|\"[^\"\n]*\"|'[^'\n]*'):(?:[ \t\r]|$)", re.MULTILINE)
_KEY = re.compile(r"[ \t]*(?:- +)*(?:(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s:#\[{\"'][^:\n]*):[ \t]+)?")
_COMMENT = re.compile(r"[ \t]+#")
_OPEN = re.compile(
    r"^[ \t]*(?:- +)*[\w.-]+:[ \t]+((?:\"(?:[^\"\\\n]|\\.)*|'[^'\n]*(?:''[^'\n]*)*)[^\"'\n]*)$", re.MULTILINE
)
_INDENT = re.compile(r"^( *)(- *)?(?=[^\s#])", re.MULTILINE)
_BLOCK_TEXT = re.compile(r"^[ ]*(?:- +)*[\w.-]+:[ \t]*[|>][-+0-9]*[ \t\r]*\n\Z", re.MULTILINE)
_PLAIN_VALUE = re.compile(r"^[ ]*(?:- +)*[\w.-]+:[ \t]+[^\s\"'\[{|>&*!#][^\n]*\n\Z", re.MULTILINE)
_KEYS: Final = frozenset(
    [
        "aliases",
        "author",
        "authors",
        "categories",
        "date",
        "description",
        "draft",
        "images",
        "keywords",
        "layout",
        "params",
        "slug",
        "summary",
        "tags",
        "title",
        "toc",
        "type",
        "url",
        "weight",
    ]
)


def value_start(content: str, line: int, at: int) -> int:
    """Where the value begins on the line that begins at `line`; `at` if there is none before it."""
    key = _KEY.match(content, line, line_stop(content, line))
    return min(key.end(), at) if key and content[line : key.end()].strip(" \t-") else at


def as_text(content: str, at: int, message: str = "") -> Fault:
    """Text that YAML takes for something else, as it is not between quotes."""
    line = content.rfind("\n", 0, at) + 1
    stop = line_stop(content, at)
    key = _KEY.match(content, line, line_stop(content, line))
    start = key.end() if key else at
    if not content.startswith(("[", "{"), at) and re.search(r"[\[{][^\]}]*\Z", content[start:at]):
        start = at
        end = next((i for i in range(at, stop) if content[i] in ",]}"), stop)
    else:
        comment = _COMMENT.search(content, start + 1, stop)
        end = comment.start() if comment else stop
    typed = content[start:end].strip()
    message = message or f'text that begins with "{typed[:1]}" must be between quotes'
    return Fault(start, start + len(typed), message, write(quoted("yaml", text_of(typed))))


def open_quote(content: str, limit: int) -> Fault | None:
    """A text without its closing quote before another line with a key."""
    for found in _OPEN.finditer(content, 0, limit):
        typed = found[1].rstrip()
        if typed.count(typed[0]) % 2 and KEY_LINE.match(content, found.end() + 1):
            literal = quoted("yaml", text_of(typed), like=typed[0])
            return Fault(
                found.start(1), found.start(1) + len(typed), "a closing quote is missing", write(literal)
            )
    return None


def quote_ends_early(content: str, at: int) -> Fault:
    """Text behind a text in quotes, or behind a list in brackets."""
    line = content.rfind("\n", 0, at) + 1
    if content[at : line_stop(content, at)] == ",":
        return Fault(at, at + 1, "no comma is allowed after a value", "remove this comma")
    start = value_start(content, line, at)
    in_quotes = content.startswith(('"', "'"), start)
    return as_text(content, at, "the text ends early, at the quote in it" if in_quotes else "")


def no_key(content: str, since: int) -> Fault:
    """A line that is neither a key with its value nor a list item."""
    end = line_stop(content, since)
    line = content[since:end]
    if re.match(r"-[^\s-]", line):
        return Fault(since, end, "a space is missing after the hyphen", write(f"- {line[1:]}"))
    if found := re.fullmatch(r"([\w.-]+):([^\s/].*)", line):
        return Fault(since, end, "a space is missing after the colon", write(f"{found[1]}: {found[2]}"))
    if found := re.fullmatch(r"([\w.-]+)[ \t]*:?=>?[ \t]*(.*)", line):
        return Fault(
            since, end, 'between a key and its value must be ":", not "="', write(f"{found[1]}: {found[2]}")
        )
    start = content.rfind("\n", 0, since) + 1
    name, _, rest = line.partition(" ")
    follows = content[end:].lstrip("\r\n")
    if name.lower() in _KEYS or (not rest and re.match(r"[ \t]+\S|- ", follows)):
        literal = f"{name}: {rest.strip()}".rstrip()
        return Fault(since, end, "a colon is missing after the key", write(literal))
    before = content[:start]
    if _BLOCK_TEXT.search(before) or _PLAIN_VALUE.search(before):
        advice = f"{write(f'  {line}')}, if it belongs to the line above"
        return Fault(since, end, "this line has no key, and is not indented either", advice)
    example = write(f"{name}: {rest.strip()}".rstrip()) if re.fullmatch(r"[A-Za-z_]\w*", name) else ""
    return Fault(since, end, "this line has no key", example or "write a line like `title: Some text`")


def indentation(content: str, at: int) -> Fault:
    """A line that begins further right or left than the lines to which it may belong."""
    start = content.rfind("\n", 0, at) + 1
    found = [(m.start(), len(m[1]), bool(m[2])) for m in _INDENT.finditer(content, 0, line_stop(content, at))]
    here = next((indent for line, indent, _ in found if line == start), 0)
    others = [indent for line, indent, _ in found if line != start]
    if len(found) == 2 and here < others[0]:  # the first line is the odd one
        start, here, others = found[0][0], others[0], [here]
    is_item = content.startswith("-", start + here)
    alike = [indent for line, indent, item in found if line != start and item == is_item] or others or [0]
    wanted = min(alike, key=lambda indent: (abs(indent - here), -indent))
    message = f"this line is indented by {_spaces(here)}, and the lines that it fits by {wanted or 'none'}"
    advice = "remove these spaces" if not wanted else f"write {_spaces(wanted)} here"
    return Fault(start, start + here, message, advice)


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"


def open_list(content: str, at: int, since: int) -> Fault:
    """A list or mapping in brackets that is not one to its end."""
    end = line_stop(content, since)
    opener = content[since : since + 1]
    closer = "]" if opener == "[" else "}"
    line = content[since:end]
    if found := re.search(r"[ \t](#[^\s,\]}]*)[,\]} ]", line):
        start = since + found.start(1)
        message = '"#" after a space begins a comment'
        return Fault(start, since + found.end(1), message, write(quoted("yaml", found[1])))
    if content[at : at + 1] == ",":
        return Fault(at, at + 1, "this comma separates nothing", "remove this comma")
    if closer not in line:
        message = f'this "{opener}" is never closed'
        if line[-1] in ")]}":
            return Fault(since, end, message, write(line[:-1] + closer))
        last = _last_item(content, end)
        if last == end:
            return Fault(since, end, message, write(line.rstrip(",") + closer))
        advice = f"write `{closer}` after `{content[content.rfind(chr(10), 0, last) + 1 : last].strip()}`"
        return Fault(since, since + 1, message, advice)
    if found := re.search(r"(([\"'])[^\"'\n,]*), *\2(?=\w)", line):
        start = since + found.start(1)
        return Fault(start, since + found.end(1), "a closing quote is missing", write(found[1] + found[2]))
    before = len(content[:at].rstrip())
    if since < before < at < end and content[before - 1] in "\"'":
        return Fault(before, before, "a comma is missing", write(","))
    return as_text(content, since)


def _last_item(content: str, end: int) -> int:
    """Where the last line ends that may belong to a list whose first line ends at `end`."""
    while end < len(content):
        start = content.find("\n", end) + 1
        if not start or KEY_LINE.match(content, start) or not content[start:].strip():
            break
        end = line_stop(content, start)
    return end
