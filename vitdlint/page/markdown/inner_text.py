"""What shortcodes render as Markdown of its own: the text between their tags, and the captions of figures.

Hugo hands `.Inner` of a `{{< >}}` call to the template as it is; with `markdownify` or `RenderString` it becomes a
document of its own, which knows none of the page's link definitions. So do the caption and the attribution of Hugo's
own `figure`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ...hugo.markup import Markup
from .body import Body, Link, Shortcode, Trouble
from .parse import parse

_CAPTIONS = ("caption", "attr")
_SIGNS = ("](", "://", "][")


def with_inner_links(
    text: str,
    body: Body,
    names: Collection[str],
    markup: Markup,
    *,
    max_depth: int = 100,
    reference: bool = False,
) -> Body:
    """The body with those links and undefined references, in document order; `names` are the shortcodes, in lower case."""
    links: list[Link] = []
    troubles: list[Trouble] = []
    for start, end in (*_spans(body.shortcodes, names, nested=markup.unsafe), *_captions(body)):
        if any(text.find(sign, start, end) >= 0 for sign in _SIGNS):
            inner = parse(text[start:end], 0, markup, max_depth=max_depth, reference=reference)
            links += [_moved(link, start) for link in inner.links]
            troubles += [
                Trouble(
                    kind,
                    at + start,
                    stop + start,
                    message.replace("nothing", "nothing inside the shortcode", 1),
                )
                for kind, at, stop, message in inner.troubles
                if kind == "reference"
            ]
    if not links and not troubles:
        return body
    return body._replace(
        links=tuple(sorted((*body.links, *links), key=lambda link: link.outer_start)),
        troubles=tuple(sorted((*body.troubles, *troubles), key=lambda trouble: trouble.start)),
    )


def _captions(body: Body) -> Iterator[tuple[int, int]]:
    """The parameters of figures that are Markdown."""
    for call in body.shortcodes:
        if call.name.lower() == "figure" and not any(c.start <= call.start < c.end for c in body.comments):
            yield from (
                (parameter.start, parameter.end) for parameter in call.params if parameter.name in _CAPTIONS
            )


def _spans(
    shortcodes: Sequence[Shortcode], names: Collection[str], *, nested: bool
) -> Iterator[tuple[int, int]]:
    """What is between the tags of each such call, an outer one before those within.

    One within another is HTML in the text of that: without `unsafe` (`nested`) it is left out, as in `comment`.
    """
    opened: list[Shortcode] = []
    for call in shortcodes:
        name = call.name.lower()
        if not call.closing:
            if not call.self_closing:
                opened.append(call)
            continue
        while opened:
            opener = opened.pop()
            if opener.name.lower() == name:
                above = {outer.name.lower() for outer in opened if not outer.markdown}
                lost = "comment" in above or (not nested and not above.isdisjoint(names))
                if name in names and not opener.markdown and not lost:
                    yield opener.end, call.start
                break


def _moved(link: Link, by: int) -> Link:
    return link._replace(
        start=link.start + by,
        end=link.end + by,
        outer_start=link.outer_start + by,
        outer_end=link.outer_end + by,
        text_start=link.text_start + by,
        text_end=link.text_end + by,
    )
