"""What shortcodes render on its own: the text between their tags, and the captions of figures.

Hugo hands `.Inner` of a `{{< >}}` call to the template as it is; with `markdownify` or `RenderString` it becomes a
document of its own, which knows none of the page's link definitions. So do the text of a `{{% %}}` call within it, and
the caption and the attribution of Hugo's own `figure`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...hugo.markup import Markup
from ...hugo.shortcode_inner import HOME, NOTHING, PAGE, RAW, UNKNOWN, Inner
from .body import Anchor, Body, Link, Shortcode, Trouble
from .parse import not_parsed, parse, parse_html
from .parts import holding
from .shortcodes import pairs

_CAPTIONS = ("caption", "attr")
_SIGNS = ("](", "://", "][")
_MOST = 5_000_000
"""Characters: the text within ten shortcodes, one in another, is read ten times."""
_UNKNOWN = Inner(UNKNOWN, always=False)


class _Region(NamedTuple):
    """A text that is a document of its own."""

    start: int
    end: int
    shows: str
    """`PAGE`, `HOME`, `RAW` (as HTML) or `UNKNOWN`."""
    sure: bool
    """False: on some pages, or with some parameters, it is not shown."""


def with_inner_text(
    text: str,
    body: Body,
    inner: Mapping[str, Inner],
    markup: Markup,
    *,
    max_depth: int = 100,
    reference: bool = False,
) -> tuple[Body, tuple[Link, ...]]:
    """The body with the links, anchors and undefined references of those texts, in document order.

    Also: the links of texts that may be shown in another way. `inner` is by the names of the shortcodes, in lower case.
    """
    links: list[Link] = []
    anchors: list[Anchor] = []
    doubtful: list[Link] = []
    troubles: list[Trouble] = []
    read = 0
    for region in (*_regions(body.shortcodes, inner, unsafe=markup.unsafe), *_captions(body)):
        start, end, shows, sure = region
        read += end - start
        if read > _MOST:
            why = "has more text within shortcodes, and those within others, than can be read in some seconds"
            return not_parsed(text, body.start, why), ()
        piece = text[start:end]
        if shows == RAW:
            if "<" not in piece:
                continue
            found = parse_html(piece, 0, markup._replace(unsafe=True), inner, nested=True)
        elif shows == UNKNOWN and not any(sign in piece for sign in _SIGNS):
            continue
        else:
            found = parse(piece, 0, markup, inner, nested=True, max_depth=max_depth, reference=reference)
        if found.not_checked:
            return not_parsed(text, body.start, f"{found.not_checked}, within a shortcode"), ()
        shown = UNKNOWN if shows == UNKNOWN else "maybe" if not sure else "home" if shows == HOME else ""
        (doubtful if shows == UNKNOWN else links).extend(_moved(link, start, shown) for link in found.links)
        kind = "maybe" if shown in ("maybe", UNKNOWN) else None
        anchors += [Anchor(a.id, a.start + start, a.end + start, kind or a.kind) for a in found.anchors]
        troubles += [
            Trouble(
                kind_,
                at + start,
                stop + start,
                message.replace("nothing", "nothing inside the shortcode", 1),
            )
            for kind_, at, stop, message in found.troubles
            if kind_ == "reference" and shows != UNKNOWN
        ]
    if links or anchors or troubles:
        body = body._replace(
            links=tuple(sorted((*body.links, *links), key=lambda link: link.outer_start)),
            anchors=tuple(sorted((*body.anchors, *anchors), key=lambda anchor: anchor.start)),
            troubles=tuple(sorted((*body.troubles, *troubles), key=lambda trouble: trouble.start)),
        )
    return body, tuple(doubtful)


def _captions(body: Body) -> Iterator[_Region]:
    """The parameters of figures that are Markdown."""
    for call in body.shortcodes:
        if call.name.lower() == "figure" and holding(body.comments, call.start) is None:
            for parameter in call.params:
                if parameter.name in _CAPTIONS:
                    yield _Region(parameter.start, parameter.end, PAGE, True)


def _regions(
    shortcodes: Sequence[Shortcode], inner: Mapping[str, Inner], *, unsafe: bool
) -> Iterator[_Region]:
    """What is between the tags of each call, an outer one before those within, except what is text of the page.

    One within another is HTML in the text of that: where that is read as Markdown, it is left out without `unsafe`.
    """
    outer: list[tuple[Shortcode, _Around]] = []
    for opener, closer in pairs(shortcodes):
        while outer and outer[-1][0].start < opener.start:
            outer.pop()
        around = outer[-1][1] if outer else _Around()
        own = _inner(opener, inner)
        outer.append((closer, around.within(opener, own)))
        if opener.markdown and around.markdown:
            continue
        if around.nothing or own.shows == NOTHING:
            continue
        if around.read_again and not unsafe:
            continue
        shows = PAGE if opener.markdown and own.shows == RAW else own.shows
        if around.unknown or (shows == RAW and around.read_again):
            shows = UNKNOWN  # or a part of the Markdown around it
        yield _Region(opener.end, closer.start, shows, own.always and around.always)


class _Around(NamedTuple):
    """What all the calls around a place say together."""

    markdown: bool = True
    """All of them are written `{{% %}}`."""
    nothing: bool = False
    """One of them shows nothing of what is within it; and so on."""
    read_again: bool = False
    unknown: bool = False
    always: bool = True

    def within(self, call: Shortcode, inner: Inner) -> _Around:
        """The same within one more call."""
        return _Around(
            self.markdown and call.markdown,
            self.nothing or inner.shows == NOTHING,
            self.read_again or call.markdown or inner.shows in (PAGE, HOME),
            self.unknown or inner.shows == UNKNOWN,
            self.always and inner.always,
        )


def _inner(call: Shortcode, inner: Mapping[str, Inner]) -> Inner:
    return inner.get(call.name.lower(), _UNKNOWN)


def _moved(link: Link, by: int, shown: str) -> Link:
    return link._replace(
        start=link.start + by,
        end=link.end + by,
        outer_start=link.outer_start + by,
        outer_end=link.outer_end + by,
        text_start=link.text_start + by,
        text_end=link.text_end + by,
        shown=shown,
    )
