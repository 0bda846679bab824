"""Values of a YAML block, built from the events of libyaml; scalars are read as Hugo's parser (goccy/go-yaml) does.

PyYAML's own loaders follow YAML 1.1 (`yes` is true, `1:30` a number, a date a `datetime`) and take the last of two
equal keys without a word. So values are built here from the parser's events, with a list for a stack: no depth and no
alias can exhaust anything.
"""

from __future__ import annotations

from typing import Any, Final

import yaml

from ..core.lazy_re import lazy_re
from .depth import MAX_DEPTH, too_deep
from .fault import Fault
from .yaml_events import ODD, PLACEHOLDERS, events, tolerant, without_placeholders
from .yaml_scalar import resolve

_MAX_VALUES: Final = 100_000
"""Values in one block, each alias counted with all that it expands to: nine lines of aliases can be billions."""


class YamlError(Exception):
    """A block that Hugo or this reader does not take; offsets are in the block's content."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


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


def build(content: str, *, page: bool = True) -> tuple[dict[str, Any], bool]:
    """The mapping of a block's content, and whether any key in it appears twice; raises YamlError."""
    try:
        return _built(content, page)
    except (yaml.YAMLError, RecursionError) as error:
        wrong: Exception = error
    if (other := tolerant(content)) != content:
        try:
            return _built(other, page)
        except (yaml.YAMLError, RecursionError) as error:
            wrong = error
    from .yaml_errors import explain  # hardly any page is broken

    raise YamlError(explain(content, wrong, page=page)) from wrong


_WORD = lazy_re(r"![\w-]+")
"""A tag that may be the first word of a text; `!ruby/object:Date` of other programs is none, and Hugo drops it."""


def _built(content: str, page: bool) -> tuple[dict[str, Any], bool]:
    if (deep := too_deep(content)) >= 0:
        raise _too_deep(deep)
    odd = ODD.search(content) is not None or PLACEHOLDERS.search(content) is not None
    tabs = "\t" in content
    stack: list[_Frame] = []
    anchors: dict[str, tuple[Any, int]] = {}
    repeated = False
    count = 0
    root: Any = None
    for event in events(content):
        kind = event.__class__
        if kind is yaml.ScalarEvent:
            if event.tag and _WORD.fullmatch(event.tag):
                raise _not_text(event, content)
            count += 1
            value = event.value
            plain = event.style == "" or event.style is None
            if tabs:
                value = _without_tabs(event, content)
            if odd:
                value = without_placeholders(value, content)
            if plain and not (stack and stack[-1].is_map and stack[-1].key is None):
                value = resolve(value, event.tag)
            elif plain and value == "<<":
                value = _MERGE
            elif event.tag is not None and not plain:
                value = resolve(value, event.tag) if event.tag != "!" else value
            if event.anchor:
                anchors[event.anchor] = (value, 1)
                if value == "" and stack and stack[-1].is_map and stack[-1].key is None:
                    raise _not_text(event, content)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if len(stack) >= MAX_DEPTH:
                raise _too_deep(event.start_mark.index)
            if stack and stack[-1].is_map and stack[-1].key is None:
                raise _not_text(event, content)
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
                raise _not_text(event, content)
            value, size = anchors[event.anchor]
            count += size
            if stack and stack[-1].is_map and stack[-1].key is None:
                if isinstance(value, list | dict):
                    raise _not_text(event, content)
                value = str(value)
        else:
            continue
        if count > _MAX_VALUES:
            message = f"the aliases here expand to more than {_MAX_VALUES:,} values; write the values out"
            raise YamlError(Fault(event.start_mark.index, event.end_mark.index, message))
        if not stack:
            root = value
            if not isinstance(value, dict):
                raise _no_mapping(content, page)
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
                    message = '"<<" merges the keys of another mapping (an alias like *base), and this is not a mapping'
                    raise YamlError(Fault(event.start_mark.index, event.end_mark.index, message))
            parent.key = None
        else:
            parent.value[parent.key] = value
            parent.key = None
    return ({} if root is None else root), repeated


def _without_tabs(event: Any, content: str) -> str:
    """The value of a scalar: Hugo drops the tabs of one without quotes."""
    value: str = event.value
    if not event.style:
        return value.replace("\t", "")
    if event.style in "\"'":
        from .yaml_misread import tab_in_quotes  # hardly any page has one

        if fault := tab_in_quotes(content, event):
            raise YamlError(fault)
    return value


def _too_deep(at: int) -> YamlError:
    return YamlError(
        Fault(at, at + 1, f"lists and mappings are nested more than {MAX_DEPTH} levels deep here")
    )


def _not_text(event: Any, content: str) -> YamlError:
    """A value that YAML takes for a tag, an alias or a list as a key, where nobody means one."""
    from .yaml_words import as_text

    return YamlError(as_text(content, event.start_mark.index))


def _no_mapping(content: str, page: bool) -> YamlError:
    from .yaml_errors import no_mapping

    return YamlError(no_mapping(content, page=page))
