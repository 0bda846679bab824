"""What several messages say in the same words."""

from __future__ import annotations


def cut(text: str, most: int) -> str:
    """A text of at most so many characters; three dots replace what is left out."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def all_of(count: int) -> str:
    """How a list of so many items is named: it, or all 3 items."""
    return "it" if count == 1 else f"all {count} items"


def and_more(count: int) -> str:
    """What follows a finding that represents `count` of its kind: "" for one."""
    return f" (and {count - 1} more on this page)" if count > 1 else ""


WHEN_RENDERED = {
    **dict.fromkeys(("draft", "future", "expired"), " once this page is published"),
    **dict.fromkeys(("resource", "headless"), " where a layout shows this page"),
}
"""By the state of a page: what fails only where the page is rendered, fails then."""

WHY_UNPUBLISHED = {
    "draft": "is a draft",
    "future": "is published only later",
    "expired": "has expired",
    "headless": "is headless",
    "not-rendered": "is not rendered (`build`, or it has no template)",
}
"""By the state of a page: why readers do not find it."""


def size_of(count: int) -> str:
    """So many bytes, as people say it: 850 bytes, 12 kB, 1.4 MB."""
    if count < 1_000:
        return f"{count} byte{'s' if count != 1 else ''}"
    return f"{count / 1_000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
