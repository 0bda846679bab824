"""Values of a YAML block, built from the events of libyaml; scalars are read as Hugo's parser (goccy/go-yaml) does.

PyYAML's own loaders follow YAML 1.1 (`yes` is true, `1:30` a number, a date a `datetime`) and take the last of two
equal keys in silence. So values are built here from the parser's events, with a list for a stack: no depth and no
alias can exhaust anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from .depth import MAX_DEPTH, too_deep
from .yaml_scalar import resolve

_LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MAX_VALUES: Final = 100_000
"""Values in one block, each alias counted with all it stands for: nine lines of aliases can stand for billions."""

# Characters that goccy takes for text, and libyaml for a line end (U+0085, U+2028, U+2029) or an error.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_STAND_IN: Final = 0x10E000
_STOOD_IN = re.compile("[\U0010e000-\U0010efff]")


class YamlError(Exception):
    """A block that Hugo or this reader does not take; offsets are in the block's content."""

    def __init__(self, start: int, end: int, message: str) -> None:
        super().__init__(message)
        self.start, self.end, self.message = start, end, message


def events(content: str) -> Iterator[Any]:
    """The parser's events for a block's content; raises yaml.YAMLError.

    Characters that libyaml and goccy see differently come as stand-ins; `text` undoes it.
    """
    if _ODD.search(content):
        content = _ODD.sub(lambda m: chr(_STAND_IN + ord(m.group()) % 0x1000), content)
    return yaml.parse(content, Loader=_LOADER)


class _Frame:
    """A list or mapping under construction."""

    __slots__ = ("anchor", "count", "is_map", "key", "value")

    def __init__(self, value: Any, anchor: str | None, count: int) -> None:
        self.value = value
        self.is_map = isinstance(value, dict)
        self.anchor = anchor
        self.count = count
        self.key: str | None = None


_MERGE: Final = "\0<<"


def build(content: str) -> tuple[dict[str, Any], bool]:
    """The mapping of a block's content, and whether any key in it stands twice; raises YamlError."""
    try:
        return _built(content)
    except (yaml.YAMLError, RecursionError) as error:
        from .yaml_errors import explain  # hardly any page is broken

        raise YamlError(*explain(content, error)) from error


def _built(content: str) -> tuple[dict[str, Any], bool]:
    if (deep := too_deep(content)) >= 0:
        raise _too_deep(deep)
    stood_in = _ODD.search(content) is not None
    stack: list[_Frame] = []
    anchors: dict[str, tuple[Any, int]] = {}
    repeated = False
    count = 0
    root: Any = None
    for event in events(content):
        kind = event.__class__
        if kind is yaml.ScalarEvent:
            count += 1
            value = event.value
            plain = event.style == "" or event.style is None
            if stood_in:
                value = unstand(value, content)
            if plain and not (stack and stack[-1].is_map and stack[-1].key is None):
                value = resolve(value, event.tag)
            elif plain and value == "<<":
                value = _MERGE
            elif event.tag is not None and not plain:
                value = resolve(value, event.tag) if event.tag != "!" else value
            if event.anchor:
                anchors[event.anchor] = (value, 1)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if len(stack) >= MAX_DEPTH:
                raise _too_deep(event.start_mark.index)
            if stack and stack[-1].is_map and stack[-1].key is None:
                raise _complex_key(event)
            stack.append(_Frame({} if kind is yaml.MappingStartEvent else [], event.anchor, count))
            count += 1
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            frame = stack.pop()
            value = frame.value
            if frame.anchor:
                anchors[frame.anchor] = (value, count - frame.count)
        elif kind is yaml.AliasEvent:
            if event.anchor not in anchors:
                raise _unknown_alias(event)
            value, size = anchors[event.anchor]
            count += size
            if stack and stack[-1].is_map and stack[-1].key is None:
                if isinstance(value, list | dict):
                    raise _complex_key(event)
                value = str(value)
        else:
            continue
        if count > _MAX_VALUES:
            message = f"the aliases here stand for more than {_MAX_VALUES:,} values; write the values out"
            raise YamlError(event.start_mark.index, event.end_mark.index, message)
        if not stack:
            root = value
            if not isinstance(value, dict):
                raise _no_mapping(event, content)
            continue
        parent = stack[-1]
        if not parent.is_map:
            parent.value.append(value)
        elif parent.key is None:
            parent.key = value
            repeated = repeated or value in parent.value
        elif parent.key == _MERGE:
            # In the order of the document: what comes later wins, be it merged or written out.
            for other in value if isinstance(value, list) else [value]:
                if isinstance(other, dict):
                    parent.value.update(other)
                elif other is not None:
                    raise YamlError(
                        event.start_mark.index,
                        event.end_mark.index,
                        '"<<" takes in the keys of another mapping (an alias like *base), and this is none',
                    )
            parent.key = None
        else:
            parent.value[parent.key] = value
            parent.key = None
    return ({} if root is None else root), repeated


def unstand(value: str, content: str) -> str:
    """The text with the characters that `events` replaced."""
    odd = {ord(c) % 0x1000: c for c in _ODD.findall(content)}
    return _STOOD_IN.sub(lambda m: odd.get(ord(m.group()) - _STAND_IN, m.group()), value)


def _too_deep(at: int) -> YamlError:
    return YamlError(at, at + 1, f"lists and mappings are nested more than {MAX_DEPTH} levels deep here")


def _complex_key(event: Any) -> YamlError:
    start = event.start_mark.index
    message = "a list or mapping cannot be a key; if this is text, put it in quotes"
    return YamlError(start, max(event.end_mark.index, start + 1), message)


def _unknown_alias(event: Any) -> YamlError:
    message = f'text that begins with "*" refers to an anchor, and there is none named "{event.anchor}"; quote the text'
    return YamlError(event.start_mark.index, event.end_mark.index, message)


def _no_mapping(event: Any, content: str) -> YamlError:
    begin = len(content) - len(content.lstrip())
    line_end = content.find("\n", begin)
    line = content[begin : line_end if line_end >= 0 else len(content)].rstrip()
    name, colon, rest = line.partition(":")
    if isinstance(event, yaml.ScalarEvent) and colon and rest and " " not in name:
        message = f'put a blank after the colon: "{name}: {rest.strip()}"'
        return YamlError(begin, begin + len(line), message)
    message = 'lines like "title: Some text" should stand here; this is something else, and Hugo fails'
    return YamlError(begin, begin + len(line), message)
