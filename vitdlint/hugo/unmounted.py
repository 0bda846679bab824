"""Folders of content and static files that the site expects and that are not on disk: submodules, what a build step makes."""

from __future__ import annotations

from collections.abc import Iterator

from ..tree import Tree
from . import glob
from .cast import to_map, to_string
from .config import HugoConfig
from .modules import Mount, mounts_of
from .names import clean, logical
from .publication import MissingPart

_GLOB = frozenset("*?[\\")


def unmounted(config: HugoConfig, tree: Tree) -> tuple[MissingPart, ...]:
    """The project's own mounts that lead nowhere or out of the site, and folders that git is told to ignore.

    Hugo passes over a mount without a source in silence.
    """
    found = [*_mounts(config, tree), *_ignored(config, tree)]
    return tuple(dict.fromkeys(found))


def _mounts(config: HugoConfig, tree: Tree) -> Iterator[MissingPart]:
    listed = to_map(config.raw.get("module")).get("mounts")
    for entry in listed if isinstance(listed, list) else ():
        source = to_string(to_map(entry).get("source"))
        if not source:
            continue
        if source.startswith("/") or clean(source).startswith(".."):
            reason = "it lies outside the site"
        elif not _is_there(tree, clean(source)):
            reason = "it is not on disk"
        else:
            continue
        # What is not in the site counts as if it were, to be read as any other mount.
        for mount in mounts_of([{**to_map(entry), "source": "."}], "", ""):
            yield from _parts(config, mount, mount.target, source, reason)


def _ignored(config: HugoConfig, tree: Tree) -> Iterator[MissingPart]:
    mounts = [m for m in (*config.mounted("content"), *config.mounted("static")) if m.source and not m.module]
    for path in _ignored_paths(tree) if mounts else ():
        for mount in mounts:
            if path.startswith(f"{mount.source}/") and not _is_there(tree, path):
                target = mount.target + path[len(mount.source) :]
                reason = "git ignores it and it is not on disk: a build step may make it"
                yield from _parts(config, mount, target, path, reason)


def _ignored_paths(tree: Tree) -> Iterator[str]:
    """What `.gitignore` names by a plain path."""
    try:
        text = tree.read(".gitignore").decode("utf-8", "replace")
    except OSError:
        return
    for line in text.splitlines():
        path = line.strip()
        if path[:1] not in {"#", "!"} and "/" in path.strip("/") and _GLOB.isdisjoint(path):
            yield path.strip("/")


def _is_there(tree: Tree, path: str) -> bool:
    """Whether there is such a file, or a folder that holds any: a submodule that was not fetched is an empty folder."""
    if tree.files(path):
        return True
    try:
        tree.read(path)
    except OSError:
        return False
    return True


def _parts(config: HugoConfig, mount: Mount, target: str, name: str, reason: str) -> Iterator[MissingPart]:
    """What it would supply, in each language."""
    component, _, below = target.partition("/")
    if component not in {"content", "static"}:
        return
    for site in config.sites:
        content = component == "content"
        if mount.languages:
            if not any(glob.match(pattern, site.language) for pattern in mount.languages):
                continue
        elif not site.default:
            continue
        folder = f"/{logical(below)}" if below else ""
        prefix = f"/{site.prefix}" if content and site.prefix else ""
        yield MissingPart("mount", name, reason, prefix + folder, site.language if content else "", folder)
