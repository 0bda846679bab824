"""The parameters that shortcodes read, as far as the text of their templates shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from ..core.lazy_re import lazy_re
from .publication import Parameters
from .template_text import actions
from .templates import Templates


def _named(names: str, positions: int = 0, required: str = "") -> Parameters:
    return Parameters(frozenset(names.split()), positions, required=frozenset(required.split()))


BUILT_IN: Mapping[str, Parameters] = {
    "comment": Parameters(complete=False),  # it shows nothing: whatever is written in it is a note
    "details": _named("class name open summary title"),
    "figure": _named("alt attr attrlink caption class height link loading rel src target title width"),
    "highlight": _named("", 2),
    "instagram": _named("", 1, "0"),
    "param": _named("", 1, "0"),
    "qr": _named("alt class id level loading scale targetDir text title"),
    "ref": _named("path lang outputFormat", 2, "path|0"),
    "relref": _named("path lang outputFormat", 2, "path|0"),
    "vimeo": _named("allowFullScreen class id loading title", 4, "id|0"),
    "vimeo_simple": _named("class id", 2, "id|0"),
    "x": _named("id user", 0, "id user"),
    "x_simple": _named("id user", 0, "id user"),
    "youtube": _named(
        "allowFullScreen autoplay class controls end id loading loop mute start title", 1, "id|0"
    ),
}
"""Hugo 0.168, by its templates and documentation."""
ANY_CASE = frozenset({"ref", "relref"})
"""The shortcodes whose parameters Hugo reads in any case."""

_STRING = lazy_re(r'"((?:[^"\\\n]|\\.)*)"|`([^`]*)`')
_KEY = r"(?:\"(?P<name>[^\"]*)\"|(?P<number>\d+))"
_GET = lazy_re(rf"(?<![\w)$])(?:\$|\$?\.Parent)?\.Get\b(?:\s+{_KEY})?")
_PARAMS = lazy_re(r"(?<![\w)$])(?:\$|\$?\.Parent)?\.Params\b(?:\.(?P<field>\w+))?")
_OF = lazy_re(r"\b(?P<word>index|isset|len|not|if)\s*\(?\s*\Z")
_NEXT = lazy_re(rf"\s+{_KEY}")
_WHOLE = lazy_re(r"(?<![\w.)\"$])\$(?![\w.])")
_DOT = lazy_re(r"(?<![\w.)\"$])\.(?![\w.])")
_PARENT = lazy_re(r"\.Parent\b(?!\.(?:Get|Params|Inner\w*|Name|Ordinal|Page|Position|Scratch|Site|Store)\b)")
_REFERRING = lazy_re(r"\b(?:rel)?ref\s+[.$](?![\w.])")
"""`ref .` hands on the call, but `ref` asks only for its page."""
_ASSIGNED = lazy_re(rf"(\$\w+)\s*:=\s*\$?\.Get\s+{_KEY}")
_SET = lazy_re(r"(\$\w+)\s*:?=")
_CONDITION = lazy_re(rf"(?:with|if)\s+(?P<not>not\s+)?\(?(?:\$?\.Get\s+{_KEY}|(?P<variable>\$\w+))\)?")


def shortcode_parameters(templates: Templates) -> Mapping[str, Parameters]:
    """The parameters of each shortcode by its lower-case name: Hugo's own, and those that have a template on disk.

    What a template reads of its `.Parent` may be a parameter of each of them.
    """
    found = dict(BUILT_IN)
    of_parents = Parameters()
    for name, paths in templates.shortcodes.items():
        read = [read_parameters(templates.plain(path)) for path in paths]
        own = [parameters for parameters, _ in read]
        if name in BUILT_IN and not any(path.lower().endswith(f"/{name}.html") for path in paths):
            own.append(BUILT_IN[name])  # of another format: Hugo 0.131 takes its own for HTML, 0.147 that one
        found[name] = own[0] if len(own) == 1 else _any_of(own)._replace(required=frozenset())
        of_parents = _any_of([of_parents, *(p for p, reads_parent in read if reads_parent)])
    if of_parents == Parameters():
        return found
    return {
        name: each
        if each is BUILT_IN.get(name)
        else _any_of([each, of_parents])._replace(required=each.required)
        for name, each in found.items()
    }


def _any_of(each: list[Parameters]) -> Parameters:
    return Parameters(
        frozenset[str]().union(*(one.names for one in each)),
        max((one.positions for one in each), default=0),
        all(one.complete for one in each) and bool(each),
    )


def read_parameters(template: str | None) -> tuple[Parameters, bool]:
    """What a template reads, and whether it may read that of its parent; None: it cannot be read."""
    if template is None:
        return Parameters(complete=False), True
    expressions = [_REFERRING.sub("ref", _STRING.sub(_as_name, action.words)) for action in actions(template)]
    names: set[str] = set()
    positions = 0
    complete = True
    for action in expressions:
        for match in (*_GET.finditer(action), *_indexed(action)):
            if match["name"]:
                names.add(match["name"])
            elif match["number"]:
                positions = max(positions, int(match["number"]) + 1)
            else:
                complete = False
        for match in _PARAMS.finditer(action):
            of = _word_before(action, match.start())
            if match["field"]:
                names.add(match["field"])
            elif of is None or (of["word"] in ("index", "isset") and not _NEXT.match(action, match.end())):
                complete = False
        complete = complete and not (_WHOLE.search(action) or _PARENT.search(action))
    complete = complete and not _passes_dot(expressions)
    parameters = Parameters(frozenset(names), positions, complete, frozenset(_required(expressions)))
    return parameters, any(".Parent" in action for action in expressions)


def _as_name(match: re.Match[str]) -> str:
    """A string of a template in plain quotes; one that is no name as a word that no call can write."""
    value = match[1] if match[1] is not None else match[2]
    return f'"{value}"' if re.fullmatch(r"[\w.-]*", value) else '"?"'


def _indexed(action: str) -> Iterator[re.Match[str]]:
    for match in _PARAMS.finditer(action):
        of = _word_before(action, match.start())
        if of is not None and of["word"] in ("index", "isset"):
            key = _NEXT.match(action, match.end())
            if key is not None:
                yield key


def _word_before(action: str, end: int) -> re.Match[str] | None:
    return _OF.search(action, max(0, end - 50), end)


def _passes_dot(actions: list[str]) -> bool:
    """Whether the call as a whole is handed on as `.`; within `with` and `range` that is something else."""
    outer: list[bool] = []
    is_call = True
    for action in actions:
        word, _, rest = action.partition(" ")
        if word == "else":
            is_call = outer[-1] if outer else is_call
        elif word == "end":
            is_call = outer.pop() if outer else is_call
        if is_call and _DOT.search(action):
            return True
        if word in ("with", "range", "define", "block", "if"):
            outer.append(is_call)
            is_call = is_call and word == "if"
        elif word == "else" and rest.lstrip().startswith("with"):
            is_call = False
    return False


def _required(actions: list[str]) -> Iterator[str]:
    """The parameters without which the template, on its outermost level, calls `errorf` at once."""
    times = Counter(match[1] for match in map(_SET.match, actions) if match)
    variables = {
        match[1]: match["name"] or match["number"]
        for match in map(_ASSIGNED.fullmatch, actions)
        if match and times[match[1]] == 1
    }
    depth = 0
    wanted = ""
    fails = False
    for action in actions:
        word = action.partition(" ")[0]
        if fails and word == "errorf":
            yield wanted
        fails = False
        if depth == 0 and word in ("with", "if"):
            condition = _CONDITION.fullmatch(action)
            wanted = ""
            if condition is not None:
                key = condition["name"] or condition["number"]
                wanted = variables.get(condition["variable"], "") if condition["variable"] else key
                fails = bool(wanted and condition["not"])
                wanted = "" if condition["not"] and not fails else wanted
        elif depth == 1 and action == "else":
            fails = bool(wanted)
        if word in ("with", "if", "range", "define", "block"):
            depth += 1
        elif word == "end":
            depth -= 1
