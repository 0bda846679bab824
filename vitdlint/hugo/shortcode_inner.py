"""What the templates of shortcodes do with the text between their tags, as far as their text shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from .template_text import actions

PAGE, HOME, RAW, NOTHING, UNKNOWN = "page", "home", "raw", "nothing", "unknown"
"""Rendered as Markdown, as of the page itself (`RenderString`) or of the home page (`markdownify`); shown as it is; not
shown at all; or something else."""


class Inner(NamedTuple):
    """What a shortcode makes of the text between its tags."""

    shows: str = UNKNOWN
    always: bool = True
    """False: on some pages, or with some parameters, it shows nothing."""
    apart: bool = False
    """The template asks for Hugo's old way (`$_hugo_config` version 1): the text of `{{% %}}` is rendered on its own."""
    takes: bool = True
    """False: it is never closed, as its template does not use `.Inner`."""
    of_md: bool = False
    """All this holds only on pages in files named `.md`, for which its template asks; on others nothing is known."""


BUILT_IN: Mapping[str, Inner] = {
    "comment": Inner(NOTHING),
    "details": Inner(PAGE),
    "highlight": Inner(NOTHING),
    "qr": Inner(NOTHING),
}


def on_page(path: str, inner: Mapping[str, Inner]) -> Mapping[str, Inner]:
    """What is known of shortcodes on the page in that file."""
    if path.endswith(".md"):
        return inner
    return {name: Inner(always=False, takes=i.takes) if i.of_md else i for name, i in inner.items()}


Partials = Callable[[str], str | None]
"""The text of a partial by its name, None if there is none."""
Modes = Mapping[str, str]
"""Expressions of a template that are the text, and how they show it: `.Inner`, `$.Inner`, `$text`, `.`."""

_VERSION = lazy_re(r"\$_hugo_config\s*:=\s*[\"`]\s*\{[^}]{0,500}version\\?\"\s*:\s*1\b")
_BLOCK = lazy_re(r"(if|with|range|block|define)\b\s*(.*)", re.DOTALL)
_ELSE = lazy_re(r"else\b\s*(?:(if|with)\b\s*(.*))?", re.DOTALL)
_ASSIGNMENT = lazy_re(r"(\$\w+)\s*:?=\s*(.*)", re.DOTALL)
_STRING = lazy_re(r'"(?:[^"\\]|\\.)*"|`[^`]*`')
_TEXT = lazy_re(r"(?<![\w)$])\$?\.Inner(?:Deindent)?\b")
_EMPTY = lazy_re(
    r"(?:strings\.TrimSpace|trim|len)?\s*+\(?\s*+(\$?\.?\w+(?:\.\w+)?)\s*+\)?(?:\s*+\"[^\"]*\")?\Z"
)
_IS_MD = lazy_re(
    r"\(?\s*eq\s+(?:\$?\.Page\.File\.Ext\s+[\"`]md[\"`]|[\"`]md[\"`]\s+\$?\.Page\.File\.Ext)\s*\)?\s*"
)
_OF_PAGE = lazy_re(r"\$?\.Page\.RenderString\b|\bpage\.RenderString\b")
_HARMLESS = lazy_re(r"\b(?:safeHTML|trim|chomp|strings\.(?:Trim\w*|Chomp)|print)\b")
_CHANGED = lazy_re(r"\b(?:plainify|htmlEscape|jsonify|highlight|replaceRE?|strings\.Replace\w*)\b")
_PARTIAL = lazy_re(r"(?:(.*)\|\s*)?partial(?:Cached)?\s+[\"`]([^\"`]+)[\"`]\s*(.*)", re.DOTALL)
_KEY = lazy_re(r"[\"`](\w+)[\"`]\s+(\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s()]+)")
_HIDES = lazy_re(r"<(?:script|style|textarea|template|title|xmp|noscript|!--)", re.IGNORECASE)
_MOST_PARTIALS, _MOST_BLOCKS, _MOST_MODES = 4, 50, 50
"""Nested calls, nested blocks and variables, far above what people write; with more of them nothing is known."""
_Known = dict[tuple[str, int, frozenset[tuple[str, str]]], set[str]]
"""How partials may show the text, by their name, how deep the call is, and what is handed to them."""


def inner_of(template: str, partials: Partials) -> Inner:
    """What a template (without its comments) does; `partials` knows the partials that it may call."""
    if ".Inner" not in template and "partial" not in template:
        return Inner(NOTHING)
    apart = _VERSION.search(template) is not None
    read = _Template(template, partials, 0, {})
    outcomes = read.outcomes({".Inner": RAW})
    shown = sorted(outcomes - {NOTHING})
    shows = NOTHING if not shown else shown[0] if len(shown) == 1 else UNKNOWN
    return Inner(shows, not shown or NOTHING not in outcomes, apart, of_md=read.of_md)


class _Template:
    """A template, read from its first action to its last."""

    def __init__(self, text: str, partials: Partials, depth: int, known: _Known) -> None:
        self._partials = partials
        self._depth = depth
        self._known = known
        self._actions = list(_with_place(text))
        self._hides = _HIDES.search(text) is not None
        self._at = 0
        self._blocks = 0
        self.of_md = False
        """It has asked whether the page's file is named `.md`, and was read as if it were."""

    def outcomes(self, modes: Modes) -> set[str]:
        """How the text may be shown: one for each way through the template."""
        return self._block(dict(modes))

    def _block(self, modes: dict[str, str]) -> set[str]:
        """The ways through the actions up to an `end` or `else`, which is the next to be read."""
        ways = {NOTHING}
        self._blocks += 1
        while self._at < len(self._actions):
            if self._blocks > _MOST_BLOCKS or len(modes) > _MOST_MODES:
                self._at = len(self._actions)
                return {UNKNOWN}
            action, in_tag = self._actions[self._at]
            if action == "end" or _ELSE.match(action):
                break
            self._at += 1
            if found := _BLOCK.match(action):
                here = self._branches(found[1], found[2], modes)
            elif found := _ASSIGNMENT.match(action):
                here = {NOTHING}
                if _named(found[2], modes):
                    (mode, *others) = self._mode(found[2], modes)
                    same = not others and modes.get(found[1], mode) == mode
                    modes[found[1]] = mode if same else UNKNOWN
            elif _named(action, modes) or "partial" in action:
                here = self._mode(action, modes)
                if here == {RAW} and (self._hides or in_tag):
                    here = {UNKNOWN}
            else:
                here = {NOTHING}
            ways = {_then(first, second) for first in ways for second in here}
        self._blocks -= 1
        return ways

    def _branches(self, word: str, condition: str, modes: dict[str, str]) -> set[str]:
        """The ways through a block, to its `end`."""
        about = _EMPTY.match(condition)
        if_any = about is not None and bool(_named(about[1], modes))
        own = modes
        if word == "with" and _named(condition, modes):
            (mode, *others) = self._mode(condition, modes)
            own = {**modes, ".": UNKNOWN if others else mode}
        elif word in ("with", "range"):
            own = {key: mode for key, mode in modes.items() if key not in (".", ".Inner")} | {"$.Inner": RAW}
        ways = self._block(own)
        certain = word == "if" and self._depth == 0 and _IS_MD.fullmatch(condition) is not None
        self.of_md = self.of_md or certain
        if word == "range" and _named(condition, modes):
            ways = {UNKNOWN}
        complete = word in ("define", "block")
        while self._at < len(self._actions) and (found := _ELSE.match(self._actions[self._at][0])):
            self._at += 1
            other = self._block(modes)
            if not certain and not (if_any and not found[1]):  # otherwise there is no text to be shown
                ways |= other
            complete = complete or not found[1]
        self._at += 1
        if word == "define":
            return {NOTHING}
        return ways if complete or if_any or certain else ways | {NOTHING}

    def _mode(self, action: str, modes: Modes) -> set[str]:
        found = {modes[name] for name in _named(action, modes)}
        if partial := _PARTIAL.match(action):
            return self._by_partial(partial, modes)
        if "partial" in action or (len(found) > 1 and UNKNOWN in found):
            return {UNKNOWN} if found else {NOTHING}
        if not found:
            return {NOTHING}
        if _CHANGED.search(action):
            return {UNKNOWN}
        if found <= {PAGE, HOME}:
            return found  # already rendered
        if "RenderString" in action:
            return {PAGE if _OF_PAGE.search(action) else UNKNOWN}
        if "markdownify" in action.lower():
            return {HOME}
        words = _HARMLESS.sub("", _STRING.sub("", action))
        for name in sorted(modes, key=len, reverse=True):
            words = _pattern(name).sub("", words)
        plain = not re.search(r"[\w.$]", words)
        return {found.pop()} if plain and len(found) == 1 else {UNKNOWN}

    def _by_partial(self, call: re.Match[str], modes: Modes) -> set[str]:
        before, name, arguments = call[1] or "", call[2], call[3]
        handed: dict[str, str] = {}
        if before and _named(before, modes):
            handed = dict.fromkeys((".", "$"), next(iter(self._mode(before, modes))))
        elif (whole := re.fullmatch(r"\((.*)\)", arguments)) and "dict" not in arguments:
            modes_of = self._mode(whole[1], modes) if _named(whole[1], modes) else set[str]()
            handed = (
                dict.fromkeys((".", "$"), UNKNOWN if len(modes_of) > 1 else modes_of.pop())
                if modes_of
                else {}
            )
        elif arguments.split("|")[0].strip() in modes:
            handed = dict.fromkeys((".", "$"), modes[arguments.split("|")[0].strip()])
        elif arguments.split("|")[0].strip() in (".", "$"):
            handed = {key: mode for key, mode in modes.items() if key == ".Inner"}
        else:
            for key, value in _KEY.findall(arguments):
                if _named(value, modes):
                    handed[f".{key}"] = next(iter(self._mode(value.strip("()"), modes)))
            if _named(arguments, modes) and not handed:
                return {UNKNOWN}
        if not handed:
            return {NOTHING}
        if self._depth >= _MOST_PARTIALS:
            return {UNKNOWN}
        key = (name, self._depth, frozenset(handed.items()))
        if key not in self._known:  # one that calls itself twice would be read twice as often with each call
            text = self._partials(name)
            if text is None:
                return {UNKNOWN}
            template = _Template(text, self._partials, self._depth + 1, self._known)
            self._known[key] = template.outcomes(handed)
        return self._known[key]


def _with_place(text: str) -> Iterator[tuple[str, bool]]:
    """Each action, and whether it is between `<` and `>`: what it shows is an attribute."""
    in_tag, last = False, 0
    for words, start, end in actions(text):
        opened, closed = text.rfind("<", last, start), text.rfind(">", last, start)
        in_tag = opened > closed or (in_tag and closed < 0)
        last = end
        yield words, in_tag


def _then(first: str, second: str) -> str:
    if NOTHING in (first, second):
        return second if first == NOTHING else first
    return first if first == second else UNKNOWN


def _named(expression: str, modes: Modes) -> list[str]:
    """The expressions for the text that are in it, outside of strings."""
    bare = _STRING.sub('""', expression)
    return [name for name in modes if _pattern(name).search(bare)]


def _pattern(name: str) -> re.Pattern[str]:
    if name in (".Inner", "$.Inner"):
        return _TEXT
    if name in (".", "$"):
        return re.compile(rf"(?<![\w$).]){re.escape(name)}(?![\w.])")
    if name.startswith("."):
        return re.compile(rf"(?<![\w)]){re.escape(name)}\b")
    return re.compile(rf"{re.escape(name)}\b")
