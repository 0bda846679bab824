"""Find the site that some paths belong to, and read all that configures it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import config as configuration
from .config import Config, ConfigError
from .hugo.config import HugoConfig, HugoConfigError
from .hugo.config import load as load_hugo
from .rules import ALL
from .schema import Schema, SchemaError, shipped
from .schema import load as load_schema
from .tree import DiskTree, OverlayTree, Tree

EXTENSIONS = ("toml", "yaml", "yml", "json")


class UsageError(Exception):
    """The command line asks for something that cannot be: exit code 2."""


@dataclass(frozen=True)
class Project:
    """A site on disk with its configuration."""

    root: Path
    tree: Tree
    hugo: HugoConfig
    config: Config
    schemas: tuple[tuple[str, Schema], ...]
    notes: tuple[str, ...] = ()


def open_project(
    paths: Sequence[Path],
    *,
    config_file: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    plugins: bool = True,
    environment: str = "production",
) -> Project:
    """The site of these paths (none: the one found from here upwards). Raises UsageError or ConfigError."""
    notes: list[str] = []
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageError(f"{path}: there is no such file or folder")
    starts = list(paths) or [Path.cwd()]
    found = {site_root(path.absolute()) for path in starts}
    if len(found) > 1:
        names = " and ".join(sorted(str(r) for r in found))
        raise UsageError(f"these paths belong to different sites ({names}); check one at a time")
    root = found.pop()
    content = "content"
    if root is None:
        root, content = _guess(starts[0].absolute())
        notes.append(f"no Hugo configuration at or above {starts[0]}: Hugo's defaults are assumed")
    tree: Tree = DiskTree(root)
    if content != "content":
        tree = OverlayTree(tree, {"hugo.toml": f"contentDir = {json.dumps(content)}\n".encode()})
    try:
        hugo = load_hugo(tree, environment)
    except HugoConfigError as error:
        raise ConfigError(
            [f"{_shown(root / error.path)}:{error.line}:{error.column}: {error.message}"]
        ) from error
    if not any(tree.files(mount.source) for mount in hugo.mounted("content")) and not paths:
        raise UsageError(
            f"{_shown(root)}: no content folder with a file here; name one, or go to a Hugo site"
        )
    file = config_file or configuration.find(root)
    if config_file is not None and not config_file.is_file():
        raise UsageError(f"{config_file}: there is no such file")
    config = configuration.load(file, ALL, overrides or {}, plugins=plugins)
    if config.keys.plugins and plugins:
        notes.append(f"plug-ins: {', '.join(config.keys.plugins)}")
    return Project(root, tree, hugo, config, schemas_of(config), tuple(notes))


def schemas_of(config: Config) -> tuple[tuple[str, Schema], ...]:
    """The schemas that the configuration names, then the shipped one for all other pages."""
    chosen: list[tuple[str, Schema]] = []
    loaded: dict[str, Schema] = {}
    problems: list[str] = []
    tree = DiskTree(config.folder) if config.folder else None
    for choice in config.keys.schema:
        if choice.use not in loaded:
            try:
                if choice.use == "page":
                    loaded[choice.use] = shipped()
                elif tree is not None:
                    loaded[choice.use] = load_schema(choice.use, tree.read)
            except SchemaError as error:
                problems.append(
                    f"{_shown(Path(config.folder, error.path))}:{error.line}:{error.column}: {error.message}"
                )
                continue
        chosen.append((choice.pages, loaded[choice.use]))
    if problems:
        raise ConfigError(problems)
    return (*chosen, ("*", shipped()))


def site_root(path: Path) -> Path | None:
    """The nearest folder at or above a path that holds Hugo's configuration."""
    for folder in (path, *path.parents):
        if (
            any((folder / f"hugo.{e}").is_file() for e in EXTENSIONS)
            or (folder / "config" / "_default").is_dir()
        ):
            return folder
        # The old name is common to many programs: it counts only where there is content beside it.
        if any((folder / f"config.{e}").is_file() for e in EXTENSIONS) and (folder / "content").is_dir():
            return folder
    return None


def _guess(path: Path) -> tuple[Path, str]:
    """Root and content folder where nothing configures Hugo: a folder named `content`, or the folder itself."""
    for folder in (path, *path.parents):
        if folder.name == "content":
            return folder.parent, "content"
    if (path / "content").is_dir():
        return path, "content"
    folder = path if path.is_dir() else path.parent
    return folder.parent, folder.name


def _shown(path: Path) -> str:
    """A path as a person would type it here."""
    try:
        return str(path.relative_to(Path.cwd())) or "."
    except ValueError:
        return str(path)
