"""Themes, modules and mounts: which folders make up the site's content, static files and layouts (Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ..files.tree import Tree
from ..frontmatter.block import FrontMatter
from . import config_files
from .cast import to_bool, to_map, to_string, to_strings_whole
from .config_files import Raw
from .names import clean
from .publication import MissingPart
from .space import NO_MATRIX, Matrix, read_matrix

COMPONENTS = ("archetypes", "assets", "content", "data", "i18n", "layouts", "static")


class Mount(NamedTuple):
    """A folder (or one file) of the tree, and where Hugo sees it."""

    source: str
    """Relative to the tree's root."""
    target: str
    """A component folder, or a path below one: `content`, `static/img`."""
    matrix: Matrix = NO_MATRIX
    """The sites that its files belong to; the default one where it is empty."""
    complements: Matrix = NO_MATRIX
    """Those that list its pages without publishing them."""
    files: tuple[str, ...] = ()
    """Glob patterns below the mount; one that begins with `! ` excludes."""
    module: str = ""
    """'' for the project, else the theme's or module's name."""

    @property
    def component(self) -> str:
        """The first element of the target."""
        return self.target.partition("/")[0]


class Module(NamedTuple):
    """A theme or module that is on disk."""

    name: str
    folder: str
    """Relative to the tree's root."""
    config: Mapping[str, Any]
    mounts: tuple[Mount, ...]


class Modules(NamedTuple):
    """Everything the project imports, in Hugo's order of precedence."""

    found: tuple[Module, ...]
    missing: tuple[MissingPart, ...]
    files: Mapping[str, FrontMatter]
    """Configuration files that were read."""


def collect(
    tree: Tree, project: Raw, environment: str, elsewhere: Callable[[str], str | None] | None = None
) -> Modules:
    """Resolve `theme` and `module.imports`, theirs included. Raises HugoConfigError.

    `elsewhere` finds the folder of a module that is in none of the site's (see `module_places.py`).
    """
    themes_dir = clean(to_string(project.get("themesdir")) or "themes")
    walk = _Walk(tree, themes_dir, environment, _replacements(project), elsewhere)
    walk.follow("", project)
    return Modules(tuple(walk.found), tuple(walk.missing), walk.files)


class _Walk:
    """The state of one walk over the imports."""

    def __init__(
        self,
        tree: Tree,
        themes_dir: str,
        environment: str,
        replacements: Mapping[str, str],
        elsewhere: Callable[[str], str | None] | None,
    ) -> None:
        self.tree = tree
        self.elsewhere = elsewhere
        self.themes_dir = themes_dir
        self.environment = environment
        self.replacements = replacements
        self.found: list[Module] = []
        self.missing: list[MissingPart] = []
        self.files: dict[str, FrontMatter] = {}
        self.seen: dict[str, str] = {}
        self.vendored: dict[str, str] = {}

    def follow(self, owner: str, config: Mapping[str, Any]) -> None:
        for entry in _imports(config):
            name = to_string(entry.get("path"))
            if not name or to_bool(entry.get("disable")):
                continue
            if self.seen.setdefault(name.lower(), owner) != owner:
                continue
            self._vendor(owner)
            folder = self._folder(name)
            if folder is None:
                continue
            raw: Raw = {}
            if not to_bool(entry.get("ignoreconfig")):
                raw, used = config_files.load(self.tree, folder, self.environment)
                self.files |= used
            mounts = () if to_bool(entry.get("nomounts")) else self._mounts(name, folder, entry, raw)
            self.found.append(Module(name, folder, raw, mounts))
            if not to_bool(entry.get("ignoreimports")) and len(self.found) < 200:
                self.follow(folder, raw)

    def _vendor(self, owner: str) -> None:
        """Read a module's `_vendor/modules.txt`, which says what lies below it; the first to name a path wins."""
        base = f"{owner}/_vendor" if owner else "_vendor"
        try:
            text = self.tree.read(f"{base}/modules.txt").decode("utf-8", "replace")
        except OSError:
            return
        for line in text.splitlines():
            parts = line.strip("# ").split()
            if len(parts) == 2:
                self.vendored.setdefault(parts[0], f"{base}/{parts[0]}")

    def _folder(self, name: str) -> str | None:
        replaced = self.replacements.get(name, name)
        if replaced == name and name in self.vendored:
            return self.vendored[name]
        folder = clean(f"{self.themes_dir}/{replaced}") if not replaced.startswith("/") else replaced
        if folder.startswith(("..", "/")):
            reason = f"its folder {folder} lies outside the site"
        elif self.tree.files(folder):
            return folder
        else:
            reason = f"it is not in {folder}" + (
                "" if replaced != name or "." not in name else " nor in _vendor"
            )
        if self.elsewhere is not None and (found := self.elsewhere(name)) is not None:
            return found
        what = "module" if "." in name.partition("/")[0] else "theme"
        self.missing.append(MissingPart(what, name, reason))
        return None

    def _mounts(
        self, name: str, folder: str, entry: Mapping[str, Any], raw: Mapping[str, Any]
    ) -> tuple[Mount, ...]:
        listed = tuple(mounts_of(entry.get("mounts"), folder, name))
        listed = listed or tuple(mounts_of(to_map(raw.get("module")).get("mounts"), folder, name))
        if listed:
            return listed
        return tuple(
            Mount(f"{folder}/{part}", part, module=name)
            for part in COMPONENTS
            if self.tree.files(f"{folder}/{part}")
        )


def mounts_of(value: Any, folder: str, module: str) -> Iterator[Mount]:
    """The mounts of a `mounts` list; those that lead out of the tree or nowhere are left out."""
    for entry in value if isinstance(value, list) else ():
        table = to_map(entry)
        source, target = to_string(table.get("source")), to_string(table.get("target"))
        path = clean(f"{folder}/{source}" if folder else source)
        if not source or not target or source.startswith("/") or path.startswith(".."):
            continue
        matrix = read_matrix(table.get("sites"))
        matrix = matrix._replace(languages=matrix.languages + to_strings_whole(table.get("lang")))
        complements = read_matrix(table.get("sites"), "complements")
        files = (
            *to_strings_whole(table.get("files")),
            *to_strings_whole(table.get("includefiles")),
            *(f"! {pattern}" for pattern in to_strings_whole(table.get("excludefiles"))),
        )
        if clean(target).partition("/")[0] in COMPONENTS:
            source = "" if path == "." else path
            yield Mount(source, clean(target), matrix, complements, files, module)


def _imports(config: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    listed = to_map(config.get("module")).get("imports")
    for entry in listed if isinstance(listed, list) else ():
        yield to_map(entry)
    for theme in to_strings_whole(config.get("theme")):
        yield {"path": theme}


def _replacements(project: Mapping[str, Any]) -> Mapping[str, str]:
    """`module.replacements`: old path -> folder relative to the themes folder."""
    listed = to_strings_whole(to_map(project.get("module")).get("replacements"))
    pairs = (item.partition("->") for text in listed for item in text.split(","))
    return {old.strip(): new.strip() for old, arrow, new in pairs if arrow}
