"""The pieces of a body by the reference: markdown-it-py for blocks, `inline.py` for what is in them.

Slow and right. markdown-it-py knows only lines, so its rules are wrapped to note where each line's content begins
within quotes and lists; tables are found as goldmark finds them, in paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from vitdlint.hugo.markup import Markup
from vitdlint.markdown import inline, tables
from vitdlint.markdown.html_blocks import html_block
from vitdlint.markdown.parts import Definition, Fence, Heading, Inline, Parts, Span
from vitdlint.markdown.definitions import take
from vitdlint.markdown.heading import content_span

_Rule = Callable[[StateBlock, int, int, bool], bool]
_LEAVES = ("code", "fence", "html_block", "heading", "lheading", "paragraph", "deflist", "footnote_def")
_TASK = re.compile(r"(\[[ \t\f\vxX]\])[ \t\f\v]*")
_MAX_NESTING = 1_000_000  # depth has been judged before: nothing may be dropped in silence


@cache
def _parser(*, definition_list: bool, footnote: bool) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).disable("reference")
    if definition_list:
        md.use(deflist_plugin)
    if footnote:
        md.block.ruler.before("html_block", "footnote_def", footnote_def, {"alt": ["paragraph"]})
    md.block.ruler.at("html_block", html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    for rule in md.block.ruler.__rules__:
        if rule.name in _LEAVES:
            rule.fn = _located(rule.fn)
    md.block.ruler.__cache__ = None
    return md


def _located(rule: _Rule) -> _Rule:
    """The rule, which then notes in each new token where the content of its lines stands."""

    def located(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        count = len(state.tokens)
        matched = rule(state, start_line, end_line, silent)
        if matched and not silent:
            for token in state.tokens[count:]:
                if token.map is not None and "lines" not in token.meta:
                    first, last = token.map
                    token.meta["lines"] = [
                        (min(state.bMarks[line] + state.tShift[line], state.eMarks[line]), state.eMarks[line])
                        for line in range(first, max(last, first + 1))
                    ]
        return matched

    return located


def find(source: str, markup: Markup) -> Parts:
    """The pieces of the body."""
    md = _parser(definition_list=markup.definition_list, footnote=markup.footnote)
    tokens: list[Token] = []
    md.block.parse(source, md, {}, tokens)
    labels = {token.meta["label"] for token in tokens if token.type == "footnote_reference_open"}
    collector = _Collector(source, labels, markup)
    collector.collect(tokens)
    return collector.parts


class _Collector:
    """Walks the block tokens and reads the content of each."""

    def __init__(self, source: str, footnotes: set[str], markup: Markup) -> None:
        self.source = source
        self.references: dict[str, Span] = {}
        self.footnotes = footnotes
        self.markup = markup
        self.parts = Parts()

    def collect(self, tokens: list[Token]) -> None:
        """Two rounds: a reference may stand before its definition."""
        for index, token in enumerate(tokens):
            if token.type == "inline":
                opener = tokens[index - 1]
                if opener.type == "paragraph_open":
                    token.meta["lines"] = take(self.source, token.meta["lines"], self.references)
                elif opener.type == "heading_open" and opener.markup in {"=", "-"}:
                    self._take_from_heading(opener, token)
        self._read_all(tokens)

    def _take_from_heading(self, opener: Token, inline_token: Token) -> None:
        """A heading whose text is all definitions is none: its underline becomes a paragraph."""
        lines: list[Span] = opener.meta["lines"]
        remaining = take(self.source, lines[:-1], self.references)
        opener.meta["lines"] = [*remaining, lines[-1]]
        if not remaining:
            opener.type = "paragraph_open"
            inline_token.meta["lines"] = [lines[-1]]

    def _read_all(self, tokens: list[Token]) -> None:
        parts = self.parts
        for index, token in enumerate(tokens):
            lines: list[Span] = token.meta.get("lines", [])
            kind = token.type
            if kind == "inline":
                opener = tokens[index - 1]
                if opener.type == "heading_open":
                    self._heading(opener)
                elif opener.type == "dt_open":
                    self._term(lines, tokens, index)
                else:
                    item = index >= 2 and tokens[index - 2].type == "list_item_open"
                    self._paragraph(lines, item=item and self.markup.task_list)
            elif kind == "fence":
                self._fence(token)
            elif kind == "code_block":
                parts.indented.append(self._block(lines))
            elif kind == "html_block":
                parts.html_blocks.append(self._block(lines))
            elif kind == "footnote_reference_open":
                start, end = self._block(lines)
                parts.footnotes.append(Definition(token.meta["label"], start, end))

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

    def _heading(self, opener: Token) -> None:
        lines: list[Span] = opener.meta["lines"]
        start, end = self._block(lines)
        heading = Heading(int(opener.tag[1]), start, end)
        self.parts.headings.append(heading)
        begin, stop, _ = content_span(self.source, heading, self.markup)
        content = [(max(first, begin), min(last, stop)) for first, last in lines if first < stop]
        self._read(content)

    def _term(self, lines: list[Span], tokens: list[Token], index: int) -> None:
        self.parts.terms.append(self._block(lines))
        self._read(lines)

    def _paragraph(self, lines: list[Span], *, item: bool) -> None:
        if lines and item and (task := _TASK.match(self.source, *lines[0])) is not None:
            self.parts.inlines.append(Inline("task", *task.span(1), *task.span(1)))
            lines = [(task.end(), lines[0][1]), *lines[1:]]
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
        """Read the inline content that these lines make up."""
        if not lines:
            return
        source = self.source
        first, last = lines[-1]
        while last > first and source[last - 1] in " \t\f\v":
            last -= 1
        lines = [*lines[:-1], (first, last)]
        self.parts.blocks.append(lines[0][0])
        content = "\n".join(source[start:end] for start, end in lines)
        page = inline.Places(lines).page
        found = inline.read(content, page, self.references, self.footnotes, self.markup)
        parts = self.parts
        for item in found.inlines:
            start, end, inner_start, inner_end = map(page, item[1:5])
            parts.inlines.append(Inline(item.kind, start, end, inner_start, inner_end, item.target))
        parts.text += [(page(start), page(end - 1) + 1) for start, end in inline.visible(content, found)]
