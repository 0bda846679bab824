"""Templates that show no body: they fill pages from front matter, or lead elsewhere. Mostly those of a section or type."""

from __future__ import annotations

from typing import NamedTuple

from ..core.lazy_re import lazy_re
from .templates import Templates, reached

_BODY = lazy_re(r"\.(?:Content|RawContent|Plain|Summary|Fragments|Render|Page\.Content)(?![a-z])")
_PARTIAL = lazy_re(r"\bpartial(?:Cached)?\s+[\"`]([^\"`]+)[\"`]")
_ANY_PARTIAL = lazy_re(r"\b(?:partial(?:Cached)?|template)\s")
_NAMES = ("page", "single", "all")


class _Shown(NamedTuple):
    """What a template shows by itself."""

    body: bool
    partials: tuple[str, ...] = ()
    """The files of those that it calls by name."""
    all_known: bool = True
    """It calls no others."""


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

    def fill(self, logical: str, type_: str, language: str) -> bool:
        """Whether the template of a page shows no body: of its section, of a folder of it, or of all pages.

        A type takes the section's place.
        """
        parts = logical.strip("/").lower().split("/")
        if type_:
            parts = [type_, *parts[1:]]
        folders = ["/".join(parts[:end]) for end in range(len(parts), 0, -1)]
        for own in filter(None, map(self._pages.get, folders)):
            for name in _NAMES:
                path = own.get(f"{name}.{language}") or own.get(name)
                if path is not None:
                    return not self._show_body(path, sure=False)
        general = self._pages.get("", {})
        path = next((general[name] for name in _NAMES if name in general), None)
        bases = (general.get("baseof"), general.get("page.baseof"), general.get("single.baseof"))
        return path is not None and not self._show_body(path, *filter(None, bases), sure=True)

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
        return _Shown(_BODY.search(text) is not None, tuple(filter(None, partials)), all_known)
