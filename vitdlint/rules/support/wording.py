"""What several messages say in the same words."""

from __future__ import annotations


def cut(text: str, most: int) -> str:
    """A text of at most so many characters; three dots replace what is left out."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def and_more(count: int) -> str:
    """What follows a finding that represents `count` of its kind: "" for one."""
    return f" (and {count - 1} more on this page)" if count > 1 else ""
