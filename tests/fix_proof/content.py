"""What a reader gets from the content of a built page: text, links, images and ids, as a browser reads the HTML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

_URLS = {
    "a": ("href",),
    "area": ("href",),
    "link": ("href",),
    "img": ("src",),
    "script": ("src",),
    "iframe": ("src",),
    "source": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "embed": ("src",),
    "track": ("src",),
    "input": ("src",),
    "object": ("data",),
    "form": ("action",),
}
_SETS = {"img": "srcset", "source": "srcset"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_UNSEEN = {"script", "style", "template", "head", "title", "noscript", "-comment"}
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
}  # fmt: skip


ADDRESS = "⟨address⟩"
"""Stands for each address in the text: what a fix changes of one is said about the link."""
LEFT = "hahahugoshortcode"
"""What Hugo leaves of a shortcode in a heading, before a number that is never the same: no link can name it."""
_WORD = re.compile(r"((?:\w{2,5}:/{1,2}|\w{3,5}//|www\.|doi:)[^\s\]\[<>\"'“”‘’|]*[\w/])|\w+|[^\w\s]")


class Link(NamedTuple):
    """One URL that the page's content names."""

    kind: str
    """Tag and attribute: `a.href`."""
    href: str


class Content(NamedTuple):
    """What readers, and links from elsewhere, find on a page."""

    blocks: tuple[str, ...]
    """The visible text of each block, spaces as one, without characters that cannot be seen."""
    links: tuple[Link, ...]
    images: tuple[str, ...]
    """The alternative text of each."""
    headings: frozenset[str]
    """Their ids."""
    ids: frozenset[str]
    """All ids, and the names of `<a name>`."""


def content(html: str) -> Content:
    """The content of a page whose layout puts nothing else into the body."""
    body = LexborHTMLParser(html).body
    blocks: list[str] = []
    text: list[str] = []
    links: list[Link] = []
    images: list[str] = []
    headings: set[str] = set()
    ids: set[str] = set()

    def end_block() -> None:
        if words := _visible("".join(text)):
            blocks.append(words)
        text.clear()

    for node, opening in _walk(body) if body is not None else ():
        tag = node.tag or ""
        if tag == "-text":
            if opening:
                text.append(node.text(deep=False))
            continue
        if tag not in _INLINE and tag != "img":
            end_block()
        if not opening:
            continue
        values = node.attributes
        if (anchor := values.get("id")) and LEFT not in anchor:
            ids.add(anchor)
            if tag in _HEADINGS:
                headings.add(anchor)
        if tag == "a" and (anchor := values.get("name")):
            ids.add(anchor)
        if tag == "img":
            images.append(_visible(values.get("alt") or ""))
        links += [Link(f"{tag}.{name}", values[name] or "") for name in _URLS.get(tag, ()) if name in values]
        if tag in _SETS and (several := values.get(_SETS[tag])):
            links += [
                Link(f"{tag}.srcset", one) for one in re.findall(r"([^\s,]\S*[^\s,])(?:\s[^,]*)?", several)
            ]
    end_block()
    return Content(tuple(blocks), tuple(links), tuple(images), frozenset(headings), frozenset(ids))


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every node that can be seen, as it opens (True) and as it closes; however deep the page is nested."""
    node, opening = root, True
    while True:
        unseen = opening and node.tag in _UNSEEN
        if not unseen:
            yield node, opening
        child = node.child if opening and not unseen else None
        if child is not None:
            node = child
            continue
        if opening and not unseen:
            yield node, False
        if node.mem_id == root.mem_id:
            return
        following = node.next
        if following is not None:
            node, opening = following, True
            continue
        above = node.parent
        if above is None:
            return
        node, opening = above, False


def _visible(text: str) -> str:
    """As it looks: spaces as one, and nothing that has no shape."""
    text = re.sub(r"\s+", " ", text)
    return "".join(c for c in text if c == " " or unicodedata.category(c) not in {"Cf", "Cc"}).strip()


def words(block: str) -> list[str]:
    """Words, and each mark between them."""
    return [ADDRESS if match[1] else match[0] for match in _WORD.finditer(block)]
