"""How the raw tags of a body nest: what is never closed, and which end tags close nothing.

Hugo never balances tags, so a browser sees them as written, with Markdown's own elements between them. Tags pair
up over paragraphs and shortcodes: what an author opened in one and closed in another is closed. Elements whose end
tag may be left out take no part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ...core.html import FOREIGN, KNOWN, OPTIONAL_END, RAW_TEXT, VOID
from ...core.lazy_re import lazy_re
from .body import Shortcode, Tag


class Unclosed(NamedTuple):
    """An element that is never closed, or only after the element around it."""

    tag: Tag
    closer: Tag | None = None
    """The end tag of the element around it, where that is what ended it."""
    late: Tag | None = None
    """Its own end tag, if that follows only after `closer`."""


class Nesting(NamedTuple):
    """What does not pair up, in document order."""

    unclosed: tuple[Unclosed, ...]
    stray: tuple[Tag, ...]
    swallowing: Tag | None
    """An element that a browser reads as text up to an end tag that never comes; nothing after it is checked."""


EVEN = Nesting((), (), None)
"""Everything pairs up."""

_ALONE = VOID | OPTIONAL_END
_STARTS = lazy_re(r"(?:^|[-_/])(?:start|begin|open)(?:$|[-_/])")
_ENDS = lazy_re(r"(?:^|[-_/])(?:end|close|stop)(?:$|[-_/])")
_SPECIAL = FOREIGN | RAW_TEXT


def nesting(tags: Sequence[Tag]) -> Nesting:
    """Pair start and end tags up. Linear in their number."""
    return EVEN if _is_even(tags) else _nesting(tags)


def _is_even(tags: Iterable[Tag]) -> bool:
    """Whether everything is plainly well nested, as on nearly all pages; a quick look."""
    opened: list[str] = []
    for tag in tags:
        name = tag.name
        if name in _ALONE:
            continue
        if tag.closing:
            if not opened or opened.pop() != name:
                return False
        elif tag.self_closing or name in _SPECIAL:
            return False
        else:
            opened.append(name)
    return not opened


def open_before(tags: Sequence[Tag]) -> list[int]:
    """How many elements are open before each tag, and after the last."""
    depths: list[int] = []
    _nesting(tags, depths)
    return depths


def _nesting(tags: Iterable[Tag], depths: list[int] | None = None) -> Nesting:
    opened: list[Tag] = []
    names: Counter[str] = Counter()
    ended: dict[str, list[Unclosed]] = {}
    stray: list[Tag] = []
    unclosed: list[Unclosed] = []
    swallowing: Tag | None = None
    foreign = 0
    for tag in tags:
        if depths is not None:
            depths.append(len(opened))
        name = tag.name
        if swallowing is not None:
            if tag.closing and name == swallowing.name:
                swallowing = None
            continue
        if name in _ALONE:
            continue
        if not tag.closing:
            if foreign and (tag.self_closing or name in RAW_TEXT):
                continue
            if name in FOREIGN:
                if tag.self_closing:
                    continue
                foreign += 1
            elif name in RAW_TEXT:
                swallowing = tag
                continue
            opened.append(tag)
            names[name] += 1
        elif names[name]:
            while (top := opened.pop()).name != name:
                names[top.name] -= 1
                foreign -= top.name in FOREIGN
                ended.setdefault(top.name, []).append(Unclosed(top, tag))
            names[name] -= 1
            foreign -= name in FOREIGN
        elif ended.get(name):
            unclosed.append(ended[name].pop()._replace(late=tag))
        elif name not in RAW_TEXT or not foreign:
            stray.append(tag)
    if depths is not None:
        depths.append(len(opened))
    unclosed += [Unclosed(tag) for tag in opened]
    unclosed += [item for items in ended.values() for item in items]
    unclosed.sort(key=lambda item: item.tag.start)
    return Nesting(tuple(unclosed), tuple(stray), swallowing)


def elsewhere(text: str, shortcodes: Sequence[Shortcode]) -> Callable[[Tag], bool]:
    """A function that says whether the partner that a tag lacks may come from a shortcode.

    The content of a `{{< name >}}` pair is the shortcode's business and not among the tags, and shortcodes come in
    twos (`row-start`, `row-end`) whose templates open and close an element.
    """

    @cache
    def partner(name: str, closing: bool) -> bool:  # as the tag has it
        return _from_shortcode(text, shortcodes, name, closing=closing)

    return lambda tag: bool(shortcodes) and partner(tag.name, tag.closing)


def _from_shortcode(text: str, shortcodes: Sequence[Shortcode], element: str, *, closing: bool) -> bool:
    opened: dict[str, Shortcode] = {}
    for shortcode in shortcodes:
        name = shortcode.name.lower()
        if not shortcode.closing:
            if (_STARTS if closing else _ENDS).search(name):
                return True
            opened[name] = shortcode
        elif (first := opened.pop(name, None)) is not None and not first.markdown:
            inner = text[first.end : shortcode.start].lower()
            starts, ends = inner.count(f"<{element}"), inner.count(f"</{element}")
            if starts > ends if closing else ends > starts:
                return True
    return False


def unknown(tags: Sequence[Tag]) -> Iterator[Tag]:
    """Start tags, and end tags without one, of elements that no standard knows; custom elements have a hyphen."""
    if {tag.name for tag in tags} <= KNOWN:
        return
    opened: set[str] = set()
    swallowing = ""
    foreign = 0
    for tag in tags:
        name = tag.name
        if swallowing:
            if tag.closing and name == swallowing:
                swallowing = ""
        elif name in FOREIGN:
            foreign = max(0, foreign + (-1 if tag.closing else not tag.self_closing))
        elif name in RAW_TEXT and not tag.closing and not foreign:
            swallowing = name
        elif name not in KNOWN and "-" not in name and not foreign:
            if not tag.closing:
                opened.add(name)
                yield tag
            elif name not in opened:
                yield tag
