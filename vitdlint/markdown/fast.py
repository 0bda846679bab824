"""The pieces of a body from pulldown-cmark (the package pyromark): quick, and used wherever it is known to be right.

pulldown-cmark reports UTF-8 byte ranges. A page with other than ASCII characters is therefore handed over with each
of them replaced by `?`, which is as long and means nothing, unless one stands where its class matters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

import pyromark

from vitdlint.hugo.markup import Markup
from vitdlint.markdown.bare import add_bare_links
from vitdlint.markdown.characters import is_punctuation, is_space
from vitdlint.markdown.heading import content_span
from vitdlint.markdown.links import definition, inline_destination, normalized_label
from vitdlint.markdown.parts import Fence, Heading, Inline, Parts, Span
from vitdlint.markdown.tables import cell_spans, delimiter_columns

_OPTIONS = pyromark.Options
_PARSER = pyromark.Markdown(
    options=_OPTIONS.ENABLE_TABLES | _OPTIONS.ENABLE_STRIKETHROUGH | _OPTIONS.ENABLE_TASKLISTS,
)

_NEIGHBOURS = ("*?", "_?", "~?", "\\?", "<?", "&?", "[?", "?*", "?_", "?~", "]:")
_SENSITIVE = re.compile(r"[*_~\\<&\[][^\x00-\x7f]|[^\x00-\x7f][*_~]|<\?|\]:")
_MAIL = re.compile(r"<[^\s<>]*@")
_RUN = re.compile(r"[^\x00-\x7f]+")
_SIMPLE_LINK = re.compile(r"!?\[[^\[\]\\`<]*(?=\]\()")
_RAW_BLOCK = re.compile(r"<(?:script|style|pre|textarea)\b", re.IGNORECASE)
_RAW_END = re.compile(r"</(?:script|style|pre|textarea)>", re.IGNORECASE)
_ODD_BLOCK = re.compile(r"</(?i:script|style|pre)\b|</?[A-Za-z][A-Za-z0-9-]*\t|<[^\n]*\t(?:\n|\Z)")
_DELIMITER_ROW = re.compile(r"\n[ \t>]*[-|:][-|: \t]*(?=\n|\Z)")
_EMPTY_QUOTE = re.compile(r"\n[ \t>]*>[ \t>]*\Z")
_DOUBTFUL_REFERENCE = re.compile(r"\]:[ \t\n>]*[^\s<(]*\(")
_CONTAINER = re.compile(r"[ \t]*(?:>|[-+*][ \t]|[0-9]{1,9}[.)][ \t])")
_BLANK_BEFORE = re.compile(r"\n[ \t]*\n\Z")
_BLANK_AFTER = re.compile(r"[ \t]*(?:\n[ \t]*(?:\n|\Z)|\Z)")
_DEFINITION = re.compile(r"\n[ \t>]*:[ \t]")
_TASK = re.compile(r"\[[ \txX]\](?![ \t])")
_TILDES = re.compile(r"~+")
_FENCE = re.compile(r"`{3,}|~{3,}")
_CLOSING = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*\Z")


def find(source: str, start: int, markup: Markup) -> Parts | None:
    """The pieces of the body that begins at `start`, or None where only the reference can tell."""
    if _suspicious(source, start, markup):
        return None
    if source.isascii():
        parts = _collect(source, source, None)
    else:
        given = source.encode("ascii", "replace").decode("ascii")
        if _class_matters(source, given):
            parts = _collect(source, source, _code_points(source))
        else:
            parts = _collect(source, given, None)
    if not _clear_blocks(source, parts):
        return None
    if markup.table and "-" in source and not _clear_tables(source, start, parts):
        return None
    if "~" in source and not _clear_tildes(source, start, parts):
        return None
    if markup.linkify and not add_bare_links(source, start, parts, typographer=markup.typographer):
        return None
    return parts if _clear_headings(source, parts, markup) else None


def _clear_blocks(source: str, parts: Parts) -> bool:
    """Whether its HTML blocks begin and end where goldmark's do."""
    for start, end in parts.html_blocks:
        if _ODD_BLOCK.match(source, start) is not None:
            return False
        if _RAW_BLOCK.match(source, start, end) is not None:
            closing = _RAW_END.search(source, start, end)
            if closing is not None and source.find("\n", closing.end(), end) >= 0:
                return False
    return True


def _clear_headings(source: str, parts: Parts, markup: Markup) -> bool:
    """Whether no attributes of a heading were read as its text."""
    for heading in parts.headings:
        if source.find("{", heading.start, heading.end) >= 0:
            _, begin, given = content_span(source, heading, markup)
            if given is not None and any(
                begin < inline.end and inline.start < heading.end for inline in parts.inlines
            ):
                return False
    return True


def _clear_tables(source: str, start: int, parts: Parts) -> bool:
    """Whether what could be a table is one, between blank lines and without a container around it."""
    for first, last in parts.tables:
        if source[first - 1 : first] not in {"\n", ""} or _BLANK_AFTER.match(source, last) is None:
            return False
        if first - 2 >= start and _BLANK_BEFORE.search(source, max(first - 200, 0), first) is None:
            return False
        if source.find("\\|", first, last) >= 0 or source.find("`", first, last) >= 0:
            return False
    known = [
        *parts.tables,
        *parts.html_blocks,
        *parts.indented,
        *((fence.start, fence.end) for fence in parts.fences),
    ]
    known.sort()
    for row in _DELIMITER_ROW.finditer(source, max(start - 1, 0)):
        line_start = row.start() + 1
        if not _could_be_table(source, line_start, row.end()):
            continue
        index = bisect_right(known, (line_start, len(source))) - 1
        if index < 0 or known[index][1] <= line_start:
            return False
    return True


def _could_be_table(source: str, start: int, end: int) -> bool:
    """Whether the line is a delimiter row and the one before it, unless in a container, has as many cells."""
    if source.find("-", start, end) < 0 or not source[start:end].strip("- \t"):
        return False
    header = source.rfind("\n", 0, max(start - 1, 0)) + 1
    if (
        _CONTAINER.match(source, header, start) is not None
        or _CONTAINER.match(source, start, end) is not None
    ):
        return True
    columns = delimiter_columns(source[start:end])
    return columns > 0 and len(cell_spans(source, header, max(start - 1, header))) <= columns


def _suspicious(source: str, start: int, markup: Markup) -> bool:
    """Whether there is something in the body that pulldown-cmark is known to read in another way than goldmark."""
    return (
        bool(markup.attribute_block or markup.passthrough or markup.extras)
        or (markup.footnote and source.find("[^", start) >= 0)
        or (markup.definition_list and _DEFINITION.search(source, start) is not None)
        or (markup.task_list and _TASK.search(source, start) is not None)
        or _DOUBTFUL_REFERENCE.search(source, start) is not None
        or (markup.typographer and source.find("<<", start) >= 0)
        or source.find("</ ", start) >= 0
        or source.find("`\t", start) >= 0
        or source.find("~\t", start) >= 0
    )


def _clear_tildes(source: str, start: int, parts: Parts) -> bool:
    """Whether goldmark, too, leaves as text what is left as text here, and strikes what is struck.

    pulldown-cmark pairs only runs of one length, and does not ask which way a `~~` flanks.
    """
    text, blocks = parts.text, parts.blocks
    struck = [inline for inline in parts.inlines if inline.kind == "strike"]
    for strike in struck:
        opens, _ = _flanks(source, strike.start, strike.inner_start)
        _, closes = _flanks(source, strike.inner_end, strike.end)
        if not (opens and closes):
            return False
    opened = -1  # the block in which a run that could open was left as text
    for run in _TILDES.finditer(source, start):
        begin, end = run.span()
        index = bisect_right(text, (begin, len(source))) - 1
        if end - begin > 2 or index < 0 or text[index][1] <= begin:
            continue
        opens, closes = _flanks(source, begin, end)
        if not opens and not closes:
            continue
        block = bisect_right(blocks, begin)
        if closes and opened == block:
            return False
        if any(strike.start < begin < strike.end for strike in struck):
            return False
        if opens:
            opened = block
    return True


def _flanks(source: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether the run of tildes can open, and whether it can close: CommonMark's left and right flanking."""
    before = source[start - 1] if start else "\n"
    after = source[end : end + 1] or "\n"
    left = not is_space(after) and (not is_punctuation(after) or is_space(before) or is_punctuation(before))
    right = not is_space(before) and (not is_punctuation(before) or is_space(after) or is_punctuation(after))
    return left, right


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
                    target = definitions[normalized_label(detail["id"])]
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
    """The end of a block without the white space after it, nor empty lines of the quote around it."""
    while end > start and source[end - 1] in "\n \t":
        end -= 1
    if source[end - 1] == ">" and source[start - 1 : start] in {" ", ">", "\t"}:
        while (empty := _EMPTY_QUOTE.search(source, max(start, end - 200), end)) is not None:
            if source.rfind(">", source.rfind("\n", 0, start) + 1, start) < 0:
                break
            end = empty.start()
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
    for inner in parts.inlines[index + 1 :]:
        if inner.start >= link.end:
            break
        last = max(last, inner.end)
    text_end = source.index("]", last)
    if link.target != (0, 0):
        return link._replace(inner_end=text_end)
    return link._replace(inner_end=text_end, target=inline_destination(source, text_end))
