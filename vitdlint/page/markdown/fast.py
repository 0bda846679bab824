"""The pieces of a body from pulldown-cmark (the package pyromark): quick, and used wherever it is known to be right.

pulldown-cmark reports UTF-8 byte ranges. A page with other than ASCII characters is therefore handed over with each
of them replaced by `?`, which is as long and means nothing, unless one is where its class matters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, islice, pairwise
from typing import Any

import pyromark

from ...core.lazy_re import lazy_re
from ...hugo.markup import Markup
from . import needs_reference
from .bare import add_bare_links
from .characters import is_punctuation, is_space
from .links import definition, inline_destination, normalized_label
from .parts import Fence, Heading, Inline, Parts, Span, TooManyPiecesError

_AFTER = frozenset({b"*", b"_", b"~"})
_BEFORE = _AFTER | {b"\\", b"<"}
_EDGES = frozenset({b"", b" ", b"\t", b"\n", b">"})
_BLOCKS = frozenset({"Paragraph", "Item", "TableCell"})
_ROWS = frozenset({"TableHead", "TableRow"})
_LINKS = frozenset({"Link", "Image"})
_AUTOLINKS = frozenset({"Autolink", "Email"})
_MOST_PIECES = 800_000
_TOGETHER = 4096
_NOWHERE = (0, 0)
_UNKNOWN = (-1, -1)
"""The target of a link that is not found yet."""
_SURROGATE = lazy_re(r"[\ud800-\udfff]")
_MAIL = lazy_re(r"<[^\s<>]*@")
_new = tuple.__new__
"""Makes a named tuple in half the time; there are dozens of constructs on a page."""
_LABEL_END = re.compile(rb"\]:")
_RUN = lazy_re(r"[^\x00-\x7f]+")
_SIMPLE_LINK = lazy_re(r"[^\[\]\\`<]*(?=\]\()")
_EMPTY_LABEL = lazy_re(r"\[[ \t\n]*\]")
_EMPTY_QUOTE = lazy_re(r"\n[ \t>]*>[ \t>]*\Z")


def find(source: str, start: int, markup: Markup) -> Parts | None:
    """The pieces of the body that begins at `start`, or None where only the reference can find them."""
    if needs_reference.of_page(source, start, markup):
        return None
    parser = _parser(table=markup.table, strikethrough=markup.strikethrough, task_list=markup.task_list)
    given = source if source.isascii() else _ascii(source)
    convert = None
    if given is None:
        if _SURROGATE.search(source) is not None:
            return None
        given, convert = source, _code_points(source)
    parts = _collect(parser, source, given, convert)
    if parts is None or needs_reference.of_blocks(source, parts):
        return None
    places = needs_reference.places(source, start, parts, markup)
    if markup.linkify:
        places += add_bare_links(source, start, parts, typographer=markup.typographer is not None)
    if places:
        from .reparse import read_sections  # most pages leave no doubt

        definitions = partial(_definitions, parser, source, given, convert)
        if not read_sections(source, start, parts, places, definitions, markup):
            return None
    return parts


def too_deep(source: str, start: int, max_depth: int) -> bool:
    """Whether quotes and list items are nested more than `max_depth` levels deep."""
    # Each level takes at least one character at the beginning of some line.
    prefix = rf"[ \t>*+0-9.)-]{{{max_depth}}}"
    if (
        re.compile("\n" + prefix).search(source, max(start - 1, 0)) is None
        and re.compile(prefix).match(source, start) is None
    ):
        return False
    depth = 0
    event: Any
    for event, _ in _parser(table=False, strikethrough=False, task_list=False).events_with_range(
        source.encode("ascii", "replace").decode("ascii")
    ):
        if event.__class__ is str:
            continue
        kind, value = event.popitem()
        if (value if value.__class__ is str else next(iter(value), "")) in {"BlockQuote", "Item"}:
            depth += 1 if kind == "Start" else -1
            if depth > max_depth:
                return True
    return False


@cache
def _parser(*, table: bool, strikethrough: bool, task_list: bool) -> pyromark.Markdown:
    options = pyromark.Options(0)
    if table:
        options |= pyromark.Options.ENABLE_TABLES
    if strikethrough:
        options |= pyromark.Options.ENABLE_STRIKETHROUGH
    if task_list:
        options |= pyromark.Options.ENABLE_TASKLISTS
    return pyromark.Markdown(options=options)


def _ascii(source: str) -> str | None:
    """The source with ASCII characters in place of all others, that Markdown takes for the same; None if none would do.

    A question mark does nearly everywhere. Beside a delimiter the class decides: letter, punctuation or space.
    """
    given = source.encode("ascii", "replace")
    if _LABEL_END.search(given) is not None or (b"@" in given and _MAIL.search(source) is not None):
        return None  # labels and addresses are compared
    around = given.split(b"?")
    if _BEFORE.isdisjoint([piece[-1:] for piece in around]) and _AFTER.isdisjoint(
        [piece[:1] for piece in around]
    ):
        return given.decode("ascii")
    patched = bytearray(given)
    position = -1
    for before, after in pairwise(around):
        position += len(before) + 1
        character = source[position]
        left, right = before[-1:], after[:1]
        if left == b"<" and character == "?":
            return None  # the end of such an instruction is looked for in what follows
        if character > "\x7f" and (left in _BEFORE or right in _AFTER):
            replacement = _replacement(character, left, right)
            if replacement is None:
                return None
            patched[position] = replacement
    return patched.decode("ascii")


def _replacement(character: str, left: bytes, right: bytes) -> int | None:
    """The ASCII character of the same class, which together with its neighbours makes nothing new."""
    delimited = left in _AFTER or right in _AFTER
    if left == b"<":  # neither a tag nor an instruction may begin here
        return None if delimited else ord("=")
    if left == b"\\":  # nor may this be an escape
        return None if delimited else ord("x")
    if is_space(character):
        # A form feed is a space that nothing else looks at, unless it begins or ends a line.
        return None if left in _EDGES or right in _EDGES else ord("\f")
    return ord("?" if is_punctuation(character) else "x")


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


def _collect(
    parser: pyromark.Markdown, source: str, given: str, convert: Callable[[int], int] | None
) -> Parts | None:
    """What pulldown-cmark finds in `given`, or None where goldmark reads `<<` or `<!x` otherwise."""
    parts = Parts()
    text, inlines, blocks, rows = parts.text, parts.inlines, parts.blocks, parts.rows
    hidden = 0  # text before this offset belongs to code or an autolink
    fenced = content_end = 0  # where the latest fence ends, and the latest piece of what is in it
    labels: dict[int, str] = {}  # of the links by reference, by their number
    unfinished = False
    event: Any
    place: Any
    events = parser.events_with_range(given)
    if len(given) > _MOST_PIECES:  # no piece is shorter than a character
        events = chain.from_iterable(_bounded(events, text, inlines, parts.headings))
    for event, place in events:
        # An event is a dictionary with one key, or a word, of which none holds one of these keys. Asking for the keys
        # by how common they are takes two thirds of the time that unpacking each event does.
        if "End" in event:
            continue
        start, end = place["start"], place["end"]
        if convert is not None:
            start, end = convert(start), convert(end)
        if "Text" in event:
            if start >= hidden:
                text.append((start, end))
            elif start < fenced:
                content_end = end
        elif "Start" in event:
            value = event["Start"]
            if value.__class__ is str:
                if value in _BLOCKS:
                    blocks.append(start)
                elif value == "HtmlBlock":
                    parts.html_blocks.append((start, _trimmed(source, start, end)))
                elif value == "Strong":
                    inlines.append(Inline("strong", start, end, start + 2, end - 2))
                elif value in _ROWS:
                    rows.append((start, _trimmed(source, start, end)))
                elif value == "Emphasis":
                    inlines.append(Inline("emphasis", start, end, start + 1, end - 1))
                elif value == "Strikethrough":
                    width = 2 if source.startswith("~~", start) else 1
                    inlines.append(Inline("strike", start, end, start + width, end - width))
                continue
            name, detail = value.popitem()
            if name in _LINKS:
                link_type = detail["link_type"]
                if link_type in _AUTOLINKS:
                    if source[start - 1 : start] == "<":
                        return None
                    hidden = end
                    inlines.append(Inline("autolink", start, end, start + 1, end - 1, (start + 1, end - 1)))
                    continue
                kind = "link" if name == "Link" else "image"
                inner = start + (1 if kind == "link" else 2)
                if link_type == "Inline":
                    simple = _SIMPLE_LINK.match(source, inner, end)
                    if simple is not None:
                        inner_end = simple.end()
                        target = inline_destination(source, inner_end)
                        inlines.append(_new(Inline, (kind, start, end, inner, inner_end, target)))
                        continue
                else:
                    labels[len(inlines)] = normalized_label(detail["id"])
                    if link_type == "Collapsed" and (empty := _EMPTY_LABEL.match(source, end)) is not None:
                        end = empty.end()
                unfinished = True
                inlines.append(Inline(kind, start, end, inner, -1, _UNKNOWN))
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
                    if parts.fences:
                        _close(source, parts.fences, content_end)
                    parts.fences.append(Fence(start, _trimmed(source, start, end), closed=False))
                    fenced, content_end = end, 0
            elif name == "Table":
                parts.tables.append((start, _trimmed(source, start, end)))
        elif "InlineHtml" in event:
            if source[start - 1] == "<" or (source[start + 1] == "!" and source[start + 2].islower()):
                return None
            inlines.append(_new(Inline, ("html", start, end, start, end, _NOWHERE)))
        elif "Code" in event:
            ticks = 1
            while source[start + ticks] == "`":
                ticks += 1
            inlines.append(Inline("code", start, end, start + ticks, end - ticks))
        elif "TaskListMarker" in event:
            inlines.append(Inline("task", start, end, start, end))
    if parts.fences:
        _close(source, parts.fences, content_end)
    if labels:  # only now, as this parses the page again
        definitions = _definitions(parser, source, given, convert)
        for number, label in labels.items():
            inlines[number] = inlines[number]._replace(target=definitions[label])
    if unfinished:
        for index in range(len(inlines) - 1, -1, -1):  # what is inside comes first
            if inlines[index].inner_end < 0:
                inlines[index] = _with_text(source, parts, index)
    return parts


def _bounded(events: Iterator[Any], *found: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The events, some at a time, until too much is found: a page of five megabytes could have millions of pieces."""
    while some := tuple(islice(events, _TOGETHER)):
        yield some
        if sum(map(len, found)) > _MOST_PIECES:
            raise TooManyPiecesError


def _trimmed(source: str, start: int, end: int) -> int:
    """The end of a block without the white space after it, nor empty lines of the quote around it."""
    while end > start and source[end - 1] in "\n \t":
        end -= 1
    if source[end - 1] == ">" and source[start - 1 : start] in {" ", ">", "\t"}:
        quotes = source.count(">", source.rfind("\n", 0, start) + 1, start)
        while (empty := _EMPTY_QUOTE.search(source, max(start, end - 200), end)) is not None:
            if empty[0].count(">") > quotes:
                break
            end = empty.start()
    return end


def _close(source: str, fences: list[Fence], content_end: int) -> None:
    """Note of the latest fence whether a line comes after its content, which ends at `content_end` unless empty."""
    start, end, _ = fences[-1]
    first_line = source.find("\n", start, end)
    rest = source[max(content_end, first_line) : end] if first_line >= 0 else ""
    fences[-1] = Fence(start, end, closed=rest.strip("\n \t>") != "")


def _definitions(
    parser: pyromark.Markdown, source: str, given: str, convert: Callable[[int], int] | None
) -> dict[str, Span]:
    """Where the destination of each reference definition is, by label."""
    found: dict[str, Span] = {}
    for label, place in parser.reference_definitions(given).items():
        start = place["span"]["start"]
        found.setdefault(
            normalized_label(label), definition(source, start if convert is None else convert(start))[1]
        )
    return found


def _with_text(source: str, parts: Parts, index: int) -> Inline:
    """The link with its text's end: that follows the last thing inside it."""
    link = parts.inlines[index]
    last = link.inner_start
    position = bisect_right(parts.text, (link.end, 0)) - 1
    if position >= 0 and parts.text[position][0] >= link.inner_start:
        last = parts.text[position][1]
    inlines = parts.inlines
    index += 1
    while index < len(inlines) and inlines[index].start < link.end:
        last = max(last, inlines[index].end)
        index = bisect_left(inlines, inlines[index].end, index + 1, key=lambda inline: inline.start)
    text_end = source.index("]", last)
    if link.target is not _UNKNOWN:
        return link._replace(inner_end=text_end)
    return link._replace(inner_end=text_end, target=inline_destination(source, text_end))
