"""Where pulldown-cmark is known to read a body in another way than goldmark, so that the reference must decide.

All tests are cheap, and each errs on the side of doubt.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...core.lazy_re import lazy_re
from ...hugo.markup import Markup
from . import attributes
from .characters import flanking
from .headings import content_span
from .parts import Heading, Parts
from .tables import cell_spans, delimiter_columns

_RAW_BLOCK = lazy_re(r"<(?:script|style|pre|textarea)\b", re.IGNORECASE)
_RAW_END = lazy_re(r"</(?:script|style|pre|textarea)>", re.IGNORECASE)
_ODD_BLOCK = lazy_re(r"<![a-z]|</(?i:script|style|pre)\b|</?[A-Za-z][A-Za-z0-9-]*\t|<[^\n]*\t(?:\n|\Z)")
_DELIMITER_ROW = lazy_re(r"\n[ \t>]*+[-|:][-|: \t]*+(?=\n|\Z)")
_BRACKET = lazy_re(r"\[\^?|\]:")
_BEFORE_WORD, _WORD = lazy_re(r"[ \t\n>]*+"), re.compile(r"[^ \t\n(]*+")
_UNDERLINED = lazy_re(r"\n[ \t>]*[-=]")
_ANGLE_IN_TARGET = lazy_re(r"\](?:\(|:)[ \t\n]*<[^<>\n]*<")
"""A target in angle brackets that holds another one: goldmark alone takes it."""
_CONTAINER = lazy_re(r"[ \t]*(?:>|[-+*][ \t]|[0-9]{1,9}[.)][ \t])")
_BLANK_LINE_BEFORE = lazy_re(r"\n[ \t]*\n\Z")
_BLANK_LINE_AFTER = lazy_re(r"[ \t]*(?:\n[ \t]*(?:\n|\Z)|\Z)")
_DEFINITION_LINE = lazy_re(r"\n[ \t>]*(?:(?:[-+*]|[0-9]+[.)])[ \t]+)?:[ \t]")
_END_TAG_LINE = lazy_re(r"\n[ \t>]*(?:(?:[-+*]|[0-9]+[.)])[ \t]+)?</ ")
"""A line that begins with an end tag that only goldmark takes for one."""
_COLON = lazy_re(r":(?<=[\n\t >]:)[ \t]")
_END_TAG = lazy_re("</ ")
"""One of these is in such a line; they are found much quicker than the beginnings of all lines are looked at."""
_BRACE = lazy_re(r"(?:\A|\n)[ \t>]*+(?:(?:[-+*:]|[0-9]{1,9}[.)])[ \t][ \t>]*+)*\{")
"""A line that begins with a brace, whatever it is in."""
_UNDERLINE = lazy_re(r"\n[ \t]*(?:=+|-+)[ \t]*\Z")
_BARE = lazy_re(r"://|www\.|@")
_TASK = lazy_re(r"\[[ \txX]\](?:(?![ \t])|[ \t]+(?:\n|\Z))")
_TASK_HEADING = lazy_re(r"(?:#+[ \t]+)?\[[ \txX]\]")
_TILDES = lazy_re(r"~~*")  # `~+` has no beginning that is looked for: twenty times as slow


def of_page(source: str, start: int, markup: Markup) -> bool:
    """Whether the text of the body alone gives cause, and nobody knows how far that reaches."""
    if source.find("\t", start) >= 0 and ("`\t" in source or "~\t" in source):
        return True  # white space after a closing fence
    if _END_TAG.search(source, start) is not None and _END_TAG_LINE.search(source, start) is not None:
        return True
    return "]:" in source and _has_doubtful_reference(source, start, markup)


def _has_doubtful_reference(source: str, start: int, markup: Markup) -> bool:
    """Whether a definition of a link has a parenthesis in its target, or a line below that could underline it."""
    in_note = False
    word_end = line_end = -1  # one word or line may hold all of them
    for bracket in _BRACKET.finditer(source, start):
        at = bracket.end()
        if source[at - 1] != ":":
            in_note = at - bracket.start() == 2
        elif not (in_note and markup.footnote):
            word = _BEFORE_WORD.match(source, at).end()  # type: ignore[union-attr]  # it matches everywhere
            if word > word_end:
                word_end = _WORD.match(source, word).end()  # type: ignore[union-attr]  # this, too
                if source.startswith("(", word_end):
                    return True
            if at > line_end:
                line_end = source.find("\n", at)
                if line_end < 0:
                    line_end = len(source)
                if _UNDERLINED.match(source, line_end) is not None:
                    return True
    return False


def of_blocks(source: str, parts: Parts) -> bool:
    """Whether an HTML block may begin or end where goldmark's does not."""
    for start, end in parts.html_blocks:
        if _ODD_BLOCK.match(source, start) is not None:
            return True
        if _RAW_BLOCK.match(source, start, end) is not None:
            closing = _RAW_END.search(source, start, end)
            if closing is not None and source.find("\n", closing.end(), end) >= 0:
                return True
    return False


def places(source: str, start: int, parts: Parts, markup: Markup) -> list[int]:
    """Where goldmark may read otherwise what pulldown-cmark has read; no later than the next heading it does so again."""
    found: list[int] = []
    for opener, _ in markup.passthrough:
        found += _every(opener, source, start)
    if markup.footnote:
        found += _every("[^", source, start)
    if "<" in source:
        found += [target.start() for target in _ANGLE_IN_TARGET.finditer(source, start)]
    if markup.attribute_block:
        found += _attribute_lines(source, start)
    if _COLON.search(source, start) is not None:
        found += [line.end() for line in _DEFINITION_LINE.finditer(source, start)]
    if markup.task_list:
        found += [task.start() for task in _TASK.finditer(source, start)]
    if markup.table:
        found += _doubtful_tables(source, start, parts)
    if markup.strikethrough and "~" in source:
        found += _doubtful_tildes(source, start, parts)
    return found + [
        heading.start for heading in parts.headings if _is_doubtful(source, parts, heading, markup)
    ]


def _every(mark: str, source: str, start: int) -> Iterator[int]:
    at = source.find(mark, start)
    while at >= 0:
        yield at
        at = source.find(mark, at + 1)


def _attribute_lines(source: str, start: int) -> Iterator[int]:
    """The lines that could be attributes of the block before them."""
    for brace in _BRACE.finditer(source, max(start - 1, 0)):
        at = brace.end() - 1
        end = source.find("\n", at)
        if attributes.parse(source, at, len(source) if end < 0 else end) is not None:
            yield at


def _is_doubtful(source: str, parts: Parts, heading: Heading, markup: Markup) -> bool:
    """Whether attributes or the check box of a heading were read as its text."""
    if source[heading.start - 1 : heading.start] not in {"\n", ""} and _TASK_HEADING.match(
        source, heading.start
    ):
        return True  # a check box, for goldmark
    if source.find("{", heading.start, heading.end) < 0:
        return False
    _, begin, given = content_span(source, heading, markup)
    if given is None:
        return False
    if _BARE.search(source, heading.start, heading.end) is not None:
        return True  # attributes are cut off before links are looked for
    index = bisect_right(parts.inlines, heading.end, key=lambda inline: inline.start) - 1
    while index >= 0 and parts.inlines[index].start >= heading.start:
        if parts.inlines[index].end > begin:
            return True
        index -= 1
    return False


def _doubtful_tables(source: str, start: int, parts: Parts) -> Iterator[int]:
    """What could be a table and is none, or is one in a container, without blank lines around it, or with escaped pipes.

    A delimiter row like `- | -` makes a list of what pulldown-cmark takes for a table, and a last row of `===` is none.
    """
    for first, last in parts.tables:
        if (
            source[first - 1 : first] not in {"\n", ""}
            or _BLANK_LINE_AFTER.match(source, last) is None
            or (first - 2 >= start and _BLANK_LINE_BEFORE.search(source, max(first - 200, 0), first) is None)
            or source.find("\\|", first, last) >= 0
            or _CONTAINER.match(source, source.find("\n", first) + 1) is not None
            or _UNDERLINE.match(source, source.rfind("\n", first, last), last) is not None
        ):
            yield first
    known = [
        *parts.tables,
        *parts.html_blocks,
        *parts.indented,
        *((fence.start, fence.end) for fence in parts.fences),
    ]
    known.sort()
    for row in _DELIMITER_ROW.finditer(source, max(start - 1, 0)):
        line_start = row.start() + 1
        if not _could_be_table(source, line_start, row.end(), parts):
            continue
        index = bisect_right(known, (line_start, len(source))) - 1
        if index < 0 or known[index][1] <= line_start:
            yield source.rfind("\n", 0, line_start - 1) + 1  # its header is the line before


def _could_be_table(source: str, start: int, end: int, parts: Parts) -> bool:
    """Whether the line is a delimiter row and the one before it, unless in a container, has as many cells."""
    header = source.rfind("\n", 0, max(start - 1, 0)) + 1
    if source.find("-", start, end) < 0 or not source[header:start].strip("> \t\n"):
        return False
    if not source[start:end].strip("- \t>"):
        # Hyphens alone make a rule, an underline or a list item; where they are text, all is possible.
        index = bisect_right(parts.text, (end, 0)) - 1
        return index >= 0 and parts.text[index][1] > start
    header = source.rfind("\n", 0, max(start - 1, 0)) + 1
    if (
        _CONTAINER.match(source, header, start) is not None
        or _CONTAINER.match(source, start, end) is not None
    ):
        return True
    columns = delimiter_columns(source[start:end])
    return columns > 0 and len(cell_spans(source, header, max(start - 1, header))) <= columns


def _doubtful_tildes(source: str, start: int, parts: Parts) -> Iterator[int]:
    """Where goldmark may strike what is text here, or not what is struck here.

    pulldown-cmark pairs only runs of one length, and does not ask which way a `~~` flanks.
    """
    text, blocks = parts.text, parts.blocks
    struck = [inline for inline in parts.inlines if inline.kind == "strike"]
    inside = 0  # where the outermost strike so far ends
    following = iter(struck)
    strike = next(following, None)
    opened = -1  # the block in which a run that could open was left as text
    for each in struck:
        opens, _ = _flanks(source, each.start, each.inner_start)
        _, closes = _flanks(source, each.inner_end, each.end)
        if not (opens and closes):
            yield each.start
    for run in _TILDES.finditer(source, start):
        begin, end = run.span()
        index = bisect_right(text, (begin, len(source))) - 1
        if end - begin > 2 or index < 0 or text[index][1] <= begin:
            continue
        opens, closes = _flanks(source, begin, end)
        while strike is not None and strike.start < begin:
            inside = max(inside, strike.end)
            strike = next(following, None)
        index = bisect_right(blocks, begin)
        block = blocks[index - 1] if index else -1
        if (closes and opened == block) or ((opens or closes) and begin < inside):
            yield begin
        if opens:
            opened = block


def _flanks(source: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether the run of tildes can open, and whether it can close: CommonMark's left and right flanking."""
    return flanking(source[start - 1] if start else "\n", source[end : end + 1] or "\n")
