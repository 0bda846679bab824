"""Where in front matter something is being written: text that no parser reads yet, in YAML, TOML or JSON."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..frontmatter.block import Pointer

_YAML_KEY = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)?)(?P<typed>[\w.-]*)\Z")
_YAML_VALUE = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)?)(?P<key>[\w.-]+|\"[^\"]+\"):[ \t]+(?P<value>.*)\Z")
_YAML_ITEM = re.compile(r"(?P<lead>[ ]*)-[ ]+(?P<quote>[\"']?)(?P<typed>[^:{}\[\]#]*)\Z")
_YAML_PARENT = re.compile(r"(?P<lead>[ ]*)(?:-[ ]+)?(?P<key>[\w.-]+):[ \t]*(?:#.*)?\Z")
_TOML_TABLE = re.compile(r"^[ \t]*\[{1,2}(?P<name>[^\[\]\n]+)\]{1,2}[ \t]*$", re.MULTILINE)
_TOML_KEY = re.compile(r"[ \t]*(?P<typed>[\w-]*)\Z")
_TOML_VALUE = re.compile(r"[ \t]*(?P<key>[\w.-]+|\"[^\"]+\")[ \t]*=[ \t]*(?P<value>.*)\Z")
_LAST = re.compile(r"(?P<quote>[\"']?)(?P<typed>[^\"',\[\]{}]*)\Z")
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"?')


class Context(NamedTuple):
    """A place in front matter."""

    pointer: Pointer
    """Of the mapping whose key is written, or of the value."""
    is_key: bool
    typed: str
    quote: str = ""
    """With which the value begins."""
    in_list: bool = False


def context(kind: str, before: str) -> Context | None:
    """The place at the end of a text, which begins after the opening delimiter; None where nothing can be said."""
    if kind == "yaml":
        return _yaml(before)
    return _toml(before) if kind == "toml" else _json(before)


def _yaml(before: str) -> Context | None:
    above, _, line = before.rpartition("\n")
    value = _YAML_VALUE.match(line)
    if value is not None:
        parent = _yaml_parents(above, len(value["lead"]))
        return _value((*parent, value["key"].strip('"')), value["value"])
    item = _YAML_ITEM.match(line)
    if item is not None:
        parent = _yaml_parents(above, len(item["lead"]) + 1)
        if parent:
            return Context(parent, False, item["typed"], item["quote"], in_list=True)
    key = _YAML_KEY.match(line)
    if key is None:
        return None
    return Context(_yaml_parents(above, len(key["lead"])), True, key["typed"])


def _yaml_parents(above: str, indent: int) -> Pointer:
    """The keys above a line of that indent."""
    found: list[str] = []
    for line in reversed(above.split("\n")):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        lead = len(line) - len(line.lstrip(" "))
        parent = _YAML_PARENT.match(line)
        if lead < indent:
            if parent is None and not line.lstrip().startswith("-"):
                break
            if parent is not None:
                found.append(parent["key"])
            indent = lead
        if not indent:
            break
    return tuple(reversed(found))


def _toml(before: str) -> Context | None:
    tables = list(_TOML_TABLE.finditer(before))
    table = tuple(part.strip().strip('"') for part in tables[-1]["name"].split(".")) if tables else ()
    line = before.rpartition("\n")[2]
    value = _TOML_VALUE.match(line)
    if value is not None:
        return _value((*table, *value["key"].strip('"').split(".")), value["value"])
    key = _TOML_KEY.match(line)
    if key is not None:
        return Context(table, True, key["typed"])
    opened = re.search(r"^[ \t]*([\w-]+)[ \t]*=[ \t]*\[[^\]]*\Z", before, re.MULTILINE)
    return _value((*table, opened[1]), "[" + line) if opened is not None else None


def _value(pointer: Pointer, written: str) -> Context | None:
    """The place within a value on one line: a text, or the last item of a list."""
    in_list = written.startswith("[")
    if in_list and written.rstrip().endswith("]"):
        return None
    last = _LAST.search(written)
    if last is None:
        return None
    typed = last["typed"] if last["quote"] or not in_list else last["typed"].lstrip()
    return Context(pointer, False, typed, last["quote"], in_list)


def _json(before: str) -> Context | None:
    """By the brackets that are open."""
    stack: list[list[str]] = []
    """Of each open bracket: which it is, the key it is the value of, and the last key in it."""
    at, colon, last = 0, False, ""
    while at < len(before):
        char = before[at]
        if char == '"':
            match = _STRING.match(before, at)
            text = match[0] if match is not None else '"'
            if at + len(text) == len(before) and (len(text) < 2 or not text.endswith('"')):
                pointer = _json_pointer(stack, last if colon else "")
                inside_list = bool(stack) and stack[-1][0] == "["
                is_key = not colon and not inside_list
                return Context(pointer, is_key, text[1:], '"', in_list=inside_list) if stack else None
            if not colon and stack and stack[-1][0] == "{":
                last = text[1:-1]
            at += len(text)
            continue
        if char in "{[":
            stack.append([char, last if colon else ""])
            colon = False
        elif char in "}]" and stack:
            stack.pop()
            colon = False
        elif char == ":":
            colon = True
        elif char == "," and stack:
            colon = False
        at += 1
    if not stack:
        return None
    tail = re.search(r"[\w.-]*\Z", before)
    typed = tail[0] if tail is not None else ""
    if colon:
        return Context(_json_pointer(stack, last), False, typed)
    if stack[-1][0] == "[":
        return Context(_json_pointer(stack, ""), False, typed, in_list=True)
    return Context(_json_pointer(stack, ""), True, typed)


def _json_pointer(stack: list[list[str]], last: str) -> Pointer:
    return tuple(filter(None, (*(key for _, key in stack), last)))
