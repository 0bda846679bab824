"""Links by accident: brackets of prose that a converter, or a parenthesis after them, turned into a link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote

from .body import Link

_RELATIVE = re.compile(r"(?![A-Za-z][A-Za-z0-9+.\-]*:)[^/#?\s]")
_WEB = re.compile(r"www\.|[\w-]+\.(?:com|org|net|gov|edu|info|io)(?:/|\Z)", re.IGNORECASE)
_FILE = re.compile(r"[^\s<>]\.[A-Za-z][A-Za-z0-9]{1,4}\Z")
_TINY = re.compile(r"\d{1,3}|[A-Z]{1,3}[a-z0-9]?")
_UNLIKE_A_PATH = re.compile(r"[\s<>=±≥≤{}|]")
_SYMBOLS = re.compile(r"[\W_]+")


class ProseLink(NamedTuple):
    """A link whose target reads like prose."""

    start: int
    """Where the whole construct stands."""
    label: str
    """Its text, as written."""
    same: bool
    """Target and text say the same, so that the target can go without loss."""


def prose_links(text: str, links: Iterable[Link]) -> tuple[ProseLink, ...]:
    """The inline links with a relative target that reads like prose; whether it leads anywhere only the site knows."""
    found: list[ProseLink] = []
    for link in links:
        if link.kind != "link" or _RELATIVE.match(link.target) is None or link.start < link.outer_start:
            continue
        target = unquote(link.target)
        label = text[link.text_start : link.text_end]
        if "{{" in target or _WEB.match(target) or _FILE.search(target):
            continue
        same = _bare(target) == _bare(label) != ""
        if (
            _UNLIKE_A_PATH.search(target)
            or _TINY.fullmatch(target)
            or (same and "/" in target and (target[0].isdigit() or target != target.lower()))
        ):
            found.append(ProseLink(link.outer_start, label, same))
    return tuple(found)


def _bare(text: str) -> str:
    return _SYMBOLS.sub("", text).casefold()
