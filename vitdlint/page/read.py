"""From a file's bytes to a parsed page."""

from __future__ import annotations

import re
from array import array

from ..core.lazy_re import lazy_re
from ..files.tree import digest_of
from ..frontmatter.block import FrontMatter
from ..frontmatter.read import begins_with
from ..frontmatter.read import read as read_front_matter
from ..hugo.formats import HTML, MARKDOWN, content_type
from ..hugo.shortcode_inner import BUILT_IN, on_page
from ..schema import Schema
from .call_values import asked
from .markdown.bad_schemes import bad_schemes
from .markdown.body import Body, Link
from .markdown.hidden import without_hidden
from .markdown.inner_text import with_inner_text
from .markdown.parse import parse, parse_html
from .markdown.prose import without_text
from .markdown.prose_links import prose_links
from .markdown.reversed_links import reversed_links
from .markdown.shortcode_links import with_shortcodes
from .markdown.wiki_links import wiki_links
from .page import FOREIGN, REFUSED, Facts, Page, Settings
from .suppressions import scan

_LINE = lazy_re("\n")
_VISIBLE = lazy_re(r"\S")


def line_starts(text: str) -> array[int]:
    """The offset at which each line starts, 0 included; only a line feed ends one (CR LF included), as in goldmark."""
    # Two bytes each where that is enough: as many lines as it has, a page is kept as long as the whole site.
    return array("H" if len(text) < 1 << 16 else "I", [0, *map(re.Match.end, _LINE.finditer(text))])


def read_page(
    path: str,
    data: bytes | OSError,
    settings: Settings,
    schema: Schema | None,
    before: FrontMatter | None = None,
) -> Page:
    """Parse one page; whatever is wrong with it becomes a fact, never an exception.

    `before` is its front matter as it was, if that is known.
    """
    unreadable: str | None = None
    not_checked: str | None = None
    if isinstance(data, OSError):
        unreadable = f"cannot be read: {data.strerror or data}"
        data = b""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "replace")
        line = data.count(b"\n", 0, error.start) + 1
        unreadable = f"is not UTF-8: byte 0x{data[error.start]:02x} on line {line}"
    if "\0" in text and unreadable is None:
        unreadable = f"has a NUL character on line {text.count(chr(10), 0, text.index(chr(0))) + 1}"
    if len(data) > settings.max_size:
        not_checked = f"is larger than max-page-size ({len(data):,} of {settings.max_size:,} bytes)"

    doubtful: tuple[Link, ...] = ()
    front = before if before is not None and begins_with(text, before) else read_front_matter(text)
    for pattern, markup in settings.own_markup:
        if re.fullmatch(pattern, path):
            settings = settings._replace(markup=markup)
    kind = content_type(path, front.data.get("markup"))
    if kind != MARKDOWN and not not_checked:
        not_checked = REFUSED if kind in settings.refused else FOREIGN if kind != HTML else None
    if unreadable or not_checked:
        body = Body(front.end, len(text), prose=without_text(text), not_checked=unreadable or not_checked)
    else:
        inner = on_page(path, dict(settings.inner)) if settings.inner else BUILT_IN
        if kind == HTML:
            settings = settings._replace(markup=settings.markup._replace(unsafe=True))
            body = parse_html(text, front.end, settings.markup, inner)
        else:
            body = parse(
                text,
                front.end,
                settings.markup,
                inner,
                max_depth=settings.max_depth,
                reference=settings.reference,
            )
        if body.shortcodes:
            body, doubtful = with_inner_text(
                text,
                body,
                inner,
                settings.markup,
                max_depth=settings.max_depth,
                reference=settings.reference,
            )
            body = with_shortcodes(
                body, settings.shortcode_links, {name: dict(ways) for name, ways in settings.shortcode_ways}
            )
        not_checked = body.not_checked
    shown = without_hidden(text, body) if settings.markup.unsafe else body
    links = (
        tuple(sorted((*shown.links, *doubtful), key=lambda link: link.outer_start))
        if doubtful
        else shown.links
    )
    lines = line_starts(text)
    facts = Facts(
        path=path,
        digest=digest_of(data),
        lines=lines,
        size=len(text),
        front=front,
        links=links,
        anchors=shown.anchors,
        shortcodes=body.shortcodes,
        suppressions=scan(text, front, body.comments, lines, path),
        empty=is_empty(text, body),
        unreadable=unreadable,
        not_checked=not_checked,
        values=schema.asks(front.data) if schema is not None else (),
        prose_links=prose_links(text, shown),
        reversed_links=reversed_links(body),
        bad_schemes=bad_schemes(text, body),
        wiki_links=wiki_links(text, body),
        asked=tuple(asked(body, dict(settings.shortcode_schemas))) if settings.shortcode_schemas else (),
    )
    return Page(path, text, front, body, facts, settings, schema)


def is_empty(text: str, body: Body) -> bool:
    """Whether a body is nothing but white space and comments."""
    at = body.start
    for comment in body.comments:
        if _VISIBLE.search(text, at, comment.start) is not None:
            return False
        at = comment.end
    return _VISIBLE.search(text, at) is None
