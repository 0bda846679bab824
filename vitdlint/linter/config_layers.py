"""Where the configuration comes from: the file, the files that it extends, and the command line, joined into one table.

Later layers win: what a file extends, the file, `--config KEY=VALUE`, other options. Tables are joined key by key;
lists at the top level add up from file to file (not `select`); anything else replaces what was there. Nothing is
checked here: see `config.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..core.errors import ConfigError
from ..core.toml import TomlError, parse_toml
from ..files.find_site import Given, Located, shown
from ..files.regular import regular

if TYPE_CHECKING:
    from ..core.options import Problem, Way
    from .config_file import ConfigFile

_FIRST_WINS = ("schema", "redirects")
"""Lists of which the first entry that matches wins: a file's own come before those of what it extends."""
_WHOLE = ("select", "extends")
"""Lists that are replaced, not added to."""


class Layer(NamedTuple):
    """One file, or one option of the command line."""

    table: Any
    """A mapping, unless it has errors."""
    given: Given | None = None
    """None for a file."""
    path: Path = Path()
    """The file."""

    def opened(self) -> ConfigFile:
        """The text, for the places of what is wrong in it."""
        from .config_file import ConfigFile  # a run that is recalled shows no place

        return ConfigFile(self.path) if self.given is None else ConfigFile(Path("--config"), self.given.text)


class Origin(NamedTuple):
    """Where a value was set: in a layer, and how it is reached there."""

    layer: Layer
    way: Way

    def __str__(self) -> str:
        """As people read it: `vitdlint.toml:3`, or the option."""
        given = self.layer.given
        if given is not None:
            return f"{given.option} {given.text}".rstrip()
        file = self.layer.opened()
        place = file.place(self.way)
        line = f":{file.text.count(chr(10), 0, place.start) + 1}" if place is not None else ""
        return f"{shown(self.layer.path)}{line}"


class Layers(NamedTuple):
    """All of them, joined."""

    table: Any
    origins: Mapping[Way, Origin]
    files: tuple[Path, ...]
    """Every file that was read, the one that extends the others last."""

    def origin(self, way: Way) -> Origin | None:
        """Where a value, or what holds it, was set; None for a default."""
        for end in range(len(way), 0, -1):
            if (found := self.origins.get(way[:end])) is not None:
                return Origin(found.layer, (*found.way, *way[end:]))
        return None

    def folder(self, way: Way, default: Path) -> Path:
        """What a path in the configuration is relative to: the folder of its file; `default` where there is no file.

        One of the command line is relative to the current folder.
        """
        origin = self.origin(way)
        if origin is None:
            return self.files[-1].parent if self.files else default
        return Path() if origin.layer.given is not None else origin.layer.path.parent

    def placed(self, problems: Iterable[Problem]) -> list[str]:
        """Each error where it was made: with its line in a file, or after its option."""
        said = []
        for problem in problems:
            origin = self.origin(problem.way)
            layer = origin.layer if origin is not None else None
            if layer is None and self.files:
                said.append(f"{shown(self.files[-1])}: {problem.message}")
            elif layer is None or (layer.given is not None and not layer.given.option):
                said.append(problem.message)
            elif origin is not None and layer.given is not None and not layer.given.text:
                said.append(f"{layer.given.option}: {problem.message}")
            elif origin is not None:
                said += layer.opened().placed([problem._replace(way=origin.way)])
        return said


def layers_of(located: Located) -> Layers:
    """The configuration of a site. Raises ConfigError for a file that cannot be read or extended."""
    given = [Layer(given.table, given) for given in located.given]
    named = next((layer for layer in reversed(given) if "extends" in layer.table), None)
    if named is None:
        layers = [] if located.config is None else list(_chain(located.config, (), set()))
    else:  # instead of what the file extends
        own = [] if located.config is None else [Layer(_table(located.config), path=located.config)]
        layers = [*_extended(named, Path(), (), set()), *own]
    return joined([*layers, *given])


def baseline_file(located: Located, named: Path | None) -> Path | None:
    """The file of the baseline: the one that the command line names, else that of the configuration, if any."""
    if named is not None or (located.config is None and not located.given):
        return named
    layers = layers_of(located)
    name = layers.table.get("baseline") if isinstance(layers.table, Mapping) else None
    # What is no string is reported when the configuration is read as a whole.
    return layers.folder(("baseline",), located.root) / name if name and isinstance(name, str) else None


def joined(layers: Sequence[Layer]) -> Layers:
    """One table of several."""
    table: Any = {}
    origins: dict[Way, Origin] = {}
    for layer in layers:
        if isinstance(layer.table, Mapping):
            _join(table, origins, layer, layer.table, ())
        else:
            table = layer.table  # an error, which is reported as one
    return Layers(table, origins, tuple(layer.path for layer in layers if layer.given is None))


def _join(
    into: dict[str, Any], origins: dict[Way, Origin], layer: Layer, table: Mapping[str, Any], way: Way
) -> None:
    for key, value in table.items():
        at: Way = (*way, key)
        old: Any = into.get(key)
        if isinstance(value, Mapping):
            inner = old if isinstance(old, dict) else {}
            if inner is not old:
                _forget(origins, at)
                into[key] = inner
            origins.setdefault(at, Origin(layer, at))
            _join(inner, origins, layer, value, at)
        elif not way and key not in _WHOLE and _adds(layer, value, old):
            first, second = (value, old) if key in _FIRST_WINS else (old, value)
            were = [origins.get((*at, i), Origin(origins[at].layer, (*at, i))) for i in range(len(old))]
            own = [Origin(layer, (*at, i)) for i in range(len(value))]
            into[key] = [*first, *second]
            ordered = [*own, *were] if key in _FIRST_WINS else [*were, *own]
            origins.update(((*at, i), origin) for i, origin in enumerate(ordered))
            origins[at] = Origin(layer, at)
        else:
            _forget(origins, at)
            into[key] = value
            origins[at] = Origin(layer, at)


def _adds(layer: Layer, value: Any, old: Any) -> bool:
    lists = isinstance(value, list | tuple) and isinstance(old, list | tuple)
    return lists and (layer.given is None or layer.given.adds)


def _forget(origins: dict[Way, Origin], way: Way) -> None:
    """A value is replaced, and all that was in it."""
    for other in [other for other in origins if other[: len(way)] == way]:
        del origins[other]


def _chain(path: Path, above: tuple[Path, ...], read: set[Path]) -> Iterator[Layer]:
    """The files that a file extends, each after those that it extends itself, then the file; each one once."""
    layer = Layer(_table(path), path=path)
    read.add(path.resolve())
    yield from _extended(layer, path.parent, (*above, path.resolve()), read)
    yield layer


def _extended(layer: Layer, folder: Path, trail: tuple[Path, ...], read: set[Path]) -> Iterator[Layer]:
    """What a layer extends; paths are relative to `folder`, and `trail` are the files that led here."""
    extends = layer.table.get("extends") if isinstance(layer.table, Mapping) else None
    names = extends if isinstance(extends, list) else [extends]
    for i, name in enumerate(names):
        if not isinstance(name, str):
            continue  # no key, or an error that is reported as one
        way: Way = ("extends", i) if isinstance(extends, list) else ("extends",)
        base = Path(os.path.normpath(folder / name))
        if base.resolve() in trail:
            files = " → ".join(shown(p) for p in (*trail[trail.index(base.resolve()) :], base.resolve()))
            raise _wrong(layer, way, f'"{name}" extends this file in turn ({files}); remove one "extends"')
        if not base.is_file():
            here = "this file" if layer.given is None else "the current folder"
            raise _wrong(layer, way, f'there is no file "{name}"; the path is relative to {here}')
        if base.resolve() not in read:
            yield from _chain(base, trail, read)


def _wrong(layer: Layer, way: Way, message: str) -> ConfigError:
    from ..core.options import Problem

    return ConfigError(layer.opened().placed([Problem(way, message)]))


def _table(path: Path) -> Any:
    """All that a file says about vitdlint. Raises ConfigError where it is not TOML."""
    try:
        table: Any = parse_toml(regular(path).read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, TomlError):
        from .config_file import ConfigFile  # with the place, in words

        return ConfigFile(path).table
    for name in ("tool", "vitdlint") if path.name == "pyproject.toml" else ():
        table = table.get(name, {}) if isinstance(table, Mapping) else table
    return table
