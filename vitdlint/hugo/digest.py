"""What identifies the configuration and the templates of a site, so that a change of them shows."""

from __future__ import annotations

import hashlib

from ..files.tree import Tree
from .config import HugoConfig

_COMPONENTS = ("layouts", "data", "i18n")
_ADAPTER = "_content.gotmpl"


def configuration_digest(config: HugoConfig, tree: Tree) -> str:
    """Of the project's own files alone: another machine may have its themes and modules elsewhere, or not at all."""
    paths = {path for path in config.documents if not any(_is_below(path, m.folder) for m in config.modules)}
    paths.update(path for path in ("go.mod", "go.sum") if tree.exists(path))
    for mount in config.mounts:
        if not mount.module and mount.component in _COMPONENTS:
            paths.update(tree.files(mount.source))
        elif not mount.module and mount.component == "content":
            paths.update(path for path in tree.files(mount.source) if path.endswith(_ADAPTER))
    found = hashlib.sha256()
    for path in sorted(paths):
        try:
            data = tree.read(path)
        except OSError:
            continue
        # git may write line ends in another form on another system.
        found.update(path.encode("utf-8", "surrogateescape") + b"\0" + data.replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()[:12]


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/")
