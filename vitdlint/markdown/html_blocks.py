"""goldmark's HTML blocks, as a rule for markdown-it-py, whose own differs in small things."""

from __future__ import annotations

import re

from markdown_it.common.html_blocks import block_names
from markdown_it.rules_block import StateBlock

_ATTRIBUTE = r"""[ \t]+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:[ \t]*=[ \t]*(?:[^"'=<>`\x00-\x20]+|'[^']*'|"[^"]*"))?"""
_BLANK = re.compile(r"[ \t\f\v]*\Z")
_RAW = re.compile(r"<(?:script|pre|style|textarea)(?:[\s>]|/>|\Z)", re.IGNORECASE | re.ASCII)
_RAW_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_NAMED = re.compile(r"</?[ ]*([a-zA-Z]+[a-zA-Z0-9-]*)(?: |/?>|\Z)")
_ALONE = re.compile(rf"<(/[ ]*)?([a-zA-Z]+[a-zA-Z0-9-]*)((?:{_ATTRIBUTE})*)[ ]*/?>[ ]*\Z")
_OPENERS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
_DECLARATION = re.compile(r"<![A-Z]")
_NAMES = frozenset(block_names)


def html_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule: CommonMark's seven kinds, as goldmark recognises them."""
    if state.is_code_block(start_line):
        return False
    line = _line(state, start_line)
    if not line.startswith("<"):
        return False
    closer: re.Pattern[str] | str | None
    interrupts = True
    if _RAW.match(line) is not None:
        closer = _RAW_END
    elif (opener := next((pair for pair in _OPENERS if line.startswith(pair[0])), None)) is not None:
        closer = opener[1]
    elif _DECLARATION.match(line) is not None:
        closer = ">"
    elif (named := _NAMED.match(line)) is not None and named[1].lower() in _NAMES:
        closer = None
    elif (alone := _ALONE.match(line)) is not None and _may_stand_alone(alone):
        closer = None
        interrupts = alone[2].lower() in _NAMES
    else:
        return False
    if silent:
        return interrupts
    next_line = start_line + 1
    if closer is None or not _closes(closer, line):
        next_line = _last_line(state, next_line, end_line, closer)
    state.line = next_line
    token = state.push("html_block", "", 0)
    token.map = [start_line, next_line]
    return True


def _may_stand_alone(tag: re.Match[str]) -> bool:
    name = tag[2].lower()
    if name in _NAMES:
        return True
    return name not in {"script", "style", "pre"} and not (tag[1] and tag[3])


def _last_line(state: StateBlock, line: int, end_line: int, closer: re.Pattern[str] | str | None) -> int:
    """The line after the block."""
    while line < end_line:
        empty = state.isEmpty(line)
        if state.sCount[line] < state.blkIndent and (closer is None or not empty):
            break
        text = _line(state, line)
        if closer is None:
            if empty or _BLANK.match(text) is not None:
                break
        elif _closes(closer, text):
            return line + 1
        line += 1
    return line


def _closes(closer: re.Pattern[str] | str, line: str) -> bool:
    return closer in line if isinstance(closer, str) else closer.search(line) is not None


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
