"""The text of templates: without comments, and action by action, in time that grows with the text alone, whatever is in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..core.lazy_re import lazy_re

COMMENT = lazy_re(r"\{\{-?\s*/\*.*?(?:\*/\s*-?\}\}|\Z)", re.DOTALL)
_ACTION = lazy_re(
    r"\{\{-?\s*+(?P<words>(?:\"[^\"\\\n]*+(?:\\.[^\"\\\n]*+)*\"|`[^`]*+`|'[\"`{}]'|[^\"`'{}]++|'|\{(?!\{)|\}(?!\}))*)(?P<end>\}\})?"
)
"""What is in its strings may look like its end. One that has no end is read only once, too, as far as it could be one."""


class Action(NamedTuple):
    """What is between `{{` and `}}`."""

    words: str
    """Without the spaces and hyphens at its ends."""
    start: int
    end: int
    """Of the whole, with the braces."""


def actions(text: str) -> Iterator[Action]:
    """The actions of a template, in order."""
    for match in _ACTION.finditer(text):
        if match["end"]:
            yield _action(match)


def replace_actions(text: str, by: Callable[[Action], str]) -> str:
    """A template with something else in the place of each action."""
    return _ACTION.sub(lambda match: by(_action(match)) if match["end"] else match[0], text)


def _action(match: re.Match[str]) -> Action:
    return Action(match["words"].removesuffix("-").rstrip(), match.start(), match.end())
