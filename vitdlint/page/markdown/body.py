"""What a page's body consists of, with the exact place of everything. Nouns only; parsers fill them.

Every offset is an absolute code-point offset in the page's whole text (front matter included), so `text[start:end]`
is the thing itself.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple


class Link(NamedTuple):
    """One link of the body, of whatever syntax, as the reader's browser will see it."""

    kind: str
    """link, image, autolink (`<https://…>`), bare (linkified), html (raw tag) or shortcode."""
    target: str
    """The destination after Markdown's backslash escapes and entities (or HTML's) are decoded; not percent-decoded.
    For a bare `www.` or mail address the scheme is added, as goldmark does."""
    start: int
    """Where the destination's own characters are (without `<>` or quotes); for a reference link, in its definition."""
    end: int
    outer_start: int
    """Where the whole construct is: `[text](target)`, the autolink with its brackets, or the raw tag."""
    outer_end: int
    text_start: int
    """Where the link's text is; equal offsets if it has none (html: the tag; bare: the URL itself)."""
    text_end: int
    attribute: str = ""
    """For html and shortcode: `a.href`, `img.src`, `figure.src`…; for one of the site's own `card.to ref`: what its template
    does with the value, as far as that shows (see `shortcode_ways`)."""
    shown: str = ""
    """By a shortcode: home (rendered as of the home page, by `markdownify`), maybe (on some pages only) or unknown; else ''."""


class Heading(NamedTuple):
    """A Markdown heading (not a raw `<h2>`)."""

    level: int
    id: str | None
    """The id Hugo gives it, or None if it gets none."""
    start: int
    end: int
    text_start: int
    """Where its inline content is, without `#`, attributes or underline."""
    text_end: int
    text: str
    """Its content as plain text."""


class Code(NamedTuple):
    """Code: a fence, an indented block, or a span within a line."""

    kind: str
    """fence, indented or span."""
    start: int
    end: int
    closed: bool = True
    """False for a fence that runs to the end of its container."""
    info: str = ""


class Row(NamedTuple):
    """One row of a table."""

    start: int
    end: int
    cells: int
    """How many cells the source row has; Hugo drops those beyond the header's."""


class Table(NamedTuple):
    """A table; the first row is the header. The delimiter row is not among the rows."""

    start: int
    end: int
    rows: tuple[Row, ...]


class Attribute(NamedTuple):
    """An attribute of a raw tag; `value` is None without `=`. Entities in it are decoded."""

    name: str
    value: str | None
    start: int
    """Where the value is, without quotes (where the name is, if there is no value)."""
    end: int


class Tag(NamedTuple):
    """A raw HTML tag that goldmark passes through."""

    name: str
    """In lower case."""
    closing: bool
    self_closing: bool
    start: int
    end: int
    attributes: tuple[Attribute, ...] = ()
    block: bool = False
    """True inside an HTML block, False within a paragraph."""

    def get(self, name: str) -> Attribute | None:
        """The first attribute with that lower-case name."""
        return next((a for a in self.attributes if a.name == name), None)


class Comment(NamedTuple):
    """An HTML comment as goldmark sees it; `closed` is False if it swallows the rest."""

    start: int
    end: int
    closed: bool = True


class Param(NamedTuple):
    """One parameter of a shortcode call."""

    name: str | None
    """None for a positional one."""
    value: str
    start: int
    """Where the value is, without quotes."""
    end: int
    name_start: int = 0
    """Where the name is, if it has one."""
    quoted: bool = False
    """In quotes of some kind: text, whatever it looks like."""


class Shortcode(NamedTuple):
    """One shortcode tag: `{{< name … >}}` or `{{% name … %}}`, opening, closing or self-closed."""

    name: str
    start: int
    end: int
    closing: bool = False
    self_closing: bool = False
    markdown: bool = False
    """True for `{{% %}}`."""
    params: tuple[Param, ...] = ()


class Anchor(NamedTuple):
    """An id or name in the page's content that a fragment can name."""

    id: str
    start: int
    """Where the heading, attribute or footnote that makes it is."""
    end: int
    kind: str
    """heading, html (id), name (`<a name>`), footnote, term (definition term), attribute, maybe (a shortcode may not show
    it, or it may be another's), or open: an id that begins so, and goes on with what a shortcode in the heading writes."""


class Trouble(NamedTuple):
    """Something the parser itself saw that is wrong: a shortcode error, an undefined reference."""

    kind: str
    """shortcode (fails Hugo's build) or reference (undefined)."""
    start: int
    end: int
    message: str


class _Pieces(NamedTuple):
    """The fields of `Body`: a named tuple itself has no place to keep what is found out about it."""

    start: int
    """Where the body begins in the page's text."""
    end: int
    links: tuple[Link, ...] = ()
    headings: tuple[Heading, ...] = ()
    codes: tuple[Code, ...] = ()
    tables: tuple[Table, ...] = ()
    tags: tuple[Tag, ...] = ()
    comments: tuple[Comment, ...] = ()
    shortcodes: tuple[Shortcode, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    html_blocks: tuple[tuple[int, int], ...] = ()
    prose: str = ""
    not_checked: str | None = None
    """Why the body was not parsed at all (too large, too deep), or None."""


class Body(_Pieces):
    """Everything a rule may ask about a body, in document order.

    `prose` has the length of the page's text: the characters that a reader sees as text are where they are in
    the source, everything else (front matter, delimiters, targets, code, tags, comments, shortcodes) is
    U+0000; line feeds are kept. A regular expression over it sees text alone, at true offsets.
    """

    # What follows spares the rules a look at every link or tag: nearly no page has what most of them are after.

    @cached_property
    def targets(self) -> str:
        """The targets of all links, each followed by a line feed."""
        return "".join([f"{link.target}\n" for link in self.links])

    @cached_property
    def authorities(self) -> frozenset[str]:
        """How the targets with `//` begin: scheme, host and port of all of them, and the next slash if there is one."""
        return frozenset(
            [
                target if target[:1].isspace() else target[: target.find("/", 8) + 1 or None]
                for link in self.links
                if "//" in (target := link.target)
            ]
        )

    @cached_property
    def tag_names(self) -> frozenset[str]:
        """The names of all tags."""
        return frozenset([tag.name for tag in self.tags])

    @cached_property
    def attribute_names(self) -> frozenset[str]:
        """The names of all attributes of tags."""
        return frozenset([attribute.name for tag in self.tags for attribute in tag.attributes])
