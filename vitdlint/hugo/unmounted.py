"""What the site expects and is not on disk: submodules, and what a build step makes, the configuration included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..core.lazy_re import lazy_re
from ..files.tree import Tree
from .cast import to_map, to_string
from .config import HugoConfig
from .config_files import EXTENSIONS
from .modules import Mount, mounts_of
from .names import clean, logical
from .publication import MissingPart

_GITIGNORE = ".gitignore"
_WILDCARD = lazy_re(r"(\*\*/?|\*|\?)")
_MOST_WILDCARDS = 5
"""Each could cost as much again as all before it; nobody writes more."""
_PAGE = lazy_re(r"(?:/_?index)?\.(?:md|markdown|html)\Z")


def unmounted(config: HugoConfig, tree: Tree) -> tuple[MissingPart, ...]:
    """The project's own mounts that lead nowhere or out of the site, and what `.gitignore` names of content and configuration.

    Hugo skips a mount without a source, and prints no warning.
    """
    found = [*_mounts(config, tree), *_ignored(config, tree), *_configuration(config, tree)]
    return tuple(dict.fromkeys(found))


def _mounts(config: HugoConfig, tree: Tree) -> Iterator[MissingPart]:
    listed = to_map(config.raw.get("module")).get("mounts")
    for entry in listed if isinstance(listed, list) else ():
        source = to_string(to_map(entry).get("source"))
        if not source:
            continue
        if source.startswith("/") or clean(source).startswith(".."):
            reason = "a mount that could supply the target lies outside the site"
        elif not _is_there(tree, clean(source)):
            reason = "a mount that could supply the target is not on disk"
        else:
            continue
        # What is not in the site counts as if it were, to be read as any other mount.
        for mount in mounts_of([{**to_map(entry), "source": "."}], "", ""):
            yield from _parts(config, mount, mount.target, source, reason)


def _ignored(config: HugoConfig, tree: Tree) -> Iterator[MissingPart]:
    """What a `.gitignore` names below a content or static folder, unless some of it is there.

    The one at the site's root counts where it spells out the folder: `build/` is about other things.
    """
    reason = "git ignores what could be the target, and it is not on disk: a build step may make it"
    for mount in (*config.mounted("content"), *config.mounted("static")):
        if not mount.source or mount.module:
            continue
        listed = tree.files(mount.source)
        there = [path for path in listed if not path.endswith(f"/{_GITIGNORE}")]
        for path in (_GITIGNORE, *sorted(listed.keys() - there)):
            for pattern in _patterns(tree, path):
                below = pattern.rstrip("/*") if pattern.endswith(("/", "/*", "/**")) else pattern
                if (
                    not below.startswith(f"{mount.source}/")
                    or len(_WILDCARD.findall(below)) > _MOST_WILDCARDS
                ):
                    continue
                inside = below[len(mount.source) :]
                if not _WILDCARD.sub("", inside[1:].partition("/")[0].partition(".")[0]):
                    continue  # `content/*.html` could be anything
                named = re.compile(rf"{_expression(below)}(?:/.*)?\Z", re.DOTALL)
                if not any(map(named.match, there)):
                    yield from _parts(config, mount, mount.target + inside, pattern, reason)


def _configuration(config: HugoConfig, tree: Tree) -> Iterator[MissingPart]:
    """The files of configuration that a `.gitignore` spells out, and that are not there."""
    for folder in ("config/_default", f"config/{config.environment}"):
        for path in (_GITIGNORE, f"{folder}/{_GITIGNORE}"):
            for pattern in _patterns(tree, path):
                name = pattern.replace("/**/", "/")
                if (
                    name.startswith(f"{folder}/")
                    and not _WILDCARD.search(name)
                    and name.rpartition(".")[2] in EXTENSIONS
                    and not tree.exists(name)
                ):
                    reason = "git ignores it, and it is not on disk: a build step may make it"
                    yield MissingPart("configuration", name, reason)


def _patterns(tree: Tree, path: str) -> Iterator[str]:
    """The patterns of a `.gitignore`, from the site's root."""
    try:
        text = tree.read(path).decode("utf-8", "replace")
    except OSError:
        return
    folder = path.rpartition("/")[0]
    for line in map(str.strip, text.splitlines()):
        if line[:1] in {"", "#", "!"}:
            continue
        if not folder:
            yield line.lstrip("/")
        else:
            yield f"{folder}/{'' if '/' in line.rstrip('/') else '**/'}{line.lstrip('/')}"


@cache
def supplied(pattern: str) -> re.Pattern[str]:
    """Matches the decoded URLs and logical paths, in lower case, that lie in what a missing part names."""
    return re.compile(rf"{_expression(_PAGE.sub('', pattern))}(?:[/.].*)?\Z", re.DOTALL)


def _expression(pattern: str) -> str:
    wild = {"**": ".*", "**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return "".join(wild.get(piece, re.escape(piece)) for piece in _WILDCARD.split(pattern))


def _is_there(tree: Tree, path: str) -> bool:
    """Whether there is such a file, or a folder that holds any: a submodule that was not fetched is an empty folder."""
    if tree.files("" if path == "." else path):
        return True
    try:
        tree.read(path)
    except OSError:
        return False
    return True


def _parts(config: HugoConfig, mount: Mount, target: str, name: str, reason: str) -> Iterator[MissingPart]:
    """What it would supply, in each site."""
    component, _, below = target.partition("/")
    if component not in {"content", "static"}:
        return
    content = component == "content"
    folder = f"/{logical(below)}" if below else ""
    for key in config.space.mounted(mount.matrix):
        site = config.site(key)
        prefix = f"/{site.prefix}" if content and site.prefix else ""
        yield MissingPart("mount", name, reason, prefix + folder, key if content else None, folder)
