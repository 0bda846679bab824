"""The events of a YAML block as Hugo's parser (goccy/go-yaml) sees it: those of libyaml, corrected where the two differ.

goccy takes a few things that libyaml refuses (a text that begins with a comma, a tab after a hyphen), and reads a few
things otherwise: the keys that follow an empty last item of a list belong to it, and `{a:b}` is a key with its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import yaml

from ..core.lazy_re import lazy_re

_LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# Characters that goccy takes for text, and libyaml for a line end (U+0085, U+2028, U+2029) or an error.
ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_PLACEHOLDER: Final = 0x10E000
PLACEHOLDERS = re.compile("[\U0010e000-\U0010efff]")

_EMPTY_ITEM = lazy_re(
    r"^[ ]*+(?:- ++(?=[^\s#&]))*(?!- ++[^\s#&])(?:[^\s#][^\n]*: +)?-[ \t\r]*+(?:[&#][^\n]*)?$", re.MULTILINE
)
_PAIR = lazy_re(r"(?P<key>[^:]+):(?P<value>[^/].*)", re.DOTALL)
_IN_BRACES = lazy_re(r"\{[^{}]*[^\s:{}]:[^\s/]")
_TEXT_MARK = lazy_re(
    r"^([ ]*+(?:- ++)*(?!- )(?:(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s:#\[{\"',}][^:\n]*):[ \t]+)?)([,}]|\?(?=\r?$))",
    re.MULTILINE,
)
_TAB = lazy_re(r"^(?:[ ]+(?=\t)|[ ]*-(?=[ \t]*\t)(?!.*:(?:[ \t\r]|$)))[ \t]+(?=[^\s#])", re.MULTILINE)


_MAPPING: Final = -1
_BRACKETS: Final = -2


@dataclass(frozen=True, slots=True)
class _At:
    """A place as libyaml's marks give it, for those who do not ask for lines."""

    index: int


def events(content: str) -> Iterator[Any]:
    """The parser's events for a block's content; raises yaml.YAMLError.

    Characters that libyaml and goccy see differently come as placeholders; `without_placeholders` undoes it. A mapping that goccy makes
    of an empty item has its hyphen's offset as `swallows`.
    """
    if ODD.search(content):
        content = ODD.sub(lambda m: _placeholder(m.group()), content)
    found: Iterator[Any] = yaml.parse(content, Loader=_LOADER)
    if _EMPTY_ITEM.search(content):
        found = _with_swallowed(found, content)
    return _with_pairs(found) if _IN_BRACES.search(content) else found


def tolerant(content: str) -> str:
    """The content, of the same length, without what libyaml alone refuses."""
    content = _TAB.sub(lambda m: m.group().replace("\t", " "), content)
    return _TEXT_MARK.sub(lambda m: m[1] + _placeholder(m[2]), content)


def _placeholder(char: str) -> str:
    return chr(_PLACEHOLDER + ord(char) % 0x1000)


def without_placeholders(value: str, content: str) -> str:
    """The text with the characters that `events` and `tolerant` replaced."""
    if not PLACEHOLDERS.search(value):
        return value
    odd = _odd_of(content)
    return PLACEHOLDERS.sub(lambda m: odd.get(ord(m.group()) - _PLACEHOLDER, m.group()), value)


@lru_cache(maxsize=2)
def _odd_of(content: str) -> Mapping[int, str]:
    """What the placeholders in a content were."""
    return {ord(c) % 0x1000: c for c in [*ODD.findall(content), ",", "}", "?"]}


def _with_swallowed(found: Iterator[Any], content: str) -> Iterator[Any]:
    """The events where a key, at the column of the hyphen of an empty last item above it, is the first of that item."""
    stack: list[tuple[int, list[Any]]] = []
    """Of each open list the column of its hyphens, else _MAPPING or _BRACKETS; and what is owed where it ends."""
    held: list[Any] = []
    """An empty item, and the end of its list."""
    column = 0
    for event in found:
        kind = event.__class__
        if len(held) == 1 and kind is yaml.SequenceEndEvent:
            column = stack.pop()[0]
            held.append(event)
            continue
        if held:
            is_key = kind in (yaml.ScalarEvent, yaml.AliasEvent) and event.start_mark.column == column
            if is_key and len(held) == 2 and stack[-1][0] == _MAPPING:
                mark = event.start_mark
                start: Any = yaml.MappingStartEvent(held[0].anchor, None, True, mark, mark, False)
                start.swallows = content.rfind("-", 0, held[0].start_mark.index + 1)
                yield start
                stack[-1][1].append(held[1])
            else:
                yield from held
            held = []
        if kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
            sort = event.start_mark.column if kind is yaml.SequenceStartEvent else _MAPPING
            stack.append((_BRACKETS if event.flow_style else sort, []))
        elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            for end in reversed(stack.pop()[1]):
                yield yaml.MappingEndEvent(event.start_mark, event.start_mark)
                yield end.__class__(event.start_mark, event.start_mark)
        elif kind is yaml.ScalarEvent and stack and stack[-1][0] >= 0 and _is_empty(event):
            held = [event]
            continue
        yield event


def _is_empty(event: Any) -> bool:
    """Whether a value is not there at all."""
    return not event.value and not event.style and event.tag is None


def _with_pairs(found: Iterator[Any]) -> Iterator[Any]:
    """The events where `a:b` in braces is a key with its value."""
    stack: list[bool | None] = []
    """Of each open list and mapping: whether a key comes next, None where that does not matter."""
    held: Any = None
    for event in found:
        kind = event.__class__
        if held is not None:
            pair = _PAIR.fullmatch(held.value) if kind is yaml.ScalarEvent and _is_empty(event) else None
            yield from (held,) if pair is None else _split(held, pair)
            held = None
            stack[-1] = pair is not None
            if pair is not None:
                continue
        is_start = kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent
        if is_start or kind is yaml.ScalarEvent or kind is yaml.AliasEvent:
            if stack and stack[-1] is not None:
                if stack[-1] and kind is yaml.ScalarEvent and not event.style and event.tag is None:
                    held = event
                    continue
                stack[-1] = not stack[-1]
            if is_start:
                stack.append(True if kind is yaml.MappingStartEvent and event.flow_style else None)
        elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            stack.pop()
        yield event


def _split(event: Any, pair: re.Match[str]) -> Iterator[Any]:
    """Key and value of a text like `a:b`."""
    scalar: Any = yaml.ScalarEvent
    value, style = pair["value"], ""
    if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
        value, style = value[1:-1], value[0]
    for text, start, end, how in (
        (pair["key"], 0, pair.end("key"), ""),
        (value, pair.start("value"), pair.end("value"), style),
    ):
        first, last = (_At(event.start_mark.index + offset) for offset in (start, end))
        yield scalar(None, None, (True, False), text, first, last, how)
