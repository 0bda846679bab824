"""Links by accident: brackets of prose that a converter, or a parenthesis after them, turned into a link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote

from ...core.lazy_re import lazy_re
from .body import Link

_RELATIVE = re.compile(r"(?![A-Za-z][A-Za-z0-9+.\-]*:)[^/#?\s]")
_WEB = lazy_re(r"www\.|[\w-]+\.(?:com|org|net|gov|edu|info|io)(?:/|\Z)", re.IGNORECASE)
_FILE = re.compile(r"[^\s<>]\.[A-Za-z][A-Za-z0-9]{1,4}\Z")
_TINY = re.compile(r"\d{1,3}|[A-Z]{1,3}[a-z0-9]?")
_UNLIKE_A_PATH = lazy_re(r"[\s<>=±≥≤{}|(),;]")
_ODD = re.compile(r"\A\d|[A-Z]")
"""In a target with a slash that says the same as its text: a unit or a fraction (`IU/day`, `10/0.002`)."""
_CLOSING = re.compile(r"</a\s*>", re.IGNORECASE)
_LONGEST = 500
"""Characters of text in a raw link that are looked at."""
_SYMBOLS = re.compile(r"[\W_]+")


class ProseLink(NamedTuple):
    """A link whose target reads like prose."""

    start: int
    end: int
    """Where the whole construct stands, `</a>` included."""
    label: str
    """Its text, as written."""
    same: bool
    """Target and text say the same, so that the target can go without loss."""
    raw: bool
    """An `<a>` of raw HTML."""


def prose_links(text: str, links: Iterable[Link]) -> tuple[ProseLink, ...]:
    """The inline links with a relative target that reads like prose; whether it leads anywhere only the site knows."""
    found: list[ProseLink] = []
    for link in links:
        is_raw = link.attribute == "a.href"
        if not (link.kind == "link" or is_raw) or _RELATIVE.match(link.target) is None:
            continue
        if not link.outer_start <= link.start <= link.outer_end:
            continue  # the target stands in a definition
        target = unquote(link.target)
        if "{{" in target or _WEB.match(target) or _FILE.search(target):
            continue
        end = link.outer_end
        label = text[link.text_start : link.text_end]
        if is_raw:
            closing = _CLOSING.search(text, end, end + _LONGEST)
            if closing is None:
                continue
            label, end = text[end : closing.start()], closing.end()
        same = _bare(target) == _bare(label) != ""
        unlike_a_path = _UNLIKE_A_PATH.search(target) and (same or not is_raw)
        unit = same and "/" in target and _ODD.search(target)
        if _TINY.fullmatch(target) or unlike_a_path or unit:
            found.append(ProseLink(link.outer_start, end, label, same, is_raw))
    return tuple(found)


def _bare(text: str) -> str:
    return _SYMBOLS.sub("", text).casefold()
