"""Which files templates and scripts take without naming each: by a pattern, a folder, a type, or a name that they build.

Templates are not run. What cannot be read from their text is taken for everything that it could be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from .template_text import COMMENT, actions, replace_actions
from .texts import Text

_METHOD = lazy_re(r"\.Resources\b(?:\.(?P<method>\w+))?\s*(?P<pattern>\"[^\"]*\"|`[^`]*`)?")
_FUNCTION = lazy_re(r"\bresources\.(?P<method>Match|GetMatch|ByType)\s*(?P<pattern>\"[^\"]*\"|`[^`]*`)?")
_FOLDER = lazy_re(r"\b(?:os\.ReadDir|readDir)\s*(?P<folder>\"[^\"]*\"|`[^`]*`)?")
_BUILT = lazy_re(r"[\w.@/*-]+|[\"'`]\.(?P<alone>[a-z0-9]{2,5})[\"'`?]", re.ASCII)
_EXTENSION = lazy_re(r"\.([a-z0-9]{2,5})\b", re.ASCII)
_HOLE = lazy_re(r"\$\{[^{}\n]*\}|%[a-z]|[\"']\s*\+[^+\"'\n;]{1,80}\+\s*[\"']|\$\w+(?=\.\w)")
"""What is put in for a part of a name: `${x}`, `%s`, `" + x + "`, `$x`; an action in a template is one, too."""


class Taken(NamedTuple):
    """What is taken so. Patterns are globs in lower case."""

    beside: frozenset[str] = frozenset()
    """Patterns for names of files beside a page, below its folder."""
    assets: frozenset[str] = frozenset()
    """Patterns for paths below `assets/`."""
    folders: frozenset[str] = frozenset()
    """Folders of which each file is taken, from the site's root."""
    built: frozenset[str] = frozenset()
    """Patterns for file names that are put together from a part that is written out and others."""
    extensions: frozenset[str] = frozenset()
    """Extensions that are put behind a name: `printf "%s.svg" .icon`."""
    types: frozenset[str] = frozenset()
    """First words of media types: all such files beside a page are taken."""
    whole: frozenset[str] = frozenset()
    """Of `beside`, `assets` and `folders` those of which anything may be taken, as what is asked for is computed; `stems`
    if a file beside a page may be asked for by its name without extension."""


OF_HUGO = Taken(beside=frozenset({"*feature*", "*cover*", "*thumbnail*"}))
"""What Hugo's own templates for shared pages take from beside a page."""


def taken_files(template: Text) -> Taken:
    """What a template (or a script) takes so."""
    source = COMMENT.sub("", template.text)
    asked = {key: set[str]() for key in ("beside", "assets", "folders", "types", "whole")}
    if template.component == "layouts":
        for action, *_ in actions(source):
            for match in _METHOD.finditer(action) if "Resources" in action else ():
                method = match["method"] or ""
                if method == "ByType" and match["pattern"]:
                    asked["types"].add(match["pattern"][1:-1].partition("/")[0])
                elif method == "GetMatch" and not match["pattern"]:
                    asked["whole"].add("stems")  # by a name or a part of one, which a page writes
                else:
                    _take(method, match["pattern"], "beside", asked)
            for match in _FUNCTION.finditer(action) if "resources" in action else ():
                _take(match["method"], match["pattern"], "assets", asked)
            for match in _FOLDER.finditer(action) if "eadDir" in action else ():
                if match["folder"] is None:
                    asked["whole"].add("folders")
                else:
                    asked["folders"].add(match["folder"][1:-1].strip("/"))
    built, extensions = _names(source)
    sets = {key: frozenset(values) for key, values in asked.items()}
    return Taken(built=frozenset(built), extensions=frozenset(extensions), **sets)


def joined(some: Iterable[Taken]) -> Taken:
    """All that several take."""
    return Taken(*(frozenset().union(*each) for each in zip(*some, strict=True)))


def _take(method: str, quoted: str | None, what: str, asked: dict[str, set[str]]) -> None:
    if method in ("Match", "GetMatch") and quoted is not None and "%" not in quoted:
        asked[what].add(quoted[1:-1].lower().lstrip("/"))
    elif method != "Get":  # `Get` wants a whole name, which is written somewhere
        asked["whole"].add(what)


def _names(source: str) -> tuple[set[str], set[str]]:
    """Patterns for the file names that a text builds, and the extensions that it puts behind any name."""
    built, extensions = set[str](), set[str]()
    for part in (replace_actions(source, lambda _: "*"), *(action.words for action in actions(source))):
        for match in _BUILT.finditer(_HOLE.sub("*", part).lower()):
            path, extension = _with_hole(match[0]) if match["alone"] is None else ("", match["alone"])
            name = path.rpartition("/")[2]
            if name.removesuffix(f".{extension}").strip("*.-_"):
                built.add(name)
            elif extension:
                extensions.add(extension)
    return built, extensions


def _with_hole(path: str) -> tuple[str, str]:
    """A path up to its last extension behind a `*`, and the extension; nothing if it has none."""
    hole = path.find("*")
    if hole < 0:
        return "", ""
    found = list(_EXTENSION.finditer(path, hole))
    return (path[: found[-1].end()], found[-1][1]) if found else ("", "")
