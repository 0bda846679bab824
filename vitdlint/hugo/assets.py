"""What else pages can ask a site for: files in `assets`, ids that templates make and shortcodes that make none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..lazy import lazy_re
from ..tree import Tree
from .config import HugoConfig
from .files import mounted_files

_MAKES_ID = lazy_re(
    r"\bid\s*=|\bname\s*=|\.Inner|\.Content\b|\.RenderShortcodes|markdownify|RenderString|readFile|"
    r"\bpartial|\btemplate\b|safeHTML|jsonify|unmarshal",
    re.IGNORECASE,
)
"""A template with one of these may write an id, its own or one of the Markdown or HTML that it includes."""
_COMMENT = lazy_re(r"\{\{-?\s*/\*.*?\*/\s*-?\}\}", re.DOTALL)
_SHOWS_INNER = lazy_re(
    r"\{\{-?\s*(?:trim\s+)?\.Inner(?:Deindent)?\s*(?:\"[^\"]*\"\s*)?"
    r"(?:\|\s*(?:\$?\.(?:Page\.)?RenderString|markdownify|safeHTML)\s*)*-?\}\}"
)
"""An action that shows what stands between the tags, and nothing else."""
_ID = lazy_re(r"\bid=[\"']?([\w:.-]+)[\"'\s>]")
_PARTIAL = lazy_re(r"\bpartial(?:Cached)?\s+\"([^\"]+)\"")


def asset_files(config: HugoConfig, tree: Tree) -> frozenset[str]:
    """The paths below `assets/` that templates find by `resources.Get`."""
    return frozenset(
        virtual for mount in config.mounted("assets") for _, virtual in mounted_files(config, tree, mount)
    )


def layout_ids(config: HugoConfig, tree: Tree) -> frozenset[str]:
    """The ids that templates other than shortcodes write out."""
    found: set[str] = set()
    for mount in config.mounted("layouts"):
        for path, virtual in mounted_files(config, tree, mount):
            if "shortcodes/" not in virtual:
                try:
                    found.update(_ID.findall(tree.read(path).decode("utf-8", "replace")))
                except OSError:
                    continue
    return frozenset(found)


def anchorless_shortcodes(config: HugoConfig, tree: Tree) -> tuple[frozenset[str], frozenset[str]]:
    """Lower-case names of the site's own shortcodes whose templates cannot write an id.

    The second set has those that show what stands between their tags: called as `{{% %}}`, they have no other ids than
    those of that text, which is a part of the page's own.
    """
    texts: dict[str, str] = {}
    paths: list[tuple[str, str]] = []
    for mount in config.mounted("layouts"):
        for path, virtual in mounted_files(config, tree, mount):
            folder, slash, rest = virtual.partition("shortcodes/")
            if slash and folder in ("", "_", "_default/"):
                paths.append((path, rest))
            else:
                folder, slash, rest = virtual.partition("partials/")
                if slash and folder in ("", "_"):
                    texts.setdefault(rest, path)
    partials = _Partials(tree, texts)
    plain: dict[str, bool] = {}
    around: dict[str, bool] = {}
    for path, rest in paths:
        text = partials.text(path)
        # The same name may stand for several languages or formats; one that makes ids is enough.
        name = rest.rpartition(".")[0].partition(".")[0].lower().replace(" ", "-")
        plain[name] = plain.get(name, True) and partials.anchorless(text)
        around[name] = around.get(name, True) and partials.anchorless(_SHOWS_INNER.sub("", text))
    return frozenset(n for n, is_so in plain.items() if is_so), frozenset(
        n for n, is_so in around.items() if is_so
    )


class _Partials:
    """The partials that templates call, as far as they are known by name."""

    def __init__(self, tree: Tree, paths: Mapping[str, str]) -> None:
        self._tree = tree
        self._paths = paths
        self._known: dict[str, bool] = {}

    def text(self, path: str) -> str:
        """A template without its comments; one that cannot be read counts as making ids."""
        try:
            return _COMMENT.sub("", self._tree.read(path).decode("utf-8", "replace"))
        except OSError:
            return "id="

    def anchorless(self, text: str) -> bool:
        """Whether neither a template nor a partial that it calls can write an id."""
        return _MAKES_ID.search(_PARTIAL.sub("", text)) is None and all(
            self._anchorless(name) for name in _PARTIAL.findall(text)
        )

    def _anchorless(self, name: str) -> bool:
        path = self._paths.get(name) or self._paths.get(f"{name}.html")
        if path is None:
            return False
        if path not in self._known:
            self._known[path] = False  # one that calls itself is not looked into
            self._known[path] = self.anchorless(self.text(path))
        return self._known[path]
