"""`check --show-settings` and `--show-files`: what a run would go by and report on, with nothing checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..core.errors import UsageError
from ..core.globs import matcher
from ..core.model import Exit
from ..core.options import Way, defaults, is_table, key_of
from ..core.terminal import say
from ..files.find_site import shown
from ..hugo.files import content_files
from ..linter.config import Config
from ..linter.project import Project, open_project
from .check_task import Task


def show_settings(task: Task) -> Exit:
    """Print every setting as TOML, each with its origin: a file and line, an option, or nothing but the default."""
    project = _project(task)
    config, version = project.config, project.hugo.version
    files = ", ".join(map(shown, config.layers.files)) or "no configuration file"
    say(f"# {shown(task.located.root)}: {files}")
    if task.options.baseline is not None:
        say(f"# baseline: {shown(task.options.baseline)} (--baseline)")
    say(f"# Hugo {version} ({version.origin or 'no file of the site names a version'})")
    for way, value in settings(config):
        name = ".".join(_key(str(step)) for step in way)
        say(f"{f'{name} = {toml(value)}':<56}  # {origin_of(config, way, value)}")
    names = [active.rule.name for active in config.active]
    say(f"# {len(names)} rules run: {', '.join(names)}")
    return Exit.CLEAN


def show_files(task: Task) -> Exit:
    """Print the files that a run would report on, one a line."""
    project = _project(task)
    excluded = matcher(project.config.keys.exclude)
    pages = [
        file for file in content_files(project.hugo, task.located.tree) if file.is_page and not file.module
    ]
    covered = {file.path: file for file in pages if task.covers(file.path)}
    if not covered:
        raise UsageError("no page of the site is there, so there is no file to show")
    named = [path for path, file in sorted(covered.items()) if not excluded(file.virtual)]
    say(*(shown(task.located.root / path) for path in named))
    left = len(covered) - len(named)
    task.note(f"{len(named):,} file{'s' * (len(named) != 1)}{f'; {left:,} excluded' if left else ''}")
    return Exit.CLEAN


def settings(config: Config) -> Iterator[tuple[Way, Any]]:
    """Every setting of a configuration, tables taken apart, the options of each rule that runs among them."""
    for name in defaults(config.keys):
        if name != "rules":
            yield from _apart((key_of(name),), getattr(config.keys, name))
    for active in config.active:
        yield from _apart(("rules", active.rule.name), active.options)


def _apart(way: Way, value: Any) -> Iterator[tuple[Way, Any]]:
    if is_table(value):
        for name in defaults(value):
            yield from _apart((*way, key_of(name)), getattr(value, name))
    elif isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _apart((*way, key), inner)
    elif value is not None:
        yield way, value


def origin_of(config: Config, way: Way, value: Any) -> str:
    """Where a setting was made; for a list that several files make, all of them."""
    holder: Any = config.layers.table
    for step in way:
        if not isinstance(holder, Mapping) or step not in holder:
            return "default"
        holder = holder[step]
    parts: list[Way] = [(*way, i) for i in range(len(value))] if isinstance(value, tuple) else []
    return ", ".join(dict.fromkeys(str(config.layers.origin(part)) for part in parts or [way]))


def toml(value: Any) -> str:
    """A value as TOML writes it on one line."""
    if is_table(value):
        value = {key_of(name): getattr(value, name) for name in defaults(value)}
    if isinstance(value, Mapping):
        pairs = (f"{_key(key)} = {toml(inner)}" for key, inner in value.items() if inner is not None)
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    if isinstance(value, tuple | list | frozenset):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else json.dumps(name, ensure_ascii=False)


def _project(task: Task) -> Project:
    settings = task.settings
    return open_project(task.located, plugins=settings.plugins, environment=settings.environment)
