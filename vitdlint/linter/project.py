"""Read all that configures a site: Hugo's configuration, ours, schemas and plug-ins."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..core.errors import ConfigError
from ..files.find_site import Located, shown
from ..files.tree import DiskTree
from ..hugo.config import HugoConfig, HugoConfigError
from ..hugo.config import load as load_hugo
from ..rules import ALL
from ..schema import Schema, SchemaError, shipped
from ..schema import load as load_schema
from . import config as configuration
from .config import Config


class Project(NamedTuple):
    """A site on disk with its configuration."""

    located: Located
    hugo: HugoConfig
    config: Config
    schemas: tuple[tuple[str, Schema], ...]
    files: tuple[Path, ...]
    """The configuration file with all that it names: schemas and plug-ins."""
    notes: tuple[str, ...] = ()


def open_project(
    located: Located,
    *,
    overrides: Mapping[str, Any] | None = None,
    plugins: bool = True,
    environment: str = "production",
) -> Project:
    """The configuration of a site. Raises ConfigError."""
    try:
        hugo = load_hugo(located.tree, environment)
    except HugoConfigError as error:
        raise ConfigError([error.shown_as(shown(located.root / error.path))]) from error
    config = configuration.load(located.config, ALL, overrides or {}, plugins=plugins)
    notes = (f"plug-ins: {', '.join(config.keys.plugins)}",) if config.keys.plugins and plugins else ()
    schemas = [choice.use for choice in config.keys.schema] if config.folder else []
    files = [*(Path(config.folder, name) for name in schemas), *(f for p in config.plugins for f in p.files)]
    if located.config is not None:
        files.append(located.config)
    return Project(located, hugo, config, schemas_of(config), tuple(files), notes)


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
                problems.append(error.shown_as(shown(Path(config.folder, error.path))))
                continue
        chosen.append((choice.pages, loaded[choice.use]))
    if problems:
        raise ConfigError(problems)
    return (*chosen, ("*", shipped()))
