"""From schema files to a Schema."""

from __future__ import annotations

from collections.abc import Callable

from .schema import Schema


class SchemaError(Exception):
    """A schema that cannot be used: where, and why."""

    def __init__(self, path: str, line: int, column: int, message: str) -> None:
        super().__init__(f"{path}:{line}:{column}: {message}")
        self.path, self.line, self.column, self.message = path, line, column, message


def load(path: str, read: Callable[[str], str]) -> Schema:
    """The schema in a file; `read` gives the text of a path relative to the site's root."""
    return Schema(path, read(path), "")
