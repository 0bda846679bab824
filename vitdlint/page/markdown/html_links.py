"""The links that raw HTML tags make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...core.lazy_re import lazy_re
from .body import Attribute, Link, Tag

_new = tuple.__new__
"""Makes a named tuple in half the time; there are dozens of links on a page."""
_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "video": ("src", "poster"),
}
_SRCSET_ITEM = lazy_re(r"[\s,]*([^\s,](?:\S*[^\s,])?)(?:\s+[^,()]*|,|\Z)")


def html_links(tags: Iterable[Tag]) -> Iterator[Link]:
    """One link for each URL in an attribute that a browser follows or fetches."""
    for tag in tags:
        if not tag.attributes or tag.closing or (names := _ATTRIBUTES.get(tag.name)) is None:
            continue
        seen: set[str] = set()
        for attribute in tag.attributes:
            name = attribute.name
            if name not in names or name in seen or attribute.value is None:
                continue
            seen.add(name)  # the HTML standard: of an attribute given twice the first counts
            if name == "srcset":
                yield from _srcset(tag, attribute)
            else:
                yield _link(tag, attribute, attribute.value.strip(), attribute.start, attribute.end)


def _link(tag: Tag, attribute: Attribute, target: str, start: int, end: int) -> Link:
    outer, outer_end = tag.start, tag.end
    name = f"{tag.name}.{attribute.name}"
    return _new(Link, ("html", target, start, end, outer, outer_end, outer, outer_end, name, ""))


def _srcset(tag: Tag, attribute: Attribute) -> Iterator[Link]:
    value = attribute.value or ""
    exact = len(value) == attribute.end - attribute.start  # no entity in it, so its places are the page's
    for match in _SRCSET_ITEM.finditer(value):
        start, end = match.span(1)
        place = (
            (attribute.start + start, attribute.start + end) if exact else (attribute.start, attribute.end)
        )
        yield _link(tag, attribute, match[1], *place)
