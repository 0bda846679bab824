"""A whole file of a configuration, read like the front matter of a page: values, their places, and what is wrong."""

from __future__ import annotations

import re

from ..core.lazy_re import lazy_re
from .block import FrontMatter

_PROLOGUE = lazy_re(r"(?:[ \t\r]*+(?:[#%][^\n]*+)?\n)*---(?=[ \t\r\n]|\Z)")
_NOT_UTF8 = lazy_re("[\ud800-\udfff]")


def document(path: str, text: str) -> FrontMatter:
    """The file as the last part of its name says (toml, yaml, yml, json), with offsets in its text. Never raises.

    As nothing here is a page, keys that differ in case alone are two keys. Bytes that are not UTF-8 come as lone
    surrogates.
    """
    kind = path.rpartition(".")[2].lower()
    begin = 1 if text.startswith("\ufeff") else 0
    if bad := _NOT_UTF8.search(text):
        if kind == "toml":
            message = "this is not UTF-8; save the file as UTF-8"
            return FrontMatter.broken(kind, begin, "", *bad.span(), message)
        text = _NOT_UTF8.sub("\ufffd", text)  # as Hugo does
    if kind == "json":
        return _json(text, begin)
    if kind == "toml":
        from .toml_block import read_content as read_toml  # most files are of one format

        # The scanner of places wants a line before the content, and the messages the end of the last one.
        source = f"+++\n{text[begin:]}{'' if text.endswith((chr(10), chr(13))) else chr(10)}"
        return read_toml(source, begin - 4, 4, len(source), page=False)
    from .yaml_block import read_content as read_yaml

    # Of a file with comments or directives above its first `---`, these are spaces: all offsets stay.
    found = _PROLOGUE.match(text, begin)
    content = found.end() if found else begin
    prologue = re.sub(r"[^\r\n]", " ", text[begin:content])
    return read_yaml(f"---\n{prologue}{text[content:]}", begin - 4, page=False)


def _json(text: str, begin: int) -> FrontMatter:
    from .json_block import read_json

    start = len(text) - len(text[begin:].lstrip(" \t\r\n"))
    if not text.startswith("{", start):
        message = 'expected a JSON object here, which begins with "{"'
        return FrontMatter.broken("json", start, "", start, start + 1, message)
    front = read_json(text, start, page=False)
    rest = text[front.end :].lstrip(" \t\r\n")
    if rest and not any(problem.kind == "syntax" for problem in front.problems):
        at = len(text) - len(rest)
        end = at + len(rest.partition("\n")[0])
        return FrontMatter.broken("json", start, front.source, at, end, "the JSON has ended before this")
    return front
