r"""TOML 1.1, which Hugo 0.168 reads, put into the words of TOML 1.0, which Python's `tomllib` reads.

New in 1.1: line ends, comments and a last comma in inline tables, `\e` and `\x41` in strings, times without seconds.
"""

from __future__ import annotations

import re

_PIECE = re.compile(
    r'''(?P<text>"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}|"(?!"")[^"\\\n]*+(?:\\.[^"\\\n]*+)*+")'''
    r"""|(?P<plain>'''(?:[^']++|'{1,2}(?!'))*+'{3,5}|'(?!'')[^'\n]*+')"""
    r"|(?P<comment>\#[^\n]*)"
    r"|(?P<time>(?<![\w:.-])(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ])?[0-9]{2}:[0-9]{2}(?![0-9:]))"
    r"|(?P<mark>[\[\]{},\n])",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:x(?P<hex>[0-9a-fA-F]{2})|(?P<esc>e)|.)", re.DOTALL)


def to_old(content: str) -> str:
    """The same document in TOML 1.0. Lines stay lines, but for those inside an inline table, which become blanks."""
    out: list[str] = []
    open_marks: list[str] = []
    last_comma = -1
    """Where in `out` a comma stands after which nothing but blanks and comments has come."""
    filled = False
    """Whether anything has come since the last opening brace."""
    at = 0
    for found in _PIECE.finditer(content):
        between = content[at : found.start()]
        out.append(between)
        if between.strip():
            last_comma, filled = -1, True
        at = found.end()
        piece = found.group()
        in_table = open_marks[-1:] == ["{"]
        kind = found.lastgroup
        if kind == "mark" and piece == "\n" and in_table:
            piece = " "
        elif kind == "comment" and in_table:
            piece = " " * len(piece)
        elif kind == "mark" and piece == "}" and in_table and last_comma >= 0:
            out[last_comma] = " "
        elif kind == "text":
            piece = _ESCAPE.sub(_old_escape, piece)
        elif kind == "time":
            piece += ":00"
        if kind == "mark" and piece in "[{":
            open_marks.append(piece)
        elif kind == "mark" and piece in "]}" and open_marks:
            open_marks.pop()
        if kind == "mark" and piece == ",":
            last_comma = len(out) if filled else -1
        elif kind != "comment" and piece.strip():
            last_comma, filled = -1, piece != "{"
        out.append(piece)
    return "".join(out) + content[at:]


def _old_escape(found: re.Match[str]) -> str:
    if found["hex"]:
        return f"\\u00{found['hex']}"
    return "\\u001b" if found["esc"] else found.group()
