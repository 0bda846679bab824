"""Where in front matter something is being written: text that no parser may read yet, in YAML, TOML or JSON."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..frontmatter.block import Pointer
from .front_scalar import Scalar, scalar

_YAML_KEY = re.compile(r"(?P<lead> *(?:- +)?)(?P<typed>[\w.-]*)\Z")
_YAML_VALUE = re.compile(r"(?P<lead> *(?:- +)?)(?P<key>[\w.-]+|\"[^\"]+\"):[ \t]+")
_YAML_ITEM = re.compile(r"(?P<lead> *)- +")
_YAML_PARENT = re.compile(r"(?P<lead> *)(?:- +)?(?P<key>[\w.-]+):[ \t]*(?:#.*)?\r?\Z")
_YAML_LIST = re.compile(r"^(?P<lead> *(?:- +)?)(?P<key>[\w.-]+|\"[^\"\r\n]+\"):[ \t]+\[", re.MULTILINE)
_YAML_LINE = re.compile(r"^(?P<lead> *)[\w.-]+:(?=\s)", re.MULTILINE)
_TOML_TABLE = re.compile(r"^[ \t]*\[{1,2}(?P<name>[^\[\]\n]+)\]{1,2}[ \t]*\r?$", re.MULTILINE)
_TOML_KEY = re.compile(r"[ \t]*(?P<typed>[\w-]*)\Z")
_TOML_VALUE = re.compile(r"[ \t]*(?P<key>[\w.-]+|\"[^\"]+\")[ \t]*=[ \t]*")
_TOML_LIST = re.compile(r"^[ \t]*(?P<key>[\w.-]+|\"[^\"\r\n]+\")[ \t]*=[ \t]*\[", re.MULTILINE)
_TOML_LINE = re.compile(r"^[ \t]*[\w.-]+[ \t]*=", re.MULTILINE)
_REST = re.compile(r"[\w.-]*")
_SIGN = {"yaml": re.compile(r"[ \t]*:"), "toml": re.compile(r"[ \t]*="), "json": re.compile(r"\s*:")}
_EMPTY = re.compile(r"[ \t]*(?:\r|\n|\Z)")
_IN_LIST = re.compile(r"""["'](?:[^"'\\\n]|\\.)*["']?|(?<=\s)#[^\n]*|[\[\]]""")
_OTHER_ITEM = re.compile(r"(?:\s|(?<=[\s,\[])#[^\n]*)*[^\s,\]}#]")
_JSON = re.compile(r'"(?:[^"\\\n]|\\.)*"?|[{}\[\],:]|[^\s{}\[\],:"]+')


class Context(NamedTuple):
    """A place in front matter."""

    pointer: Pointer
    """Of the mapping whose key is written, or of the value."""
    is_key: bool
    here: Scalar
    """What is written there, with what follows the cursor of it."""
    in_list: bool = False
    signed: bool = False
    """A key: `:` or `=` follows already."""
    parted: bool = True
    """No other item follows without a comma between."""


def context(kind: str, text: str, at: int) -> Context | None:
    """The place at an offset of a text, which begins after the opening delimiter; None where nothing can be said."""
    if kind == "json":
        return _json(text, at)
    return _yaml(text, at) if kind == "yaml" else _toml(text, at)


def _yaml(text: str, at: int) -> Context | None:
    opened = _open_list(_YAML_LIST, text, at)
    if opened is not None and not any(
        len(line["lead"]) <= len(opened["lead"]) for line in _YAML_LINE.finditer(text, opened.end(), at)
    ):
        parent = _yaml_parents(text[: opened.start()], len(opened["lead"]))
        return _item("yaml", text, opened, at, (*(parent or ()), opened["key"].strip('"')))
    start = text.rfind("\n", 0, at) + 1
    above, line = text[: max(start - 1, 0)], text[start:at]
    value = _YAML_VALUE.match(line)
    if value is not None:
        parent, here = _yaml_parents(above, len(value["lead"])), scalar("yaml", text, start + value.end(), at)
        if parent is None or here is None:
            return None
        return Context((*parent, value["key"].strip('"')), False, here)
    item = _YAML_ITEM.match(line)
    if item is not None and (parent := _yaml_parents(above, len(item["lead"]) + 1)):
        here = scalar("yaml", text, start + item.end(), at)
        if here is None:
            return None
        if here.quote or not re.search(r":(?:\s|\Z)", text[here.start : here.end]):
            return Context(parent, False, here, in_list=True)
    key = _YAML_KEY.match(line)
    parent = _yaml_parents(above, len(key["lead"])) if key is not None else None
    return _key("yaml", text, at, key["typed"], parent) if key is not None and parent is not None else None


def _yaml_parents(above: str, indent: int) -> Pointer | None:
    """The keys above a line of that indent; None below what is no mapping and no list."""
    found: list[str] = []
    for line in reversed(above.split("\n")):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        lead = len(line) - len(line.lstrip(" "))
        parent = _YAML_PARENT.match(line)
        if lead < indent:
            if parent is None and not line.lstrip().startswith("-"):
                return None
            if parent is not None:
                found.append(parent["key"])
            indent = lead
        if not indent:
            break
    return tuple(reversed(found))


def _toml(text: str, at: int) -> Context | None:
    tables = list(_TOML_TABLE.finditer(text, 0, at))
    table = tuple(part.strip().strip('"') for part in tables[-1]["name"].split(".")) if tables else ()
    opened = _open_list(_TOML_LIST, text, at)
    if opened is not None and _TOML_LINE.search(text, opened.end(), at) is None:
        return _item("toml", text, opened, at, (*table, *opened["key"].strip('"').split(".")))
    start = text.rfind("\n", 0, at) + 1
    value = _TOML_VALUE.match(text[start:at])
    if value is not None:
        here = scalar("toml", text, start + value.end(), at)
        pointer = (*table, *value["key"].strip('"').split("."))
        return Context(pointer, False, here) if here is not None else None
    key = _TOML_KEY.match(text[start:at])
    return _key("toml", text, at, key["typed"], table) if key is not None else None


def _open_list(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """The beginning of the list that an offset is in, of those that a key has; None outside."""
    found = list(pattern.finditer(text, 0, at))
    if not found:
        return None
    last = found[-1]
    depth = 1
    for part in _IN_LIST.finditer(text, last.end(), at):
        depth += {"[": 1, "]": -1}.get(part[0], 0)
        if depth == 0:
            return None
    return last


def _item(kind: str, text: str, opened: re.Match[str], at: int, pointer: Pointer) -> Context | None:
    here = scalar(kind, text, opened.end(), at, flow=True)
    return _in_list(text, pointer, here) if here is not None else None


def _in_list(text: str, pointer: Pointer, here: Scalar) -> Context:
    parted = here.start < here.end or _OTHER_ITEM.match(text, here.end) is None
    return Context(pointer, False, here, in_list=True, parted=parted)


def _key(kind: str, text: str, at: int, typed: str, parent: Pointer) -> Context | None:
    rest = _REST.match(text, at)
    end = rest.end() if rest is not None else at
    signed = _SIGN[kind].match(text, end) is not None
    if not signed and _EMPTY.match(text, end) is None:
        return None
    return Context(parent, True, Scalar(at - len(typed), end, typed), signed=signed)


def _json(text: str, at: int) -> Context | None:
    """By the brackets that are open."""
    stack: list[tuple[str, str]] = []
    """Of each open bracket: which it is, and the key it is the value of."""
    wants, key, begin = "value", "", at
    for part in _JSON.finditer(text):
        word, inside = part[0], bool(stack) and stack[-1][0] == "{"
        closed = len(word) > 1 and word[0] == word[-1] == '"'
        if part.start() >= at or (
            part.end() >= at and word[0] not in "{}[],:" and not (closed and part.end() == at)
        ):
            begin = min(part.start(), at)
            wants = "key" if wants == "comma" and inside and begin < at else wants
            break
        if word in "{[":
            stack.append((word, key))
            wants, key = ("key" if word == "{" else "value"), ""
        elif word in "}]":
            wants = "comma"
            if stack:
                stack.pop()
        elif word in ":,":
            wants = "value" if word == ":" or not inside else "key"
        elif inside and wants in ("key", "comma"):  # a comma may be missing yet
            wants, key = "colon", word.strip('"')
        else:
            wants = "comma"
    here = scalar("json", text, begin, at) if stack and wants in ("key", "value") else None
    if here is None:
        return None
    path = tuple(filter(None, (name for _, name in stack)))
    if wants == "key":
        return Context(path, True, here, signed=_SIGN["json"].match(text, here.end) is not None)
    if stack[-1][0] == "[":
        return _in_list(text, path, here)
    return Context((*path, key) if key else path, False, here)
