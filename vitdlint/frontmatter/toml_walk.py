"""A walk through a TOML block to the first place that is not TOML."""

from __future__ import annotations

import re
from datetime import date

from .fault import Fault, odd
from .toml_words import (
    Stop,
    after_value,
    bad_header,
    bad_key,
    bad_string,
    bad_value,
    in_list,
    no_equals,
    no_item,
)

_SPACES = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*)*")
_ESCAPE = r"""\\(?:[btnfre"\\]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})"""
_CONTROL = "\x00-\x08\x0a-\x1f\x7f"
_LONG_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
_STRING = re.compile(
    rf'"""(?:[^"\\{_LONG_CONTROL}]|{_ESCAPE}|\\[ \t]*\r?\n|"{{1,2}}(?!"))*"{{3,5}}'
    rf"|'''(?:[^'{_LONG_CONTROL}]|'{{1,2}}(?!'))*'{{3,5}}"
    rf'|"(?!"")(?:[^"\\{_CONTROL}]|{_ESCAPE})*"'
    rf"|'(?!'')[^'{_CONTROL}]*'"
)
_NAME = re.compile(rf"""[A-Za-z0-9_-]+|"(?:[^"\\{_CONTROL}]|{_ESCAPE})*"|'[^'{_CONTROL}]*'""")
_DAY = r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?"
_SCALAR = re.compile(
    rf"(?:{_DAY}(?:[Tt ]{_TIME}(?:[Zz]|[-+](?:[01][0-9]|2[0-3]):[0-5][0-9])?)?|{_TIME}"
    r"|0x[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|0o[0-7]+(?:_[0-7]+)*|0b[01]+(?:_[01]+)*"
    r"|[-+]?(?:0|[1-9][0-9]*(?:_[0-9]+)*)(?:\.[0-9]+(?:_[0-9]+)*)?(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?"
    r"|[-+]?(?:inf|nan)|true|false)(?![^\s,\]}#])"
)


class _Found(Exception):  # noqa: N818  # it ends the walk, and is not an error anybody sees
    """The walk is over."""

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self.fault = fault


def first_fault(source: str, start: int, end: int) -> Fault | None:
    """What is wrong first between the offsets; None where it is only that names are used twice."""
    walk = _Walk(source, end)
    try:
        walk.document(start)
    except _Found as found:
        return found.fault
    except RecursionError:
        pass
    return None


class _Walk:
    def __init__(self, source: str, end: int) -> None:
        self.source = source
        self.end = end

    def document(self, at: int) -> None:
        while (at := self.gap(at)) < self.end:
            is_header = self.source.startswith("[", at)
            at, value = (self.header(at), at) if is_header else self.pair(at, "\n")
            after = self.skip(_SPACES, at)
            if after < self.end and self.source[after] not in "\r\n#":
                raise _Found(odd(self.source, after) or after_value(self.stop(after), value, at))

    def header(self, at: int) -> int:
        begin = at
        brackets = "]]" if self.source.startswith("[[", at) else "]"
        at = self.name(at + len(brackets))
        if at < 0 or not self.source.startswith(brackets, at):
            raise _Found(bad_header(self.stop(begin)))
        return at + len(brackets)

    def pair(self, at: int, closer: str) -> tuple[int, int]:
        """One key with its value: where it ends, and where the value begins."""
        begin = at
        at = self.name(at)
        if at < 0 or not self.source.startswith("=", at):
            fault = odd(self.source, begin if at < 0 else at)
            raise _Found(fault or (bad_key if at < 0 else no_equals)(self.stop(begin, closer)))
        value = self.skip(_SPACES, at + 1)
        return self.value(value, closer), value

    def name(self, at: int) -> int:
        """Where a dotted name ends, with the spaces behind it; -1 if there is none."""
        while True:
            found = _NAME.match(self.source, self.skip(_SPACES, at))
            if not found:
                return -1
            at = self.skip(_SPACES, found.end())
            if not self.source.startswith(".", at):
                return at
            at += 1

    def value(self, at: int, closer: str) -> int:
        """Where the value ends that begins here; `closer` ends what it is in."""
        char = self.source[at : at + 1]
        if char == "[":
            return self.items(at)
        if char == "{":
            return self.pairs(at)
        if char in {'"', "'"}:
            text = _STRING.match(self.source, at)
            if not text:
                raise _Found(bad_string(self.stop(at, closer)))
            return text.end()
        found = _SCALAR.match(self.source, at)
        if not found or not _exists(found["day"]):
            raise _Found(odd(self.source, at) or bad_value(self.stop(at, closer)))
        return found.end()

    def items(self, at: int) -> int:
        opened = at
        at = self.gap(at + 1)
        while not self.source.startswith("]", at):
            stop = self.stop(at, "]", opened)
            fault = odd(self.source, at) or no_item(stop)
            if fault:
                raise _Found(fault)
            end = self.value(at, "]")
            at = self.comma(self.stop(at, "]", opened), end)
        return at + 1

    def pairs(self, at: int) -> int:
        opened = at
        at = self.gap(at + 1)
        while not self.source.startswith("}", at):
            stop = self.stop(at, "}", opened)
            fault = odd(self.source, at) or no_item(stop)
            if fault:
                raise _Found(fault)
            end, value = self.pair(at, "}")
            at = self.comma(stop._replace(at=value), end)
        return at + 1

    def comma(self, stop: Stop, end: int) -> int:
        """Where the next item begins, or the end of the list, behind one that ends here."""
        at = self.gap(end)
        if self.source.startswith(",", at):
            return self.gap(at + 1)
        if not self.source.startswith(stop.closer, at):
            raise _Found((odd(self.source, at) if at < self.end else None) or in_list(stop, end, at))
        return at

    def stop(self, at: int, closer: str = "\n", opened: int = -1) -> Stop:
        return Stop(self.source, at, self.end, closer, opened)

    def gap(self, at: int) -> int:
        return min(self.skip(_GAP, at), self.end)

    def skip(self, pattern: re.Pattern[str], at: int) -> int:
        found = pattern.match(self.source, at, self.end)
        return found.end() if found else at


def _exists(day: str | None) -> bool:
    try:
        return day is None or bool(date.fromisoformat(day))
    except ValueError:
        return False
