"""Raw HTML: tags, attributes and comments in a span of the page, in linear time and at their true places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vitdlint.markdown.body import Attribute, Comment, Tag
from vitdlint.markdown.links import entities

_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/>]*)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+)>""")
"""As browsers read it: a quote opens a value only after an equals sign, and may then hold anything."""
_ATTRIBUTE = re.compile(r"""([^\s"'>/=][^\s>/=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?""")
_MARKUP = re.compile(r"<(?:!--|!\[CDATA\[|[!?]|/?[A-Za-z])")
_RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""HTML standard: elements whose content is text up to their end tag."""


def inline_tag(source: str, start: int, end: int) -> Tag | None:
    """The tag that is all of `start:end`, or None if that is a comment or the like."""
    name = source[start + 1 : end - 1]
    if name.isalpha():  # most tags: no attributes, not closing
        return Tag(name.lower(), closing=False, self_closing=False, start=start, end=end)
    return _tag(source, start, end, block=False)


def _tag(source: str, start: int, end: int, *, block: bool) -> Tag | None:
    match = _TAG.match(source, start, end)
    if match is None:
        return None
    inside_start, inside_end = match.span(3)
    slash = inside_end > inside_start and source[inside_end - 1] == "/"
    attributes: tuple[Attribute, ...] = ()
    if inside_end > inside_start + slash:
        attributes = tuple(_attributes(source, inside_start, inside_end))
    return Tag(match[2].lower(), match[1] == "/", slash, start, match.end(), attributes, block)


def _attributes(source: str, start: int, end: int) -> Iterator[Attribute]:
    for match in _ATTRIBUTE.finditer(source, start, end):
        group = match.lastindex or 1
        place = match.span(group)
        value = entities(match[group]) if group > 1 else None
        yield Attribute(match[1].lower(), value, *place)


def scan(source: str, start: int, end: int) -> Iterator[Tag | Comment | tuple[int, int]]:
    """What a browser finds in the HTML block `start:end`: tags, comments, and the text between them as spans."""
    position = start
    text = start
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
            item = _tag(source, at, end, block=True)
            # A tag that never ends swallows the rest, in the browser too.
            after = end if item is None else item.end
        if at > text:
            yield text, at
        if item is not None:
            yield item
        position = text = after
        if item.__class__ is Tag and item.name in _RAW_TEXT and not item.closing:
            position = text = _raw_text_end(source, item.name, after, end)
    if text < end:
        yield text, end


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
