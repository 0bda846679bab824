"""Raw HTML: tags, attributes and comments in a span of the page, in linear time and at their true places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .body import Attribute, Comment, Tag
from .links import entities

_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/>]*)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+)>""")
"""As browsers read it: a quote opens a value only after an equals sign, and may then hold anything."""
_ATTRIBUTE = re.compile(r"""([^\s"'>/=][^\s>/=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?""")
_MARKUP = re.compile(r"<(?:!--|!\[CDATA\[|[!?]|/?[A-Za-z])")
_RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""HTML standard: elements whose content is text up to their end tag."""


def inline_tag(text: str, source: str, start: int, end: int) -> Tag | None:
    """The tag that is all of `start:end`, or None if that is a comment or the like.

    `source` is what goldmark sees; `text`, with its shortcodes, is what the page says.
    """
    name = text[start + 1 : end - 1]
    if name.isalnum():  # most tags: no attributes
        return Tag(name.lower(), closing=False, self_closing=False, start=start, end=end)
    if name[:1] == "/" and name[1:].isalnum():
        return Tag(name[1:].lower(), closing=True, self_closing=False, start=start, end=end)
    match = _TAG.match(source, start, end)
    return None if match is None else _tag(text, match, block=False)


def _tag(text: str, match: re.Match[str], *, block: bool) -> Tag | None:
    """The tag, or None if a shortcode is part of its name, which nobody knows then."""
    slash, _, inside = match.groups()
    name = text[slice(*match.span(2))]
    if "{" in name:
        return None
    start, end = match.span()
    self_closing = inside[-1:] == "/"
    attributes: tuple[Attribute, ...] = ()
    if len(inside) > self_closing:
        attributes = _attributes(text, match.string, *match.span(3))
    return Tag(name.lower(), slash == "/", self_closing, start, end, attributes, block)


def _attributes(text: str, source: str, start: int, end: int) -> tuple[Attribute, ...]:
    found = []
    for match in _ATTRIBUTE.finditer(source, start, end):
        group = match.lastindex or 1
        begin, stop = match.span(group)
        value = entities(text[begin:stop]) if group > 1 else None
        found.append(Attribute(match[1].lower(), value, begin, stop))
    return tuple(found)


def scan(text: str, source: str, start: int, end: int) -> Iterator[Tag | Comment | tuple[int, int]]:
    """What a browser finds in the HTML block `start:end`: tags, comments, and the text between them as spans."""
    position = shown = start
    while (match := _MARKUP.search(source, position, end)) is not None:
        opening = match[0]
        item: Tag | Comment | None = None
        at = match.start()
        if opening == "<!--":
            item = comment_at(source, at, end)
            after = item.end
        elif opening == "<![CDATA[":
            after = _after(source, "]]>", at, end)
        elif opening in {"<!", "<?"}:
            after = _after(source, ">", at, end)
        else:
            tag = _TAG.match(source, at, end)
            # A tag that never ends swallows the rest, in the browser too.
            item = None if tag is None else _tag(text, tag, block=True)
            after = end if tag is None else tag.end()
        if at > shown:
            yield shown, at
        if item is not None:
            yield item
        position = shown = after
        if item.__class__ is Tag and item.name in _RAW_TEXT and not item.closing:
            position = shown = _raw_text_end(source, item.name, after, end)
    if shown < end:
        yield shown, end


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
