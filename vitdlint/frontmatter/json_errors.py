"""What a person should hear when a JSON block does not parse."""

from __future__ import annotations

from .block import Problem


def explain(text: str, start: int) -> tuple[Problem, int]:
    """The problem, and where the body begins."""
    return Problem("syntax", start, start + 1, "the JSON is not well-formed"), start
