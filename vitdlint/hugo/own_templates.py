"""Templates of one section or type that show no body: they fill its pages from front matter, or lead elsewhere."""

from __future__ import annotations

import re

from ..core.lazy_re import lazy_re
from ..files.tree import Tree
from .config import HugoConfig
from .files import mounted_files

_COMMENT = lazy_re(r"\{\{-?\s*/\*.*?\*/\s*-?\}\}", re.DOTALL)
_BODY = lazy_re(r"\.(?:Content|RawContent|Plain|Summary|Fragments|Render|Page\.Content)(?![a-z])")
_PARTIAL = lazy_re(r"\bpartial(?:Cached)?\s+[\"`]([^\"`]+)[\"`]")
_NAMES = ("page", "single", "all")


class OwnTemplates:
    """The templates in folders of a section or type, in HTML, as far as they are for regular pages."""

    def __init__(self, config: HugoConfig, tree: Tree) -> None:
        self._tree = tree
        self._partials: dict[str, str] = {}
        self._pages: dict[str, dict[str, str]] = {}
        """Folder -> name without `.html`, with its language if it has one (`single.de`) -> the file."""
        known: set[str] = set()
        for mount in config.mounted("layouts"):
            for path, virtual in mounted_files(config, tree, mount):
                if virtual not in known:
                    known.add(virtual)
                    self._add(path, virtual)

    def _add(self, path: str, virtual: str) -> None:
        folder, _, name = virtual.rpartition("/")
        name, _, suffix = name.lower().rpartition(".")
        above, partials, inside = f"/{virtual}".partition("partials/")
        if partials and above in ("/", "/_"):
            self._partials[inside] = path
        elif folder not in ("", "_default") and suffix == "html":
            self._pages.setdefault(folder.lower(), {})[name.removesuffix(".html")] = path

    def fill(self, logical: str, type_: str, language: str) -> bool:
        """Whether the template of a page's section, or of a folder of it, shows no body; a type takes the section's place."""
        parts = logical.strip("/").lower().split("/")
        if type_:
            parts = [type_, *parts[1:]]
        folders = ["/".join(parts[:end]) for end in range(len(parts), 0, -1)]
        for own in filter(None, map(self._pages.get, folders)):
            for name in _NAMES:
                path = own.get(f"{name}.{language}") or own.get(name)
                if path is not None:
                    return not self._shows_body(path, set())
        return False

    def _shows_body(self, path: str, seen: set[str]) -> bool:
        if path in seen:
            return False
        seen.add(path)
        try:
            text = _COMMENT.sub("", self._tree.read(path).decode("utf-8", "replace"))
        except OSError:
            return True
        if _BODY.search(text):
            return True
        partials = (
            self._partials.get(name) or self._partials.get(f"{name}.html") for name in _PARTIAL.findall(text)
        )
        return any(self._shows_body(partial, seen) for partial in partials if partial)
