"""Links by accident: brackets of prose that a converter, or a parenthesis after them, turned into a link."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus

from ...core.lazy_re import lazy_re
from .bad_schemes import WRAPPED, scheme_of
from .body import Body
from .parts import holding

_RELATIVE = lazy_re(r"(?![A-Za-z][A-Za-z0-9+.\-]*:)[^/#?\s]")
_WEB = lazy_re(r"www\.|[\w-]+\.(?:com|org|net|gov|edu|info|io)(?:/|\Z)", re.IGNORECASE)
_FILE = lazy_re(r"[^\s<>]\.[A-Za-z][A-Za-z0-9]{1,4}\Z")
_TINY = lazy_re(r"\d{1,3}|(?!XXX|TBD|URL)[A-Z]{1,3}[a-z0-9]?")
"""A number of a footnote, an abbreviation; the words that writers put where an address is still to come are neither."""
_UNLIKE_A_PATH = lazy_re(r"[\s<>=±≥≤{}|(),;]")
_ODD = lazy_re(r"\A\d|[A-Z]")
"""In a target with a slash that says the same as its text: a unit or a fraction (`IU/day`, `10/0.002`)."""
_CLOSING = lazy_re(r"</a\s*>", re.IGNORECASE)
_IS_PAGE = lazy_re(r"\stitle\s*=|\sclass\s*=[^>]*\bwiki_page\b", re.IGNORECASE)
"""In an `<a>`: a wiki made it of the name of a page."""
_OF_WIKI = lazy_re(r"\sclass\s*=\s*[\"']?wiki[\"'\s>]", re.IGNORECASE)
"""In an `<a>`: a wiki made it of brackets."""
_LONGEST = 500
"""Characters of text in a raw link, and before it, that are looked at."""
_DEFINED = lazy_re(r"\[([^\[\]]*)\]:")
_SYMBOLS = lazy_re(r"[\W_]+")


class ProseLink(NamedTuple):
    """A link whose target reads like prose."""

    start: int
    end: int
    """Where the whole construct is, `</a>` included."""
    label: str
    """Its text, as written."""
    same: bool
    """Target and text say the same, so that the target can go without loss."""
    raw: bool
    """An `<a>` of raw HTML."""
    words: str
    """What a reader should see instead, as it is to be written: the text in its brackets."""
    plain: bool = False
    """Its target could be a path (`3-5`, `ii`): dead-link reports it, if it leads nowhere."""


def prose_links(text: str, body: Body) -> tuple[ProseLink, ...]:
    """The inline links with a relative target that reads like prose; whether it leads anywhere only the site knows."""
    found: list[ProseLink] = []
    labels: frozenset[str] | None = None
    for link in body.links:
        is_raw = link.attribute == "a.href"
        if not (link.kind == "link" or is_raw) or _RELATIVE.match(link.target) is None:
            continue
        if not link.outer_start <= link.start <= link.outer_end:
            continue  # the target is in a definition
        target = unquote(link.target)
        if "{{" in target or WRAPPED.fullmatch(target) or _WEB.match(target) or _FILE.search(target):
            continue
        end = link.outer_end
        label = text[link.text_start : link.text_end]
        if is_raw:
            closing = _CLOSING.search(text, end, end + _LONGEST)
            if closing is None or _IS_PAGE.search(text, link.outer_start, end):
                continue
            label, end = text[end : closing.start()], closing.end()
        if not label.strip():
            continue  # no words became a link
        if "+" in link.target and unquote_plus(link.target).split() == label.split():
            continue  # a wiki writes the names of pages so
        same = _bare(target) == _bare(label) != ""
        unlike_a_path = _UNLIKE_A_PATH.search(target) and (same or not is_raw)
        unit = same and "/" in target and _ODD.search(target)
        of_wiki = is_raw and label == link.target and _OF_WIKI.search(text, link.outer_start, link.outer_end)
        if _TINY.fullmatch(target) or unlike_a_path or unit or of_wiki:
            if scheme_of(link) is not None:
                continue
            if labels is None:
                labels = frozenset(m[1].casefold() for m in _DEFINED.finditer(text))
            words = _words(text, body, labels, link.outer_start, end, label, raw=is_raw)
            plain = not (_TINY.fullmatch(target) or unlike_a_path or unit)
            found.append(ProseLink(link.outer_start, end, label, same, is_raw, words, plain))
    return tuple(found)


def _words(
    text: str, body: Body, labels: Container[str], start: int, end: int, label: str, *, raw: bool
) -> str:
    """The brackets that the link was made of, around its text; without them where others, or raised text, show it."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if raw:
        near = max(0, start - _LONGEST)
        raised = text.rfind("<sup", near, start) > text.rfind("</sup", near, start)
        if raised or before + after in ("()", "[]"):
            return label
    if holding(body.html_blocks, start) is not None:
        return f"[{label}]"
    is_task = (
        label.lower() in ("x", " ")
        and text[text.rfind("\n", 0, start) + 1 : start].strip(" >*+-0123456789.)") == ""
    )
    is_reference = after in ("(", "[", ":") or label.startswith("^") or label.casefold() in labels
    return f"\\[{label}]" if is_task or is_reference else f"[{label}]"


def _bare(text: str) -> str:
    return _SYMBOLS.sub("", text).casefold()
