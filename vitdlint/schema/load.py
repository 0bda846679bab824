"""From schema files to a Schema."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from .schema import Schema


class SchemaError(Exception):
    """A schema that cannot be used: where, and why."""

    def __init__(self, path: str, line: int, column: int, message: str) -> None:
        super().__init__(f"{path}:{line}:{column}: {message}")
        self.path, self.line, self.column, self.message = path, line, column, message


def load(path: str, read: Callable[[str], bytes]) -> Schema:
    """The schema in a file; `read` gives the bytes of a path relative to the configuration's folder."""
    return Schema(path, read(path).decode(), "")


@cache
def shipped() -> Schema:
    """The schema for every page that no other schema is for."""
    return Schema("page", "{}", "")
