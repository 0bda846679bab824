"""Files that Hugo copies: those of the static folders, and those beside the pages of a bundle (Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Mapping

from ..tree import Tree
from .assemble import Assembled
from .config import HugoConfig, Site
from .files import ContentFile, mounted_files
from .glob import match
from .names import join
from .node import Node
from .route import Route


def static_files(config: HugoConfig, tree: Tree) -> Mapping[str, str | None]:
    """Output file -> source, for every static folder; the project wins over a theme, a later folder over an earlier."""
    found: dict[str, str | None] = {}
    own = [m for m in config.mounted("static") if not m.module]
    for mount in (*own, *(m for m in config.mounted("static") if m.module)):
        folders = [""]
        if config.multihost:
            folders = [
                f"{s.folder}/"
                for s in config.sites
                if not mount.languages or any(match(p, s.language) for p in mount.languages)
            ]
        for path, virtual in mounted_files(config, tree, mount):
            for folder in folders:
                found.setdefault(folder + virtual, path)
    return found


def resource_files(
    site: Site, made: Assembled, listed: tuple[ContentFile, ...], route: Route
) -> Mapping[str, str | None]:
    """Output file -> source, for the files beside the pages of one language."""
    found: dict[str, str | None] = {}
    folders: dict[str, str | None] = {}
    for file in listed:
        if file.kind != "file":
            continue
        owner = _owner(file, made.nodes)
        if owner is None or owner.dropped or not owner.publishes_resources:
            continue
        if site.language not in file.languages:
            continue
        if owner.base not in folders:
            forms = route.formats(owner)
            folders[owner.base] = route.target(owner, forms[0]).resources if forms else None
        folder = folders[owner.base]
        if folder is not None:
            inner = _below(file, owner)
            found[join("/", folder, inner)[1:]] = file.path
    return found


def _owner(file: ContentFile, nodes: Mapping[str, Node]) -> Node | None:
    """The page whose folder, or one above, the file lies in."""
    base = file.base.rpartition("/")[0]
    while base and base not in nodes:
        base = base.rpartition("/")[0]
    return nodes.get(base)


def _below(file: ContentFile, owner: Node) -> str:
    """The file's path below its owner's folder, with its case."""
    parts = file.virtual.split("/")
    return "/".join(parts[owner.base.count("/") :])
