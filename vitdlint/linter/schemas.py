"""The schemas that a configuration names: for the front matter of pages, and for the calls of shortcodes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ..core.errors import ConfigError
from ..core.options import Way
from ..files.find_site import shown
from ..files.tree import DiskTree
from ..schema import Schema, SchemaError, load, shipped
from .config import Config

Read = Callable[[str], bytes]
"""The bytes of a file by its path, relative to some folder."""


class Schemas(NamedTuple):
    """All of a site."""

    pages: tuple[tuple[str, Schema], ...]
    """Globs below the content folder; the first match wins, and the last is for all pages."""
    shortcodes: tuple[tuple[str, Schema], ...] = ()
    """By lower-case name."""
    files: tuple[Path, ...] = ()
    """What they were read from."""


def schemas_of(config: Config, root: Path) -> Schemas:
    """The schemas, with the shipped one for all pages that the configuration names none for. Raises ConfigError."""
    loaded: dict[tuple[Path, str, bool], Schema] = {}
    problems: list[str] = []

    def read(way: Way, use: str, *, for_calls: bool = False) -> Schema:
        folder = config.layers.folder(way, root).resolve()
        key = (folder, use, for_calls)
        if key not in loaded:
            loaded[key] = shipped()
            try:
                loaded[key] = load(use, DiskTree(folder).read, for_calls=for_calls)
            except SchemaError as error:
                problems.append(error.shown_as(shown(Path(folder, error.path))))
        return loaded[key]

    found = _schemas(config, read)
    if problems:
        raise ConfigError(problems)
    files = (Path(folder, file) for (folder, _, _), schema in loaded.items() for file in schema.files)
    return found._replace(files=tuple(dict.fromkeys(files)))


def schemas_in(config: Config, read: Read) -> Schemas:
    """The same of files in memory. Raises SchemaError."""
    return _schemas(config, lambda _way, use, for_calls=False: load(use, read, for_calls=for_calls))


def _schemas(config: Config, read: Callable[..., Schema]) -> Schemas:
    keys = config.keys
    pages = (
        (choice.pages, shipped() if choice.use == "page" else read(("schema", i), choice.use))
        for i, choice in enumerate(keys.schema)
    )
    shortcodes = (
        (name.lower(), read(("shortcodes", name, "schema"), use.schema, for_calls=True))
        for name, use in keys.shortcodes.items()
        if use.schema
    )
    return Schemas((*pages, ("*", shipped())), tuple(sorted(shortcodes)))
