"""What else pages can ask a site for: files in `assets`, and ids that templates write out."""

from __future__ import annotations

from ..core.lazy_re import lazy_re
from ..files.tree import Tree
from .config import HugoConfig
from .files import mounted_files

_ID = lazy_re(r"\bid=[\"']?([\w:.-]+)[\"'\s>]")


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
