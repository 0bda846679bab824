"""Templates that fill pages from front matter, or lead elsewhere: those that show no body, and those that show a parameter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from ..core.lazy_re import lazy_re
from .templates import Templates, reached

_BODY = lazy_re(r"\.(?:Content|RawContent|Plain|Summary|Fragments|Render|Page\.Content)(?![a-z])")
_PARTIAL = lazy_re(r"\bpartial(?:Cached)?\s+[\"`]([^\"`]+)[\"`]")
_ANY_PARTIAL = lazy_re(r"\b(?:partial(?:Cached)?|template)\s")
_PARAMETER = lazy_re(r"\.Params\.(\w+)|\.Param\s+[\"`](\w+)[\"`]|\bindex\s+\$?\.Params\s+[\"`]([\w-]+)[\"`]")
_HREF = lazy_re(r"\bhref\s*=\s*[\"']?\{\{[^{}]*?\.Params\.(\w+)", re.IGNORECASE)
_ABOUT = lazy_re(
    r"author|tags?\Z|categor|series|keyword|descri|summary|title|image|img|photo|thumb|cover|banner|icon|date|lang|toc|"
    r"\Aid\Z|uuid|slug|url\Z|type|layout|alias|weight|menu|cascade|build|outputs|resources|params|class|color|style"
)
"""Keys of what many layouts show beside a text, or do not show at all."""
_PICTURE = lazy_re(r"author|image|img|photo|thumb|cover|banner|icon|canonical")
_WEB = lazy_re(r"https?://", re.IGNORECASE)
_NAMES = ("page", "single", "all")


class _Shown(NamedTuple):
    """What a template shows by itself."""

    body: bool
    partials: tuple[str, ...] = ()
    """The files of those that it calls by name."""
    all_known: bool = True
    """It calls no others."""
    parameters: frozenset[str] = frozenset()
    """The keys of front matter that it uses, in lower case."""


class OwnTemplates:
    """The templates in folders of a section or type, in HTML, as far as they are for regular pages."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._read: dict[str, _Shown] = {}
        self._pages: dict[str, dict[str, str]] = {}
        """Folder -> name without `.html`, with its language if it has one (`single.de`) -> the file."""
        for virtual, path in templates.files.items():
            self._add(path, virtual)

    def _add(self, path: str, virtual: str) -> None:
        folder, _, name = virtual.rpartition("/")
        name, _, suffix = name.lower().rpartition(".")
        if suffix == "html" and not virtual.startswith(("partials/", "_partials/")):
            folder = "" if folder == "_default" else folder.lower()
            self._pages.setdefault(folder, {}).setdefault(name.removesuffix(".html"), path)

    def fill(self, logical: str, type_: str, language: str, front: Mapping[str, Any]) -> bool:
        """Whether the template of a page shows no body, but something of its front matter, or a link of it leads elsewhere.

        The template is that of its section, of a folder of it, or of all pages. A type takes the section's place.
        """
        nested = front.get("params")
        values = (
            {**front, **{str(k).lower(): v for k, v in nested.items()}} if isinstance(nested, dict) else front
        )
        if any(k in self._linked and isinstance(v, str) and _WEB.match(v) for k, v in values.items()):
            return True
        keys = {
            k for k, v in values.items() if v and isinstance(v, str | list | dict) and not _ABOUT.search(k)
        }
        parts = logical.strip("/").lower().split("/")
        if type_:
            parts = [type_, *parts[1:]]
        folders = ["/".join(parts[:end]) for end in range(len(parts), 0, -1)]
        for own in filter(None, map(self._pages.get, folders)):
            for name in _NAMES:
                path = own.get(f"{name}.{language}") or own.get(name)
                if path is not None:
                    return not self._show_body(path, sure=False) or self._show_one(path, keys)
        general = self._pages.get("", {})
        path = next((general[name] for name in _NAMES if name in general), None)
        bases = (general.get("baseof"), general.get("page.baseof"), general.get("single.baseof"))
        if path is None and self._templates.config.missing:
            return bool(keys)  # the template of a theme may show them
        return path is not None and (
            not self._show_body(path, *filter(None, bases), sure=True) or self._show_one(path, keys)
        )

    def _show_one(self, path: str, keys: Iterable[str]) -> bool:
        """Whether a template, or a partial that it calls, uses one of these keys."""
        every = map(self._shown, reached((path,), lambda path: self._shown(path).partials))
        return any(not shown.parameters.isdisjoint(keys) for shown in every)

    @cached_property
    def _linked(self) -> frozenset[str]:
        """The keys whose values some template, of a list say, writes as the address of a link."""
        texts = (self._templates.plain(path) or "" for path in self._templates.files.values())
        keys = {key.lower() for text in texts for key in _HREF.findall(text)}
        return frozenset(key for key in keys if not _PICTURE.search(key))

    def _show_body(self, *paths: str, sure: bool) -> bool:
        """Whether one of these templates shows the body; `sure`: so does, for all we know, a partial that is not on disk."""
        every = map(self._shown, reached(paths, lambda path: self._shown(path).partials))
        return any(shown.body or (sure and not shown.all_known) for shown in every)

    def _shown(self, path: str) -> _Shown:
        if path not in self._read:
            self._read[path] = self._look(path)
        return self._read[path]

    def _look(self, path: str) -> _Shown:
        text = self._templates.plain(path)
        if text is None:
            return _Shown(True)
        names = _PARTIAL.findall(text)
        partials = [self._templates.partial(name) for name in names]
        all_known = None not in partials and len(names) >= len(_ANY_PARTIAL.findall(text))
        parameters = frozenset(m[m.lastindex or 0].lower() for m in _PARAMETER.finditer(text))
        return _Shown(_BODY.search(text) is not None, tuple(filter(None, partials)), all_known, parameters)
