"""What a person should hear when a YAML block does not parse.

libyaml says where its scanner stopped and which token it wanted; a person wants to know what they typed.
"""

from __future__ import annotations

import re
from typing import Any

from .ends import wrong_end
from .fault import Fault, bad_escape, conflict, odd, write
from .lines import line_stop
from .meant import quoted, text_of
from .yaml_words import (
    KEY_LINE,
    as_text,
    indentation,
    no_key,
    open_list,
    open_quote,
    quote_ends_early,
    value_start,
)

_ODD = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\ufffd]"
_ODD_PLACE = re.compile(rf"^[ \t]*(?:- *)?({_ODD})|^[^\n:\"']*?({_ODD}?:{_ODD})", re.MULTILINE)
_TOML = re.compile(r"(?:\s*#[^\n]*\n)*\s*[\w.-]+[ \t]*=")
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def explain(content: str, error: Exception, *, page: bool) -> Fault:
    """The first thing that is wrong in the content of a block."""
    at = min(_index(error, "problem_mark", 0), len(content))
    since = min(_index(error, "context_mark", at), at)
    problem = str(getattr(error, "problem", None) or error)
    context = str(getattr(error, "context", None) or "")
    limit = line_stop(content, at)
    begin = content.rfind("\n", 0, since) + 1
    return (
        _by_lines(content, begin, limit, page)
        or _tab(content, at)
        or open_quote(content, limit)
        or _by_problem(content, problem, context, at, since)
    )


def no_mapping(content: str, *, page: bool) -> Fault:
    """What is wrong with content that is one text or one list."""
    begin = len(content) - len(content.lstrip(" \t\r\n"))
    limit = line_stop(content, begin)
    return _by_lines(content, begin, limit, page) or no_key(content, begin)


def _by_lines(content: str, begin: int, limit: int, page: bool) -> Fault | None:
    """What the lines themselves show, whatever the parser's message is."""
    return (
        conflict(content, 0, limit)
        or (wrong_end("yaml", content, 0, limit) if page else None)
        or _toml(content, page)
        or _odd_character(content, begin, limit)
    )


def _toml(content: str, page: bool) -> Fault | None:
    """TOML between the delimiters of YAML."""
    found = _TOML.match(content)
    if not found or KEY_LINE.search(content):
        return None
    start = content.rfind("\n", 0, found.end()) + 1
    advice = "write `+++` instead of both lines `---`" if page else ""
    return Fault(start, line_stop(content, start), "this is TOML, and not YAML", advice)


def _odd_character(content: str, begin: int, limit: int) -> Fault | None:
    for found in _ODD_PLACE.finditer(content, begin, limit):
        for at in range(found.end() - 3, found.end()):
            fault = odd(content, at) if at >= found.start() else None
            if fault:
                return fault
    return None


def _tab(content: str, at: int) -> Fault | None:
    start = content.rfind("\n", 0, at) + 1
    indent = re.compile(r"[ \t]*").match(content, start)
    end = indent.end() if indent else start
    if "\t" not in content[start : min(end, at + 1)]:
        return None
    return Fault(start, end, "YAML does not allow a tab in the indentation", "indent this line with spaces")


def _by_problem(content: str, problem: str, context: str, at: int, since: int) -> Fault:
    line = content.rfind("\n", 0, at) + 1
    only_spaces = not content[line:at].strip()
    if problem.startswith("mapping values"):
        if value_start(content, line, at) < at:
            return as_text(content, at, 'a value with ": " in it must be between quotes')
        return indentation(content, at)
    if content.startswith("\t", at):
        return Fault(at, at + 1, "YAML does not allow a tab here", "write a space instead")
    misplaced = content.startswith((",", "]", "}"), at) and "node content" in problem
    if misplaced and "flow node" not in context and value_start(content, line, at) == at and not only_spaces:
        return as_text(content, at)
    if problem.startswith(("block sequence", "mapping keys")) or "cannot start any token" in problem:
        return as_text(content, at)
    if "alphabetic or numeric" in problem:
        if content.startswith("* ", since) and not content[content.rfind("\n", 0, since) + 1 : since].strip():
            return Fault(
                since, since + 1, 'a list item begins with "-", not with "*"', "write `-` before each item"
            )
        return as_text(content, since)
    if "quoted scalar" in context:
        return _in_quotes(content, problem, at, since)
    if "block scalar" in context or "a tag" in context:
        return as_text(content, since)
    if "flow sequence" in context or "flow mapping" in context:
        return open_list(content, at, since)
    if "expected ':'" in problem or ("flow node" not in context and "node content" in problem):
        return no_key(content, since)
    if "document start" in problem:
        return indentation(content, at)
    if "expected key" in problem or "'-' indicator" in problem or "block end" in problem:
        return indentation(content, at) if only_spaces else quote_ends_early(content, at)
    if "directive" in context + problem:
        return Fault(since, line_stop(content, since), 'a line cannot begin with "%"')
    if "flow node" in context:
        opened = max(content.rfind("[", 0, at), content.rfind("{", 0, at))
        if opened >= 0:
            return open_list(content, at, opened)
    return Fault(at, max(at, line_stop(content, at)), f"the YAML is not well-formed here ({problem})")


def _in_quotes(content: str, problem: str, at: int, since: int) -> Fault:
    """A text without its closing quote, or with a backslash that means nothing."""
    if "end of stream" in problem or "document indicator" in problem:
        typed = content[since : line_stop(content, since)]
        before = content[content.rfind("\n", 0, since) + 1 : since]
        if "[" in before or "{" in before:
            typed = typed.rstrip(" ]}")
        literal = quoted("yaml", text_of(typed), like=typed[0])
        return Fault(since, since + len(typed), "a closing quote is missing", write(literal))
    slash = max(content.rfind("\\", since, at + 1), since)
    escape = content[slash : slash + 2]
    message = bad_escape(escape)
    whole = _STRING.match(content, since)
    if not whole:
        return Fault(slash, slash + len(escape), message, "write `\\\\` for a backslash")
    return Fault(since, whole.end(), message, write(quoted("yaml", whole[1].replace("\\'", "'"))))


def _index(error: Exception, name: str, default: int) -> int:
    mark: Any = getattr(error, name, None)
    return default if mark is None else int(mark.index)
