"""The pieces of a body by the reference: markdown-it-py for blocks, `inline.py` for what is in them.

Slow and right. markdown-it-py knows only lines, so its rules are wrapped to note where each line's content begins
within quotes and lists; tables are found as goldmark finds them, in paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from ...hugo.markup import Markup
from . import attributes, tables
from .blocks import read_block
from .definitions import take
from .headings import content_span
from .html_blocks import opening
from .parts import Definition, Fence, Heading, Inline, Parts, Span, TooManyPiecesError

_Rule = Callable[[StateBlock, int, int, bool], bool]
_LEAVES = (
    "code",
    "fence",
    "html_block",
    "heading",
    "lheading",
    "paragraph",
    "deflist",
    "footnote_def",
    "terms",
)
_DEFINITION = re.compile(r":[ \t]")
_DEFINITION_LINE = re.compile(r"\n[ \t>]*:[ \t]")
_TILDE_LINE = re.compile(r"~[ \t]")
_RULE = re.compile(r"-(?:-{2,})?[ \t]*\Z")
_TASK = re.compile(r"(\[[ \t\f\vxX]\])[ \t\f\v]*")
_MOST_CHARACTERS = 2_000_000
_MOST_LINES = 100_000
_LINE_WITH_TEXT = re.compile(r"\n[ \t]*\S")
_MAX_NESTING = 1_000_000  # depth has been checked before: nothing may be dropped without a report


@cache
def _parser(*, definition_list: bool, footnote: bool, attributes: bool) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).disable("reference")
    if definition_list:
        md.use(deflist_plugin)
        md.block.ruler.before("deflist", "terms", _terms)
    if footnote:
        md.block.ruler.before("html_block", "footnote_def", footnote_def, {"alt": ["paragraph"]})
    if attributes:
        alternatives = ["paragraph", "blockquote", "list"]
        md.block.ruler.before("html_block", "attributes", _attributes, {"alt": alternatives})
    md.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    for rule in md.block.ruler.__rules__:
        if rule.name in _LEAVES:
            rule.fn = _located(rule.name, rule.fn)
    md.block.ruler.__cache__ = None
    return md


def _located(name: str, rule: _Rule) -> _Rule:
    """The rule, which then notes in each new token where the content of its lines is."""

    def located(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        if name == "deflist" and _has_tilde(state, start_line, silent=silent):
            return False  # goldmark knows only the colon
        count = len(state.tokens)
        matched = rule(state, start_line, end_line, silent)
        if matched and not silent:
            for token in state.tokens[count:]:
                if token.map is not None and "lines" not in token.meta:
                    first, last = token.map
                    token.meta["lines"] = [
                        _content(state, line) for line in range(first, max(last, first + 1))
                    ]
        return matched

    return located


def _has_tilde(state: StateBlock, line: int, *, silent: bool) -> bool:
    """Whether the rule for definition lists looks at a line that begins with a tilde."""
    if not silent:
        line += 1
        if line < state.lineMax and state.isEmpty(line):
            line += 1
    return line < state.lineMax and _TILDE_LINE.match(state.src, _content(state, line)[0]) is not None


def _content(state: StateBlock, line: int) -> Span:
    """The line without the containers' marks and indentation."""
    end = state.eMarks[line]
    return min(state.bMarks[line] + state.tShift[line], end), end


def _terms(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule for a paragraph of several terms: all but the last, which the rule for lists then takes."""
    if silent or not state.env["definitions"]:
        return False
    line = start_line + 1
    terminators = state.md.block.ruler.getRules("paragraph")
    while line < end_line and not state.isEmpty(line) and not _defines(state, line):
        if any(rule(state, line, end_line, True) for rule in terminators):
            return False
        line += 1
    is_empty = line < end_line and state.isEmpty(line)
    if line - start_line < 2 or line + is_empty >= end_line or not _defines(state, line + is_empty):
        return False
    state.line = line - 1
    state.push("paragraph_open", "p", 1).map = [start_line, state.line]
    state.push("inline", "", 0).map = [start_line, state.line]
    state.push("paragraph_close", "p", -1)
    return True


def _defines(state: StateBlock, line: int) -> bool:
    return (
        state.sCount[line] >= state.blkIndent
        and _DEFINITION.match(state.src, _content(state, line)[0]) is not None
    )


def _html_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule for raw HTML; markdown-it-py's own differs from goldmark in small things."""
    if state.is_code_block(start_line):
        return False
    line = state.src[slice(*_content(state, start_line))]
    block = opening(line)
    if block is None:
        return False
    if silent:
        return block.interrupts
    next_line = start_line + 1
    done = block.closes(line)
    while next_line < end_line and not done:
        line = state.src[slice(*_content(state, next_line))]
        is_empty = not line.strip(" \t\f\v")
        if (is_empty and block.closer is None) or (
            state.sCount[next_line] < state.blkIndent and not is_empty
        ):
            break
        done = block.closes(line)
        next_line += 1
    state.line = next_line
    token = state.push("html_block", "", 0)
    token.map = [start_line, next_line]
    return True


def _attributes(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Hugo's block rule for `{#id .class}` on a line of its own, with `parser.attribute.block`."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("{", start):
        return False
    given = attributes.parse(state.src, start, state.eMarks[start_line])
    if given is None:
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.map = [start_line, start_line + 1]
        token.meta = {"given": given, "apart": start_line > 0 and state.isEmpty(start_line - 1)}
        state.line = start_line + 1
    return True


def find(source: str, markup: Markup, references: Mapping[str, Span] = MappingProxyType({})) -> Parts:
    """The pieces of the body; `references` are the destinations of labels that are defined elsewhere.

    TooManyPiecesError for what would take more than some seconds.
    """
    if len(source.lstrip()) > _MOST_CHARACTERS or len(_LINE_WITH_TEXT.findall(source)) > _MOST_LINES:
        raise TooManyPiecesError
    md = _parser(
        definition_list=markup.definition_list, footnote=markup.footnote, attributes=markup.attribute_block
    )
    tokens: list[Token] = []
    env = {"definitions": _DEFINITION_LINE.search(source) is not None}
    md.block.parse(source, md, env, tokens)
    labels = {token.meta["label"] for token in tokens if token.type == "footnote_reference_open"}
    collector = _Collector(source, references, labels, markup)
    collector.collect(tokens)
    return collector.parts


def _explained(tokens: list[Token], index: int) -> bool:
    """Whether the paragraph is right above a definition list: all its lines are terms then, not only the last."""
    opener = tokens[index - 1]
    after = tokens[index + 2] if index + 2 < len(tokens) else None
    if after is None or after.type != "dl_open" or opener.map is None or after.map is None:
        return False
    return opener.type == "paragraph_open" and opener.map[1] == after.map[0]


class _Collector:
    """Walks the block tokens and reads the content of each."""

    def __init__(
        self, source: str, references: Mapping[str, Span], footnotes: set[str], markup: Markup
    ) -> None:
        self.source = source
        self.references = dict(references)
        self.footnotes = footnotes
        self.markup = markup
        self.parts = Parts()

    def collect(self, tokens: list[Token]) -> None:
        """Two rounds: a reference may come before its definition."""
        for index, token in enumerate(tokens):
            if token.type == "inline":
                opener = tokens[index - 1]
                if opener.type == "paragraph_open":
                    token.meta["lines"] = take(self.source, token.meta["lines"], self.references)
                elif opener.type == "heading_open" and opener.markup in {"=", "-"}:
                    self._take_from_heading(opener, token)
        self._read_all(tokens)

    def _take_from_heading(self, opener: Token, inline_token: Token) -> None:
        """A heading whose text is all definitions is none: its underline is read again, as a rule or as text."""
        lines: list[Span] = opener.meta["lines"]
        remaining = take(self.source, lines[:-1], self.references)
        opener.meta["lines"] = [*remaining, lines[-1]]
        if remaining and self.markup.table and tables.find(self.source, remaining) is not None:
            # A table is what the paragraph has become before its underline could make it a heading.
            opener.type = "paragraph_open"
            inline_token.meta["lines"] = remaining
        elif not remaining:
            opener.type = "paragraph_open"
            rule = _RULE.match(self.source, *lines[-1]) is not None
            inline_token.meta["lines"] = [] if rule else [lines[-1]]

    def _read_all(self, tokens: list[Token]) -> None:
        parts = self.parts
        for index, token in enumerate(tokens):
            lines: list[Span] = token.meta.get("lines", [])
            kind = token.type
            if kind == "inline":
                opener = tokens[index - 1]
                item = self.markup.task_list and index >= 2 and tokens[index - 2].type == "list_item_open"
                if opener.type == "heading_open":
                    self._heading(opener, item=item)
                elif opener.type == "dt_open" or _explained(tokens, index):
                    for line in lines:
                        parts.terms.append(self._block([line]))
                        self._read([line])
                else:
                    self._paragraph(lines, item=item)
            elif kind == "fence":
                self._fence(token)
            elif kind == "code_block":
                parts.indented.append(self._block(lines))
            elif kind == "html_block":
                parts.html_blocks.append(self._block(lines))
            elif kind == "attributes":
                self._attributes(tokens, index)
            elif kind == "footnote_reference_open":
                start, end = self._block(lines)
                parts.footnotes.append(Definition(token.meta["label"], start, end))

    def _attributes(self, tokens: list[Token], index: int) -> None:
        """Attributes count for the block right before them, unless that is a fence, has an id or, in a tight list, no tag."""
        given = tokens[index].meta["given"]
        previous = tokens[index - 1] if index else None
        if given.id is None or previous is None or previous.hidden or tokens[index].meta["apart"]:
            return
        if previous.nesting < 1 and previous.type not in {"fence", "heading_close", "attributes"}:
            self.parts.attributes.append(Definition(given.id, given.start, given.end))

    def _block(self, lines: list[Span]) -> Span:
        """The block less the white space around it."""
        start, end = lines[0][0], lines[-1][1]
        for first, last in lines:
            if first < last:
                start = first
                break
        for first, last in reversed(lines):
            if first < last:
                end = last
                break
        while end > start and self.source[end - 1] in "\n \t":
            end -= 1
        return start, end

    def _fence(self, token: Token) -> None:
        lines: list[Span] = token.meta["lines"]
        start, end = self._block(lines)
        content_lines = token.content.count("\n") + (not token.content.endswith("\n") and token.content != "")
        self.parts.fences.append(Fence(start, end, len(lines) - 1 > content_lines))

    def _heading(self, opener: Token, *, item: bool) -> None:
        lines: list[Span] = opener.meta["lines"]
        start, end = self._block(lines)
        heading = Heading(int(opener.tag[1]), start, end)
        self.parts.headings.append(heading)
        begin, stop, _ = content_span(self.source, heading, self.markup)
        content = [(max(first, begin), min(last, stop)) for first, last in lines if first < stop]
        self._read(self._after_task(content) if item else content)

    def _after_task(self, lines: list[Span]) -> list[Span]:
        """The lines without the check box that the first of a list item may begin with."""
        task = _TASK.match(self.source, *lines[0]) if lines else None
        if task is None:
            return lines
        self.parts.inlines.append(Inline("task", *task.span(1), *task.span(1)))
        return [(task.end(), lines[0][1]), *lines[1:]]

    def _paragraph(self, lines: list[Span], *, item: bool) -> None:
        if item:
            lines = self._after_task(lines)
        found = tables.find(self.source, lines) if self.markup.table and len(lines) > 1 else None
        if found is None:
            self._read(lines)
            return
        if found.before:
            self._read(lines[: found.before])
        parts = self.parts
        rows = [self._block([row]) for row in found.rows]
        parts.tables.append((rows[0][0], self._block(lines)[1]))
        parts.rows += rows
        for cell in found.cells:
            self._read([cell])

    def _read(self, lines: list[Span]) -> None:
        if lines:
            self.parts.blocks.append(lines[0][0])
            read_block(self.source, lines, self.references, self.footnotes, self.markup, self.parts)
