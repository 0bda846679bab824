"""Which parameters of a site's own shortcodes are links, files or pages, as far as their templates show it for certain.

A parameter counts only if every use of it in the template is understood: it is looked up, printed as the whole of an
`href` or `src`, shown as text, or asked whether it is there. Whatever else is done with it, only the template knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from .shortcode_parameters import read_parameters
from .template_text import Action, actions, replace_actions
from .templates import Templates

REF, PAGE, RESOURCE, ASSET, URL, SITE = "ref", "page", "resource", "asset", "url", "site"
"""What a template does with a value: `ref` or `relref`, `GetPage`, `.Page.Resources.Get`, `resources.Get`; it writes it
as an address, or as one below the site's root (`relURL`)."""

_VALUE = lazy_re(
    r"(?<![\w)$.])(?P<call>\$?)\.(?:Get\s+(?:\"(?P<name>[\w-]+)\"|`(?P<raw>[\w-]+)`|(?P<number>\d+))|Params\.(?P<field>\w+))(?![\w.])"
)
_VARIABLE = lazy_re(r"(?<![\w$.])\$\w+(?![\w.])")
_DOT = lazy_re(r"(?<![\w.)\"$`])\.(?![\w.])")
_PAGE = r"(?:\$?\.Page|page)"
_SITE = r"(?:site|\$?\.Site|\$?\.Page\.Site|page\.Site)"
_ONE = r"\s*\(?\s*\0\s*\)?"
_START = r"(?:(?:else\s+)?(?:with|if)\s+|\$\w+\s*:?=\s*)?(?:or\s+)?\(?\s*"
_LOOKS_UP = {
    REF: lazy_re(
        rf"{_START}(?:(?:rel)?ref\s+(?:\$|\.|{_PAGE}){_ONE}|\0\s*\|\s*(?:rel)?ref\s+(?:\$|\.|{_PAGE}))\s*\)?(?:\s*\|\s*safeURL)?"
    ),
    PAGE: lazy_re(rf"{_START}(?:{_PAGE}|{_SITE})\.GetPage{_ONE}\s*\)?"),
    RESOURCE: lazy_re(rf"{_START}{_PAGE}\.Resources\.Get(?:Match)?{_ONE}\s*\)?"),
    ASSET: lazy_re(rf"{_START}resources\.Get{_ONE}\s*\)?"),
}
_EITHER = lazy_re(rf"{_START}\(?{_PAGE}\.Resources\.Get(?:Match)?{_ONE}\)\s*\(resources\.Get{_ONE}\)\s*\)?")
_PRINTED = lazy_re(r"\0(?:\s*\|\s*(?:safeURL|default\s+\"[^\"]*\"))*")
_BELOW = lazy_re(r"\0\s*\|\s*(?:relURL|absURL)(?:\s*\|\s*safeURL)?|(?:relURL|absURL)\s+\0")
_ASKED = lazy_re(r"(?:(?:else\s+)?(?:if|with)|\$\w+\s*:?=)\s+(?:(?:and|or|not|default)\b|[()\s\0|]|\"\")*")
_ASSIGNED = lazy_re(r"(\$\w+)\s*(:?=)\s*(?:(?:or|default)\b|[()\s\0|]|\"\")*")
_WITH = lazy_re(r"(?:else\s+)?with\s+\(?\s*\0\s*\)?")
_WITH_OR_IF = lazy_re(r"(?:else\s+)?(?:with|if)\s+\(?\s*\0\s*\)?")
_ASSIGNMENT = lazy_re(r"\$\w+\s*:?=")
_WHOLE = lazy_re(r"\s([\w:-]+)\s*=\s*([\"']?)\Z")
_PART = lazy_re(r"\s([\w:-]+)\s*=\s*(?:\"[^\"]*|'[^']*)\Z")
_ENDS = (" ", ">", "/", "\n", "\t")
_WORDS = frozenset(
    (
        "alt",
        "title",
        "class",
        "id",
        "width",
        "height",
        "loading",
        "target",
        "rel",
        "style",
        "aria-label",
        "lang",
    )
)
"""Attributes that are no address."""
_BLOCKS = ("with", "range", "define", "block", "if")


_CALL = frozenset({""})
_WRITES, _CONTROLS = "\0", "\1"


class _Block(NamedTuple):
    """The inside of a block of a template."""

    dot: frozenset[str] | None
    """What `.` is: parameters, the call itself (`_CALL`), or something else (None)."""
    sure: frozenset[str] | None = None
    """The parameters of which each that is given leads there; None for all."""


def shortcode_ways(templates: Templates) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """By lower-case name of a shortcode: its parameters (positions from 0) and what is done with each.

    Nothing where a theme or module is not on disk: it could have the files that are asked for.
    """
    found: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for name, paths in templates.shortcodes.items() if not templates.config.missing else ():
        text = templates.plain(paths[0]) if len(paths) == 1 else None
        if text is not None and "<script" not in text.lower() and read_parameters(text)[0].complete:
            ways = _Template(text).ways()
            if ways:
                found[name] = ways
    return found


class _Template:
    """One template, read from its first action to its last."""

    def __init__(self, text: str) -> None:
        self._actions = tuple(actions(text))
        self._bare = replace_actions(text, _covered)
        self._found: dict[str, set[str]] = {}
        self._sure: set[str] = set()
        self._unknown: set[str] = set()
        self._variables: dict[str, frozenset[str]] = {}
        self._here = _Block(_CALL)

    def ways(self) -> Mapping[str, tuple[str, ...]]:
        """The parameters of which every use is understood, and that are looked up or written wherever they are given."""
        outer: list[_Block] = []
        for action in self._actions:
            words = action.words
            first = words.partition(" ")[0]
            if first == "end":
                self._here = outer.pop() if outer else self._here
                continue
            if first == "else" and outer:
                self._here = outer[-1]._replace(sure=frozenset())
            used, plain = self._replaced(words)
            if used:
                self._use(plain, used, action)
            if first in _BLOCKS:
                outer.append(self._here)
            if first in _BLOCKS or first == "else":
                self._here = self._inside(plain, used)
        return {
            key: tuple(sorted(ways))
            for key, ways in self._found.items()
            if key in self._sure and key not in self._unknown
        }

    def _inside(self, plain: str, used: frozenset[str]) -> _Block:
        """What is within the block that an action opens, or goes on with."""
        dot, sure = self._here
        word = plain.removeprefix("else").lstrip().partition(" ")[0]
        if not word:
            return self._here
        if word == "with":
            dot = used if _WITH.fullmatch(plain) else None
        elif word != "if":
            dot = None
        asked = used if len(used) == 1 and _WITH_OR_IF.fullmatch(plain) else frozenset[str]()
        return _Block(dot, asked if sure is None else asked & sure)

    def _replaced(self, words: str) -> tuple[frozenset[str], str]:
        """The parameters that an action names, and the action with NUL in the place of each."""
        used: set[str] = set()
        dot = self._here.dot

        def value(match: re.Match[str]) -> str:
            if not match["call"] and dot != _CALL:
                return match[0]
            used.add(next(filter(None, (match["name"], match["raw"], match["number"], match["field"]))))
            return _WRITES

        def variable(match: re.Match[str]) -> str:
            keys = self._variables.get(match[0])
            if keys is None:
                return match[0]
            used.update(keys)
            return _WRITES

        plain = _VALUE.sub(value, words)
        assigned = _ASSIGNMENT.match(plain)
        start = assigned.end() if assigned else 0
        plain = plain[:start] + _VARIABLE.sub(variable, plain[start:])
        if dot is not None and dot != _CALL and _DOT.search(plain):
            used.update(dot)
            plain = _DOT.sub(_WRITES, plain)
        return frozenset(used), plain

    def _use(self, plain: str, used: frozenset[str], action: Action) -> None:
        """Note what one action does with some parameters."""
        assigned = _ASSIGNED.fullmatch(plain)
        if assigned is not None:
            if assigned[1] in self._variables or assigned[2] == "=":
                self._unknown |= used | self._variables.get(assigned[1], frozenset())
            self._variables[assigned[1]] = used
            return
        if _ASKED.fullmatch(plain):
            return
        ways = self._ways_of(plain, action)
        if ways is None:
            self._unknown |= used
        elif ways:
            for key in used:
                self._found.setdefault(key, set()).update(ways)
            self._sure |= used if self._here.sure is None else used & self._here.sure

    def _ways_of(self, plain: str, action: Action) -> tuple[str, ...] | None:
        """What is done with the parameter of an action; () where it is only shown, None if that is not known."""
        if _EITHER.fullmatch(plain):
            return (RESOURCE, ASSET)
        for way, pattern in _LOOKS_UP.items():
            if pattern.fullmatch(plain):
                return (way,)
        way = URL if _PRINTED.fullmatch(plain) else SITE if _BELOW.fullmatch(plain) else ""
        if not way:
            return None
        before = self._bare[: action.start].rstrip(_CONTROLS)
        after = self._bare[action.end : action.end + 500].lstrip(_CONTROLS)
        tag = before[before.rfind("<") :] if before.rfind("<") > before.rfind(">") else ""
        if not tag:
            return () if way == URL else None
        whole = _WHOLE.search(tag)
        if whole is not None and after.startswith(whole[2] or _ENDS):
            return (way,) if whole[1].lower() in ("href", "src") else _shown(whole[1], way)
        part = _PART.search(tag)
        return _shown(part[1], way) if part is not None else None


def _shown(attribute: str, way: str) -> tuple[()] | None:
    return () if way == URL and attribute.lower() in _WORDS else None


def _covered(action: Action) -> str:
    first = action.words.partition(" ")[0]
    controls = first in (*_BLOCKS, "else", "end") or _ASSIGNMENT.match(action.words)
    return (_CONTROLS if controls else _WRITES) * (action.end - action.start)
