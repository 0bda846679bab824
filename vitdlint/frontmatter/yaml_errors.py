"""What a person should hear when a YAML block does not parse."""

from __future__ import annotations

from typing import Any


def explain(content: str, error: Exception) -> tuple[int, int, str]:
    """Where in the content, from and to, and one sentence."""
    mark: Any = getattr(error, "problem_mark", None)
    index = min(mark.index, len(content)) if mark is not None else 0
    return index, min(index + 1, len(content)), "the YAML is not well-formed here"
