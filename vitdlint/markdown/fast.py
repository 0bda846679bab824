"""The pieces of a body from pulldown-cmark (the package pyromark): quick, and used wherever it is known to be right.

pulldown-cmark reports UTF-8 byte ranges. A page with other than ASCII characters is therefore handed over with each
of them replaced by `?`, which is as long and means nothing, unless one stands where its class matters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

import pyromark

from vitdlint.hugo.markup import Markup
from vitdlint.markdown.bare import add_bare_links
from vitdlint.markdown.links import definition, inline_destination
from vitdlint.markdown.parts import Fence, Heading, Inline, Parts, Span

_OPTIONS = pyromark.Options
_PARSER = pyromark.Markdown(
    options=_OPTIONS.ENABLE_TABLES | _OPTIONS.ENABLE_STRIKETHROUGH | _OPTIONS.ENABLE_TASKLISTS,
)

_NEIGHBOURS = ("*?", "_?", "~?", "\\?", "<?", "&?", "[?", "?*", "?_", "?~", "]:")
_SENSITIVE = re.compile(r"[*_~\\<&\[][^\x00-\x7f]|[^\x00-\x7f][*_~]|<\?|\]:")
_MAIL = re.compile(r"<[^\s<>]*@")
_RUN = re.compile(r"[^\x00-\x7f]+")
_SIMPLE_LINK = re.compile(r"!?\[[^\[\]\\`<]*(?=\]\()")
_TILDES = re.compile(r"~+")
_FENCE = re.compile(r"`{3,}|~{3,}")
_CLOSING = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*\Z")


def find(source: str, start: int, markup: Markup) -> Parts | None:
    """The pieces of the body that begins at `start`, or None where only the reference can tell."""
    if source.isascii():
        parts = _collect(source, source, None)
    else:
        given = source.encode("ascii", "replace").decode("ascii")
        if _class_matters(source, given):
            parts = _collect(source, source, _code_points(source))
        else:
            parts = _collect(source, given, None)
    if "~" in source and not _clear_tildes(source, start, parts):
        return None
    if markup.linkify and not add_bare_links(source, start, parts, typographer=markup.typographer):
        return None
    return parts


def _clear_tildes(source: str, start: int, parts: Parts) -> bool:
    """Whether no block has a tilde left as text beside another one: pulldown-cmark pairs them by rules of its own."""
    text, blocks = parts.text, parts.blocks
    struck = {bisect_right(blocks, inline.start) for inline in parts.inlines if inline.kind == "strike"}
    for run in _TILDES.finditer(source, start):
        index = bisect_right(text, (run.start(), len(source))) - 1
        if index >= 0 and text[index][1] > run.start():
            block = bisect_right(blocks, run.start())
            if block in struck:
                return False
            struck.add(block)
    return True


def _class_matters(source: str, given: str) -> bool:
    """Whether a character stands where its class or identity decides: beside a delimiter, in a label or address."""
    suspicious = any(pair in given for pair in _NEIGHBOURS) and _SENSITIVE.search(source) is not None
    return suspicious or ("@" in given and _MAIL.search(source) is not None)


def _code_points(source: str) -> Callable[[int], int]:
    """A function from UTF-8 byte offsets to code-point offsets."""
    starts = [0]
    shifts = [0]
    shift = 0
    for match in _RUN.finditer(source):
        byte = match.start() + shift
        for character in match[0]:
            width = len(character.encode())
            byte += width
            shift += width - 1
            starts.append(byte)
            shifts.append(shift)

    def convert(byte: int) -> int:
        return byte - shifts[bisect_right(starts, byte) - 1]

    return convert


def _collect(source: str, given: str, convert: Callable[[int], int] | None) -> Parts:
    parts = Parts()
    text, inlines, blocks = parts.text, parts.inlines, parts.blocks
    hidden = 0  # text before this offset belongs to code or an autolink
    definitions: dict[str, Span] | None = None
    unfinished = False
    for event, place in _PARSER.events_with_range(given):
        if event.__class__ is str:
            continue
        kind, value = event.popitem()
        if kind == "End":
            continue
        start, end = place.values()
        if convert is not None:
            start, end = convert(start), convert(end)
        if kind == "Text":
            if start >= hidden:
                text.append((start, end))
        elif kind == "Start":
            if value.__class__ is str:
                if value == "Paragraph" or value == "Item" or value == "TableCell":
                    blocks.append(start)
                elif value == "Strong":
                    inlines.append(Inline("strong", start, end, start + 2, end - 2))
                elif value == "HtmlBlock":
                    parts.html_blocks.append((start, _trimmed(source, start, end)))
                elif value == "TableRow" or value == "TableHead":
                    parts.rows.append((start, _trimmed(source, start, end)))
                elif value == "Emphasis":
                    inlines.append(Inline("emphasis", start, end, start + 1, end - 1))
                elif value == "Strikethrough":
                    width = 2 if source.startswith("~~", start) else 1
                    inlines.append(Inline("strike", start, end, start + width, end - width))
                continue
            name, detail = value.popitem()
            if name == "Link" or name == "Image":
                link_type = detail["link_type"]
                if link_type == "Inline":
                    simple = _SIMPLE_LINK.match(source, start, end)
                    inner = start + (1 if name == "Link" else 2)
                    if simple is None:
                        unfinished = True
                        inlines.append(Inline(name.lower(), start, end, inner, -1))
                    else:
                        text_end = simple.end()
                        target = inline_destination(source, text_end)
                        inlines.append(Inline(name.lower(), start, end, inner, text_end, target))
                elif link_type == "Autolink" or link_type == "Email":
                    hidden = end
                    inlines.append(Inline("autolink", start, end, start + 1, end - 1, (start + 1, end - 1)))
                else:
                    if definitions is None:
                        definitions = _definitions(source, given, convert)
                    inner = start + (1 if name == "Link" else 2)
                    target = definitions[_label(detail["id"])]
                    unfinished = True
                    inlines.append(Inline(name.lower(), start, end, inner, -1, target))
            elif name == "Heading":
                end = _trimmed(source, start, end)
                blocks += (start, end)
                parts.headings.append(Heading(int(detail["level"][1]), start, end))
            elif name == "CodeBlock":
                hidden = end
                if detail == "Indented":
                    while source[start] in " \t":
                        start += 1
                    parts.indented.append((start, _trimmed(source, start, end)))
                else:
                    parts.fences.append(_fence(source, start, end))
            elif name == "Table":
                parts.tables.append((start, _trimmed(source, start, end)))
        elif kind == "InlineHtml":
            inlines.append(Inline("html", start, end, start, end))
        elif kind == "Code":
            ticks = 1
            while source[start + ticks] == "`":
                ticks += 1
            inlines.append(Inline("code", start, end, start + ticks, end - ticks))
        elif kind == "TaskListMarker":
            inlines.append(Inline("task", start, end, start, end))
    if unfinished:
        for index, inline in enumerate(inlines):
            if inline.inner_end < 0:
                inlines[index] = _with_text(source, parts, index)
    return parts


def _trimmed(source: str, start: int, end: int) -> int:
    """The end of a block without the white space after it."""
    while end > start and source[end - 1] in "\n \t":
        end -= 1
    return end


def _fence(source: str, start: int, end: int) -> Fence:
    """The fence, closed if its last line is one that could not be content."""
    opening = _FENCE.match(source, start)
    end = _trimmed(source, start, end)
    last = source.rfind("\n", start, end)
    closing = _CLOSING.match(source, last + 1, end) if last >= 0 else None
    closed = closing is not None and opening is not None and closing[1].startswith(opening[0])
    return Fence(start, end, closed)


def _definitions(source: str, given: str, convert: Callable[[int], int] | None) -> dict[str, Span]:
    """Where the destination of each reference definition stands, by label."""
    found: dict[str, Span] = {}
    for label, place in _PARSER.reference_definitions(given).items():
        start = place["span"]["start"]
        found.setdefault(_label(label), definition(source, start if convert is None else convert(start))[1])
    return found


def _label(label: str) -> str:
    return " ".join(label.split()).casefold()


def _with_text(source: str, parts: Parts, index: int) -> Inline:
    """The link with its text's end: that follows the last thing inside it."""
    link = parts.inlines[index]
    last = link.inner_start
    position = bisect_right(parts.text, (link.end, 0)) - 1
    if position >= 0 and parts.text[position][0] >= link.inner_start:
        last = parts.text[position][1]
    for inner in parts.inlines[index + 1 :]:
        if inner.start >= link.end:
            break
        last = max(last, inner.end)
    text_end = source.index("]", last)
    if link.target != (0, 0):
        return link._replace(inner_end=text_end)
    return link._replace(inner_end=text_end, target=inline_destination(source, text_end))
