"""The text of `vitdlint.toml` or of `pyproject.toml`: its table, and what is wrong in it with line, column and excerpt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..core.errors import ConfigError, PlacedError
from ..core.options import Problem, Way
from ..files.find_site import shown
from ..files.regular import regular
from ..frontmatter.block import Place
from ..frontmatter.document import document
from ..frontmatter.places import places


class ConfigFile:
    """A configuration file, read, or the text of one. Raises ConfigError where it is not TOML."""

    def __init__(self, path: Path, text: str | None = None) -> None:
        self.path = path
        try:
            if text is None:
                text = regular(path).read_bytes().decode("utf-8-sig", "surrogateescape")
            self.text = text
        except OSError as error:
            raise ConfigError([f"{shown(path)}: cannot be read: {error.strerror}"]) from error
        self._front = document("vitdlint.toml", self.text)
        if self._front.problems:
            raise ConfigError([self._shown(p.start, p.end, p.words) for p in self._front.problems])
        self._prefix: Way = ("tool", "vitdlint") if path.name == "pyproject.toml" else ()

    @property
    def table(self) -> Any:
        """All that is about vitdlint; a table, unless it has errors."""
        table: Any = self._front.data
        for name in self._prefix:
            table = table.get(name, {}) if isinstance(table, Mapping) else table
        return table

    def place(self, way: Way) -> Place | None:
        """Where a value of the table is."""
        return places(self._front).get((*self._prefix, *way))

    def placed(self, problems: Iterable[Problem]) -> list[str]:
        """Each error with the line and column of its key or value, and the line itself under it."""
        return [self._placed(*problem) for problem in problems]

    def _placed(self, way: Way, message: str, key: bool) -> str:
        full, where = (*self._prefix, *way), places(self._front)
        while full and full not in where:
            full = full[:-1]
        if not full:
            return f"{shown(self.path)}: {message}"
        return self._shown(*where[full].span(key=key), message)

    def _shown(self, start: int, end: int, message: str) -> str:
        return str(PlacedError.in_text(shown(self.path), self.text, start, end, message))
