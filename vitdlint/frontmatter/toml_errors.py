"""What a person should hear when a TOML block does not parse."""

from __future__ import annotations

from .block import Problem


def explain(source: str, start: int, content: int, error: Exception) -> tuple[Problem, ...]:
    """The problems of a block that tomllib refuses."""
    return (Problem("syntax", start, start + 3, "the TOML is not well-formed"),)
