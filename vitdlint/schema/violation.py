"""What a schema finds wrong."""

from __future__ import annotations

from typing import NamedTuple

from ..frontmatter.block import Pointer

UNKNOWN_KEY = "unknown-key"
"""The keyword of what `Schema.asks` says about a key that the schema shuts out."""
CLOSED = frozenset({"additionalProperties", "unevaluatedProperties"})
"""The keywords by which a schema shuts keys out."""


class Violation(NamedTuple):
    """One thing in the data that the schema does not allow."""

    pointer: Pointer
    """Keys as written; where a key is missing, the mapping that lacks it."""
    key: bool
    """Whether the key rather than the value is at fault."""
    message: str
    help: str | None
    keyword: str
    """The keyword of the schema that says so: required, type, format…"""
