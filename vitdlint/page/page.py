"""A page: one parsed file, and the facts about it that the site may know."""

from __future__ import annotations

from array import array
from typing import Any, NamedTuple

from ..core.model import Place, Span
from ..frontmatter.block import FrontMatter
from ..hugo.markup import Markup
from ..hugo.shortcode_inner import Inner
from ..schema import Schema
from .call_values import Asked
from .markdown.bad_schemes import BadScheme
from .markdown.body import Anchor, Body, Link, Shortcode
from .markdown.prose_links import ProseLink
from .markdown.reversed_links import ReversedLink
from .markdown.wiki_links import WikiLink

_new = tuple.__new__
"""Makes a named tuple in half the time; there are dozens of links on a page."""


FOREIGN = "neither Markdown nor HTML"
REFUSED = "in a format that security.allowContent refuses, so Hugo builds nothing"
"""Why the bodies of some pages are not checked, reported for all of them at once."""


class Suppression(NamedTuple):
    """One rule named by one suppression comment, with the lines it covers."""

    rule: str
    """The code or name, as written."""
    first_line: int
    last_line: int
    """Inclusive; a very large number for the end of the file."""
    start: int
    """Where the rule's name is in the comment."""
    end: int
    comment_start: int
    """Where the whole comment is, with the spaces before it if nothing but closing marks follows on its line."""
    comment_end: int
    reason: str


class Facts(NamedTuple):
    """What is kept of a page once its text is gone. Small, and picklable."""

    path: str
    """Relative to the site's root, POSIX."""
    digest: str
    """Of the file's bytes."""
    lines: Any
    """See `line_starts`."""
    size: int
    """Code points in the text."""
    front: FrontMatter
    links: tuple[Link, ...]
    anchors: tuple[Anchor, ...]
    shortcodes: tuple[Shortcode, ...]
    suppressions: tuple[Suppression, ...]
    empty: bool
    """The body is nothing but white space and comments."""
    unreadable: str | None = None
    """Why the text could not be read properly, or None."""
    not_checked: str | None = None
    """Why the body was not parsed, or None."""
    values: tuple[tuple[str, str, tuple[str | int, ...], str], ...] = ()
    """What x-unique and x-reference in the page's schema ask about: (keyword and scope, key, pointer, value)."""
    prose_links: tuple[ProseLink, ...] = ()
    """Links whose relative target reads like prose; the site knows whether it leads anywhere."""
    reversed_links: tuple[ReversedLink, ...] = ()
    """What may be links the wrong way round; the site knows whether their targets lead anywhere."""
    bad_schemes: tuple[BadScheme, ...] = ()
    """Targets that are addresses but for their scheme, unless the site has a file of that name."""
    wiki_links: tuple[WikiLink, ...] = ()
    """What may be links of a wiki; the site knows whether a page has that name."""
    asked: tuple[Asked, ...] = ()
    """What the schemas of shortcodes ask about their calls, as `values` for front matter."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle plain tuples under one name: half the time, both ways, for what every run reads of every page."""
        path, digest, lines, size, front, links, anchors, *rest = self
        plain = (tuple(front), tuple(map(tuple, links)), tuple(map(tuple, anchors)))
        return _facts, (path, digest, lines.typecode, lines.tobytes(), size, *plain, *rest)

    def place(self, start: int, end: int) -> Place:
        """Lines and columns of a stretch of this page; ValueError for one that is not in it."""
        if not 0 <= start <= end <= self.size:
            raise ValueError(f"no span of this page, which has {self.size} characters: {start} to {end}")
        return place(self.path, self.lines, start, end)

    def span(self, *pointer: str | int, key: bool = False) -> Span:
        """Where a front-matter value (or its key) is; the whole block's first character if it is not there.

        The first element is a lower-case name as Hugo reads it, the rest is taken as written.
        """
        from ..frontmatter.places import find  # only findings ask, and few pages have any

        start, end = find(self.front, pointer, key=key)
        return Span(self.path, start, end)


def _facts(
    path: str,
    digest: str,
    typecode: str,
    lines: bytes,
    size: int,
    front: Any,
    links: Any,
    anchors: Any,
    *rest: Any,
) -> Facts:
    """The facts that were pickled."""
    return Facts(
        path,
        digest,
        array(typecode, lines),
        size,
        FrontMatter(*front),
        tuple([_new(Link, link) for link in links]),
        tuple([_new(Anchor, anchor) for anchor in anchors]),
        *rest,
    )


class Settings(NamedTuple):
    """What decides how a page is read, besides its text; part of every cache key."""

    markup: Markup = Markup()
    own_markup: tuple[tuple[str, Markup], ...] = ()
    """Regular expressions for the paths of pages that have other settings, and these: those of their languages."""
    max_size: int = 5_000_000
    """Bytes; a larger page is not checked."""
    max_depth: int = 100
    """Levels of nesting in a body; a deeper one is not checked."""
    reference: bool = False
    """Use the reference implementations only."""
    shortcode_links: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    """Declared shortcodes: name, parameters that are links, parameters that are ids."""
    shortcode_ways: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = ()
    """What templates do with parameters of the site's own shortcodes, by lower-case name; see `shortcode_ways`."""
    shortcode_schemas: tuple[tuple[str, Schema], ...] = ()
    """What the parameters of shortcodes must be, by lower-case name."""
    refused: tuple[str, ...] = ()
    """Media types of pages that Hugo refuses to build."""
    inner: tuple[tuple[str, Inner], ...] = ()
    """What shortcodes make of the text between their tags, by lower-case name."""
    indented_html: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Shortcodes, by lower-case name, whose HTML a call by `{{% %}}` without any of these parameters shows as code."""
    taxonomies: tuple[str, ...] = ("categories", "tags")
    """The front-matter names, in lower case, whose values are terms."""


class Page(NamedTuple):
    """One page, parsed. Lives only while its rules run."""

    path: str
    text: str
    front: FrontMatter
    body: Body
    facts: Facts
    settings: Settings
    schema: Schema | None = None
    """What the site says this page's front matter must be."""

    def span(self, start: int, end: int) -> Span:
        """A stretch of this page."""
        return Span(self.path, start, end)


def place(path: str, lines: Any, start: int, end: int) -> Place:
    """Lines and columns for two offsets, given the offsets of the line starts."""
    from bisect import bisect_right

    first = bisect_right(lines, start)
    last = bisect_right(lines, end) if end != start else first
    return Place(path, start, end, first, start - lines[first - 1] + 1, last, end - lines[last - 1] + 1)
