"""What else pages can ask a site for: files in `assets`, and shortcodes that certainly make no id."""

from __future__ import annotations

import re

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


def asset_files(config: HugoConfig, tree: Tree) -> frozenset[str]:
    """The paths below `assets/` that templates find by `resources.Get`."""
    return frozenset(
        virtual for mount in config.mounted("assets") for _, virtual in mounted_files(config, tree, mount)
    )


def anchorless_shortcodes(config: HugoConfig, tree: Tree) -> frozenset[str]:
    """Lower-case names of the site's own shortcodes whose templates cannot write an id."""
    found: dict[str, bool] = {}
    for mount in config.mounted("layouts"):
        for path, virtual in mounted_files(config, tree, mount):
            folder, slash, rest = virtual.partition("shortcodes/")
            if not slash or folder not in ("", "_", "_default/"):
                continue
            try:
                text = tree.read(path).decode("utf-8", "replace")
            except OSError:
                continue
            # The same name may stand for several languages or formats; one that makes ids is enough.
            name = rest.rpartition(".")[0].partition(".")[0].lower().replace(" ", "-")
            found[name] = found.get(name, True) and _MAKES_ID.search(text) is None
    return frozenset(name for name, is_anchorless in found.items() if is_anchorless)
