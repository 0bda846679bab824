"""Where Hugo reads something else in a YAML block than people do, and says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import yaml

from ..core.lazy_re import lazy_re
from .fault import Fault
from .yaml_events import events, tolerant, without_placeholders

KIND: Final = "misread"
_TABS = lazy_re(r"(?<=[^\s:])\t+(?=[^\s#])")
_TAB_INDENT = lazy_re(r"\n(\t+)")
_SPACES = lazy_re(r"[ \t]++(?!\n)\"?")


def misread(content: str) -> Iterator[Fault]:
    """Keys that fall into an empty list item, and tabs that Hugo drops, in a block that Hugo takes."""
    try:
        yield from _misread(content)
    except yaml.YAMLError:
        yield from _misread(tolerant(content))


def _misread(content: str) -> Iterator[Fault]:
    found: list[Any] = [*events(content), None]
    for event, following in pairwise(found):
        if (at := getattr(event, "swallows", -1)) >= 0:
            name = without_placeholders(getattr(following, "value", None) or following.anchor or "", content)
            message = f'Hugo reads "{name}" and what follows it as a part of this empty list item'
            yield Fault(at, at + 1, message, "remove this hyphen")
        if event.__class__ is yaml.ScalarEvent and not event.style and "\t" in event.value:
            yield from _lost_tab(event, content)


def _lost_tab(event: Any, content: str) -> Iterator[Fault]:
    tabs = _TABS.search(content, event.start_mark.index, event.end_mark.index)
    if tabs:
        read = without_placeholders(event.value.replace("\t", ""), content)
        message = f'Hugo removes a tab in text without quotes, and reads "{read}"'
        yield Fault(*tabs.span(), message, "write a space instead")


def tab_in_quotes(content: str, event: Any) -> Fault | None:
    """A tab at which Hugo fails.

    It must not begin a line of a text in quotes. And for each tab between double quotes that is not the last thing in
    them or on its line, Hugo loses one character behind the closing quote.
    """
    start, end = event.start_mark.index, event.end_mark.index
    if found := _TAB_INDENT.search(content, start, end):
        return Fault(*found.span(1), "YAML does not allow a tab in the indentation", "write a space instead")
    if event.style != '"':
        return None
    lost = sum(run.count("\t") - run.endswith('\t"') for run in _SPACES.findall(content, start, end))
    rest = content[end + lost :].lstrip(" \t\r")
    behind = content[end : end + lost]
    if not lost or not (behind.strip() or ("\n" in behind and rest and not rest.startswith(("\n", "#")))):
        return None
    tab = re.compile(r"\t+").search(content, start, end)
    return (
        Fault(*tab.span(), "Hugo fails at a tab between double quotes", "write a space instead")
        if tab
        else None
    )
