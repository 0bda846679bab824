"""A schema that can judge front matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..frontmatter.block import Pointer


class Violation(NamedTuple):
    """One thing in the data that the schema does not allow."""

    pointer: Pointer
    """Keys as written; where the value is missing, its parent."""
    key: bool
    """Whether the key rather than the value is at fault."""
    message: str
    help: str | None
    keyword: str


@dataclass(frozen=True)
class Schema:
    """One schema file with all that it refers to. Cheap to pickle; compiled on first use in each process."""

    path: str
    """As the configuration names it."""
    text: str
    """The bundled schema as canonical JSON."""
    digest: str

    def problems(self, data: Mapping[str, Any]) -> list[Violation]:
        """What is wrong with a page's front matter."""
        return []

    def asks(self, data: Mapping[str, Any]) -> tuple[tuple[str, str, Pointer, str], ...]:
        """What only the site can answer: (keyword:scope, key, pointer, value) for x-unique and x-reference."""
        return ()
