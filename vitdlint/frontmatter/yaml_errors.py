"""What a person should hear when a YAML block does not parse.

libyaml says where its scanner stopped and which token it wanted; a person wants to know what they typed.
"""

from __future__ import annotations

import re
from typing import Any

from .lines import line_stop

_KEY = re.compile(r"[ \t]*(?:- +)*(\"[^\"\n]*\"|'[^'\n]*'|[^\s:#][^:\n]*):[ \t]+")


def explain(content: str, error: Exception) -> tuple[int, int, str]:
    """Where in the content, from and to, and one sentence."""
    at = min(_index(error, "problem_mark", 0), len(content))
    since = min(_index(error, "context_mark", at), at)
    problem = str(getattr(error, "problem", None) or error)
    context = str(getattr(error, "context", None) or "")
    line_start = content.rfind("\n", 0, at) + 1
    if "\t" in content[line_start : at + 1].replace(content[line_start : at + 1].lstrip(), "", 1):
        return line_start, max(at, line_start + 1), "indent with blanks: YAML does not allow a tab here"
    if problem.startswith("mapping values"):
        return _colon(content, line_start, at)
    if problem.startswith(("block sequence", "mapping keys")):
        mark = content[at : at + 1]
        message = f'a value on the line of its key cannot begin with "{mark} "; put it in quotes, or on a line below'
        return at, line_stop(content, at), message
    if "cannot start any token" in problem:
        return (
            at,
            line_stop(content, at),
            f'text that begins with "{content[at : at + 1]}" must stand in quotes',
        )
    if "alphabetic or numeric" in problem:
        return (
            since,
            line_stop(content, since),
            f'text that begins with "{content[since]}" must stand in quotes',
        )
    if "quoted scalar" in context:
        if "end of stream" in problem or "document indicator" in problem:
            return since, line_stop(content, since), "the quotation mark here is never closed"
        slash = max(content.rfind("\\", since, at + 1), since)
        escape = content[slash : slash + 2]
        message = f'"{escape}" means nothing inside double quotes; write "\\\\" for a backslash, or use single quotes'
        return slash, slash + 2, message
    if "flow sequence" in context or "flow mapping" in context:
        close = "]" if "sequence" in context else "}"
        message = (
            f'"{content[since]}" opens a {"list" if close == "]" else "mapping"} here and "{close}" or a comma is '
            "missing; if this is text, put it in quotes"
        )
        return since, line_stop(content, since), message
    if "block scalar" in context:
        message = f'text that begins with "{content[since]}" must stand in quotes'
        return since, line_stop(content, since), message
    return _others(content, problem, context, at, since)


def _others(content: str, problem: str, context: str, at: int, since: int) -> tuple[int, int, str]:
    if "expected ':'" in problem or ("flow node" not in context and "node content" in problem):
        line = content[since : line_stop(content, since)]
        if re.match("-[^ -]", line):
            return since, since + len(line), f'put a blank after the hyphen: "- {line[1:]}"'
        return since, since + len(line), f'this line has no key: "{line}" should look like "title: Some text"'
    if "expected key" in problem or "'-' indicator" in problem:
        line_start = content.rfind("\n", 0, at) + 1
        if not content[line_start:at].strip():
            return at, line_stop(content, at), "the indentation of this line fits none of the lines above"
        key = _KEY.match(content, line_start, at)
        start = key.end() if key else line_start
        message = "text follows where the value has already ended; put the whole value in one pair of quotes"
        return start, line_stop(content, at), message
    if "document start" in problem:
        return at, line_stop(content, at), "this line begins further left than the keys above it"
    if "directive" in problem:
        return since, line_stop(content, since), 'a line cannot begin with "%"'
    if "flow node" in context:
        return at, at + 1, "a value is missing here"
    return at, max(at, line_stop(content, at)), f"the YAML is not well-formed here ({problem})"


def _index(error: Exception, name: str, default: int) -> int:
    mark: Any = getattr(error, name, None)
    return default if mark is None else int(mark.index)


def _colon(content: str, line_start: int, at: int) -> tuple[int, int, str]:
    """A second colon in a line, or a key that is indented as if it continued the line above."""
    key = _KEY.match(content, line_start, at)
    if key:
        start, end = key.end(), line_stop(content, at)
        value = content[start:end]
        quoted = (
            f'"{value}"' if '"' not in value and "\\" not in value else "'" + value.replace("'", "''") + "'"
        )
        return start, end, f"a value with a colon in it must stand in quotes: {quoted}"
    start = at - len(content[line_start:at].lstrip())
    message = f'"{content[start:at].strip()}" is indented as if it belonged to the line above; align it with the other keys'
    return start, at, message
