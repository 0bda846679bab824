"""The sites of a workspace, and which of them a file belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..files.find_site import site_root
from ..files.tree import SKIPPED

DEPTH = 3
"""Levels below a folder of the workspace in which sites are looked for."""


def sites_in(folder: Path) -> Iterator[Path]:
    """The roots of the sites in a folder of the workspace, or the site that it lies in."""
    above = site_root(folder)
    if above is not None:
        yield above.resolve()
        return
    waiting = [(folder, 0)]
    while waiting:
        here, depth = waiting.pop()
        try:
            below = sorted(p for p in here.iterdir() if p.is_dir() and not p.is_symlink())
        except OSError:
            continue
        for path in below:
            if path.name in SKIPPED or path.name.startswith("."):
                continue
            if site_root(path) == path:
                yield path.resolve()
            elif depth < DEPTH:
                waiting.append((path, depth + 1))


def site_of(file: Path) -> Path | None:
    """The root of the site that a file belongs to; without a Hugo configuration the folder that holds `content`."""
    try:
        root = site_root(file.parent)
        if root is None:
            content = next((folder for folder in file.parents if folder.name == "content"), None)
            root = content.parent if content is not None and content.parent.is_dir() else None
        return None if root is None else root.resolve()
    except OSError:
        return None  # a name that no file can have
