"""What a person may have meant where a block stops being JSON."""

from __future__ import annotations

import re
from typing import NamedTuple

from .fault import Fault, bad_escape, name_of, odd, write
from .lines import line_stop
from .meant import instead, quoted, text_of


class Stop(NamedTuple):
    """Where the walk through a block stops."""

    text: str
    at: int
    """The character that cannot be here."""
    last: int
    """Where the token before it ends."""
    token: int
    """Where the last string, number, list or object begins."""
    closer: str
    """What ends the innermost list or object."""
    levels: tuple[int, ...]
    """The brackets that are open, outermost first."""

    @property
    def opened(self) -> int:
        """The innermost open bracket."""
        return self.levels[-1]

    @property
    def char(self) -> str:
        """The character that cannot be here; nothing at the end of the page."""
        return self.text[self.at : self.at + 1]


_WHOLE = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_GOOD_PART = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*')
_KEY = re.compile(r"""["'“”„‘’`]?([^\s"'“”„‘’`:=,{}\[\]][^"'“”„‘’`:=,{}\[\]\n]*?)["'“”„‘’`]?(?=\s*[:=])""")
_KEY_COLON = re.compile(r'"([\w -]+?) *: *"')
_IS_KEY = re.compile(r'\s*"[^"\n]*"\s*:')
_NEXT_LINE = re.compile(r'\s*(?:"[^"\n]*"?\s*[:,]|"[^"\n]*"?\s*$|[\]}]|\n|\Z)', re.MULTILINE)
_SMART = re.compile(r"[“„‟«‘‚][^\n“”»’]*[“”»’]")
_BARE = re.compile(r"[^\n,\[\]{}]*[^\s,\[\]{}]")
_BARE_TEXT = re.compile(r'(?:[^\n,\]}]|,(?!\s*["\n]))*[^\s,\]}]')
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]')
_NEXT_VALUE = re.compile(r"(?:-?[0-9][0-9.]*|true|false|null)[ \t]*[,\]}\n]")
_BACKSLASH = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')


def no_key(stop: Stop) -> Fault:
    """A key must be here."""
    text, at = stop.text, stop.at
    if fault := _anywhere(stop):
        return fault
    if stop.char == "}":
        comma = text.rindex(",", 0, at)
        return Fault(comma, comma + 1, 'no comma is allowed before a closing "}"', "remove this comma")
    if stop.char == ",":
        return Fault(at, at + 1, "this comma separates nothing", "remove this comma")
    if stop.char == "{":
        return Fault(at, at + 1, 'this "{" is one too many', "remove it")
    key = _KEY.match(text, at)
    if key:
        return Fault(at, key.end(), "a key must be between double quotes", write(f'"{key[1]}"'))
    if stop.char == '"':
        return _bad_string(stop)
    return Fault(at, at + 1, f'a key between double quotes must be here, not "{stop.char}"')


def no_value(stop: Stop) -> Fault:
    """A value must be here."""
    text, at, char = stop.text, stop.at, stop.char
    if fault := _anywhere(stop):
        return fault
    if char == '"':
        return _bad_string(stop)
    if char in "}]" and text[stop.last - 1] == ",":
        return Fault(
            stop.last - 1, stop.last, f'no comma is allowed before a closing "{char}"', "remove this comma"
        )
    if char == "," and stop.closer == "]":
        return Fault(at, at + 1, "this comma separates nothing", "remove this comma")
    if char in "}],":
        return Fault(stop.last, stop.last, "a value is missing", 'write `""`, or remove the key')
    close = text.find(")", at, line_stop(text, at))
    if char == "(" and close > 0:
        return Fault(
            at, close + 1, "a list must be between square brackets", write(f"[{text[at + 1 : close]}]")
        )
    found = _SMART.match(text, at) or (_BARE if stop.closer == "]" else _BARE_TEXT).match(text, at)
    if not found:
        return Fault(at, at + 1, f'a value must be here, not "{char}"')
    return Fault(at, found.end(), *instead("json", found.group()))


def no_colon(stop: Stop) -> Fault:
    """A colon must follow the key."""
    text, at = stop.text, stop.at
    if stop.char == "=":
        return Fault(at, at + 1, 'between a key and its value must be ":", not "="', write(":"))
    name = text[stop.token : stop.last]
    two = _KEY_COLON.fullmatch(name)
    if two and not stop.char.isspace() and at == stop.last:
        return Fault(
            stop.token, stop.token + 1 + len(two[1]), "this key has no closing quote", write(f'"{two[1]}"')
        )
    before = text[text.rfind("\n", 0, stop.token) + 1 : stop.token]
    value = re.search(r':\s*("[^"\n]*"(?:, *"[^"\n]*")*), *\Z', before)
    if value and stop.char in ",}\n":
        start = stop.token - len(before) + value.start(1)
        literal = f"[{text[start : stop.last]}]"
        return Fault(
            start, stop.last, "several values must be a list, between square brackets", write(literal)
        )
    if stop.char == ",":
        return Fault(at, at + 1, 'between a key and its value must be ":", not ","', write(":"))
    return _anywhere(stop) or Fault(stop.last, stop.last, "a colon is missing after this key", write(":"))


def no_comma(stop: Stop) -> Fault:
    """A comma or the end of the list or object must follow the value."""
    text, at, char = stop.text, stop.at, stop.char
    same_line = "\n" not in text[stop.last : at]
    if fault := _anywhere(stop):
        return fault
    if char in "}]":
        return _wrong_bracket(stop)
    if stop.closer == "]" and char == ":":
        return _unclosed(stop, len(text[: stop.token].rstrip()), stop.opened)
    if stop.closer == "]" and not same_line and _IS_KEY.match(text, at):
        return _unclosed(stop, stop.last, stop.opened)
    if char == ";":
        return Fault(at, at + 1, 'between two entries must be ",", not ";"', write(","))
    token = text[stop.token : stop.last]
    if same_line and char not in "\"'{[":
        if token[-1] == '"':
            return _after_string(stop, token)
        end = (_BARE if stop.closer == "]" else _BARE_TEXT).match(text, stop.token)
        if end and end.end() > at and not _NEXT_VALUE.match(text, at):
            return Fault(stop.token, end.end(), *instead("json", end.group()))
    return Fault(stop.last, stop.last, "a comma is missing", write(","))


def too_large(stop: Stop) -> Fault:
    """A number that Go cannot hold."""
    digits = re.compile(r"[^\s,\]}]*").match(stop.text, stop.at)
    literal = digits.group() if digits else ""
    return Fault(
        stop.at, stop.at + len(literal), "this number is too large, and Hugo fails", write(f'"{literal}"')
    )


def _anywhere(stop: Stop) -> Fault | None:
    """What can be wrong at every place."""
    text, at = stop.text, stop.at
    if text.startswith(("//", "/*", "#"), at):
        close = text.find("*/", at) + 2 if text.startswith("/*", at) else 1
        return Fault(
            at, close if close > 1 else line_stop(text, at), "JSON has no comments", "remove this comment"
        )
    return odd(text, at)


def _after_string(stop: Stop, token: str) -> Fault:
    """A string ends, and text follows: a quote is missing in a list, or quotes are within quotes."""
    text = stop.text
    if re.search(r", *\"\Z", token):
        item = token[: token.rindex(",")]
        return Fault(stop.token, stop.token + len(item), "a closing quote is missing", write(f'{item}"'))
    end = text.rfind('"', stop.at, line_stop(text, stop.at)) + 1
    if end <= stop.at:
        end = stop.at + len(_BARE_TEXT.match(text, stop.at).group())  # type: ignore[union-attr]  # not at a comma
    whole = text[stop.token : end]
    return Fault(
        stop.token, end, "the text ends early, at the quote in it", write(quoted("json", text_of(whole)))
    )


def _bad_string(stop: Stop) -> Fault:
    text, at = stop.text, stop.at
    begin = _GOOD_PART.match(text, at)
    stop_at = begin.end() if begin else at + 1
    char = text[stop_at : stop_at + 1]
    escaped = text[stop_at + 1 : stop_at + 2] if char == "\\" else char
    if escaped in ("", "\r", "\n"):
        return _no_quote(stop)
    if char == "\t":
        return Fault(stop_at, stop_at + 1, "a tab is not allowed in a text", write("\\t"))
    if char != "\\":
        return Fault(stop_at, stop_at + 1, f"{name_of(char)} is not allowed in a text", "remove it")
    message = bad_escape(text[stop_at : stop_at + 2])
    whole = _WHOLE.match(text, at)
    if not whole:
        return Fault(stop_at, stop_at + 2, message, "write `\\\\` for a backslash")
    inner = whole[1]
    if re.match(r"[A-Za-z]:\\(?!\\)|\\\\(?!\\)", inner):
        literal = quoted("json", inner)
    else:
        literal = _BACKSLASH.sub(r"\\\\", inner.replace("\\'", "'")).join('""')
    return Fault(at, whole.end(), message, write(literal))


def _no_quote(stop: Stop) -> Fault:
    """A text that does not end on its line."""
    text, at = stop.text, stop.at
    end = line_stop(text, at)
    after = text.find("\n", end) + 1
    close = text.find('"', end)
    if after and close > 0 and not _NEXT_LINE.match(text, after) and text.count("\n", at, close) < 20:
        literal = quoted("json", text[at + 1 : close].replace("\r\n", "\n"))
        return Fault(at, close + 1, "a text must be on one line, with \\n for a line break", write(literal))
    typed = text[at:end].rstrip(" \t,")
    if stop.closer == "]" or stop.levels[-1] >= text.rfind("\n", 0, at) + 1:
        typed = typed.removesuffix("}").rstrip().removesuffix(stop.closer).rstrip()
    return Fault(at, at + len(typed), "a closing quote is missing", write(quoted("json", text_of(typed))))


def _wrong_bracket(stop: Stop) -> Fault:
    """A bracket that closes what another kind of bracket opens: it is the wrong one, or one is missing before it."""
    text, at, opened = stop.text, stop.at, stop.opened
    one_line = "\n" not in text[opened:at]
    follows = text[at + 1 :].lstrip()[:1]
    outermost = len(stop.levels) == 1
    if outermost or (follows in {"}", ",", "]"} if one_line else _indent(text, opened) == _indent(text, at)):
        message = f'"{text[at]}" cannot close "{text[opened]}"'
        return Fault(at, at + 1, message, write(stop.closer))
    return _unclosed(stop, stop.last, opened)


def _indent(text: str, at: int) -> str:
    line = text[text.rfind("\n", 0, at) + 1 :]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _unclosed(stop: Stop, end: int, opened: int) -> Fault:
    """A list or object without its end, which belongs at `end`, before the comma that may be there."""
    text = stop.text
    comma = text[end - 1] == ","
    end -= comma
    closer = "]" if text[opened] == "[" else "}"
    message = f'this "{text[opened]}" is never closed'
    body = text[opened:end]
    if "\n" not in body:
        return Fault(opened, end, message, write(body + closer))
    separator = "" if comma or text[stop.at : stop.at + 1] in {"}", "]", ""} else ","
    last = body[body.rindex("\n") :].strip()
    return Fault(opened, opened + 1, message, f"write `{closer}{separator}` after `{last}`")


def no_end(stop: Stop) -> Fault:
    """The page ends, or its text begins, while brackets are open."""
    text = stop.text
    if text[stop.opened] == "[":
        return _unclosed(stop, stop.last, stop.opened)
    for opened, closed in _objects(stop):
        end = line_stop(text, opened)
        if opened + 1 < end < closed:
            return _unclosed(stop, end, opened)
    line = text[text.rfind("\n", 0, stop.last) + 1 : stop.last].strip()
    again = "another `}`" if line == "}" else "`}`"
    return Fault(
        stop.last, stop.last, 'the JSON has no end: a "}" is missing', f"write {again} after `{line}`"
    )


def _objects(stop: Stop) -> list[tuple[int, int]]:
    """Where each object within the first begins and ends, or seems to end."""
    open_braces: list[int] = []
    found: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(stop.text, stop.levels[0], stop.last):
        if piece.group() == "{":
            open_braces.append(piece.start())
        elif piece.group() == "}":
            found.append((open_braces.pop(), piece.start()))
    return found
