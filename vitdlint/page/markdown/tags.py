"""Raw HTML: tags, attributes and comments in a span of the page, in linear time and at their true places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from ...core.lazy_re import lazy_re
from .body import Attribute, Comment, Tag
from .links import entities
from .parts import Span

_TAG = lazy_re(r"""<(/?)([A-Za-z][^\s/>]*)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*)>""")
"""As browsers read it: a quote opens a value only after an equals sign, and may then hold anything."""
_ATTRIBUTE = lazy_re(r"""([^\s"'>/=][^\s>/=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?""")
_MARKUP = lazy_re(r"<(?:!--|!\[CDATA\[|[!?]|/?[A-Za-z])")
_new = tuple.__new__
"""Makes a named tuple in half the time; there are dozens of tags on a page."""
_LONG = 500
"""Characters of a tag that hardly appears twice."""
_MOST_ATTRIBUTES = 10_000
"""A tag that has more was not written by anybody; the rest is left out."""
_Pieces = tuple[str, bool, bool, int, list[tuple[str, str | None, int, int]]]
_NO_NAME = frozenset({"!", "?"})
_RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""HTML standard: elements whose content is text up to their end tag."""


def inline_tag(text: str, source: str, start: int, end: int) -> Tag | None:
    """The tag that is all of `start:end`, or None if that is a comment or the like.

    `source` is what goldmark sees; `text`, with its shortcodes, is what the page says.
    """
    raw = text[start:end]
    name = raw[1:-1]
    if name.isalnum():  # most tags: no attributes
        return _new(Tag, (name.lower(), False, False, start, end, (), False))
    if name[:1] == "/" and name[1:].isalnum():
        return _new(Tag, (name[1:].lower(), True, False, start, end, (), False))
    if name[:1] in _NO_NAME:
        return None
    return _tag(raw, source[start:end], start, block=False)


def _tag(raw: str, source: str, start: int, *, block: bool) -> Tag | None:
    """The tag at `start`, or None if it is none, or if a shortcode is part of its name, which nobody knows then."""
    found = _known(raw) if raw == source and len(raw) < _LONG else _pieces(raw, source)
    if found is None:
        return None
    name, closing, self_closing, length, attributes = found
    placed = tuple([_new(Attribute, (n, value, start + at, start + to)) for n, value, at, to in attributes])
    return _new(Tag, (name, closing, self_closing, start, start + length, placed, block))


@lru_cache(maxsize=1024)
def _known(raw: str) -> _Pieces | None:
    """As below; a site has the same few tags again and again (`<span style="…">`)."""
    return _pieces(raw, raw)


def _pieces(raw: str, source: str) -> _Pieces | None:
    """Name, closing, self-closing, length and attributes of the tag that `raw` begins with."""
    match = _TAG.match(source)
    if match is None:
        return None
    slash, _, inside = match.groups()
    name = raw[slice(*match.span(2))]
    if "{" in name:
        return None
    self_closing = inside[-1:] == "/"
    attributes: list[tuple[str, str | None, int, int]] = []
    if len(inside) > self_closing:
        for attribute in islice(_ATTRIBUTE.finditer(source, *match.span(3)), _MOST_ATTRIBUTES):
            group = attribute.lastindex or 1
            start, end = attribute.span(group)
            attributes.append(
                (attribute[1].lower(), entities(raw[start:end]) if group > 1 else None, start, end)
            )
    return name.lower(), slash == "/", self_closing, match.end(), attributes


@dataclass(slots=True)
class Scanned:
    """What HTML blocks hold, each list in order."""

    tags: list[Tag] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    gaps: list[Span] = field(default_factory=list)
    """The text between them, where it is more than white space."""


def scan(text: str, source: str, start: int, end: int, found: Scanned) -> None:
    """Add to `found` what a browser finds in the HTML block `start:end`."""
    position = shown = start
    while (match := _MARKUP.search(source, position, end)) is not None:
        opening = match[0]
        at = match.start()
        if at > shown and not source[shown:at].isspace():
            found.gaps.append((shown, at))
        if opening == "<!--":
            comment = comment_at(source, at, end)
            found.comments.append(comment)
            position = shown = comment.end
        elif opening == "<![CDATA[":
            position = shown = _after(source, "]]>", at, end)
        elif opening in {"<!", "<?"}:
            position = shown = _after(source, ">", at, end)
        elif (whole := _TAG.match(source, at, end)) is None:
            return  # a tag that never ends swallows the rest, in the browser too
        else:
            position = shown = whole.end()
            tag = _tag(text[at:shown], whole[0], at, block=True)
            if tag is not None:
                found.tags.append(tag)
                if tag.name in _RAW_TEXT and not tag.closing:
                    position = shown = _raw_text_end(source, tag.name, shown, end)
    if shown < end:
        found.gaps.append((shown, end))


def comment_at(source: str, start: int, end: int) -> Comment:
    """The comment at `start`; it ends as goldmark and browsers end it, or else with the block."""
    for short in ("<!-->", "<!--->"):
        if source.startswith(short, start, end):
            return Comment(start, start + len(short))
    stop = source.find("-->", start + 4, end)
    return Comment(start, end, closed=False) if stop < 0 else Comment(start, stop + 3)


def _after(source: str, closer: str, start: int, end: int) -> int:
    stop = source.find(closer, start, end)
    return end if stop < 0 else stop + len(closer)


def _raw_text_end(source: str, name: str, start: int, end: int) -> int:
    closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, start, end)
    return end if closing is None else closing.start()
