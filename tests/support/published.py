"""What HTML that Hugo made holds, and what a `Body` says it would: the same four things of both, to be compared."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote

from vitdlint.page.markdown.body import Body

_FOOTNOTE = {"footnote-ref", "footnote-backref"}


class Facts(NamedTuple):
    """Sorted ids and names, sorted targets of links and images, how many tables and how many `<pre>`."""

    ids: list[str]
    targets: list[str]
    tables: int
    code_blocks: int


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if tag == "a" and values.get("name"):
            self.ids.append(values["name"] or "")
        if tag == "a" and "href" in values and values.get("class") not in _FOOTNOTE:
            self.targets.append(unquote(values["href"] or ""))
        if tag == "img" and "src" in values:
            self.targets.append(unquote(values["src"] or ""))

    handle_startendtag = handle_starttag


def of_html(html: str) -> Facts:
    reader = _Reader()
    reader.feed(html)
    return Facts(
        sorted(reader.ids), sorted(reader.targets), reader.tags.count("table"), reader.tags.count("pre")
    )


def of_body(body: Body) -> Facts:
    opened = [tag.name for tag in body.tags if not tag.closing]
    return Facts(
        sorted(anchor.id for anchor in body.anchors),
        sorted(
            unquote(link.target)
            for link in body.links
            if link.kind != "html" or link.attribute in {"a.href", "img.src"}
        ),
        len(body.tables) + opened.count("table"),
        sum(code.kind != "span" for code in body.codes) + opened.count("pre"),
    )
