"""The examples of the rules as shapes: what is wrong on a page, again and again."""

from __future__ import annotations

from collections.abc import Iterator

from vitdlint.core.rule import Bad
from vitdlint.rules import ALL

from .shapes import Files, Shape

PAGE = "content/posts/page.md"
_ENDS = {"---": "\n---\n", "+++": "\n+++\n"}


def example_shapes() -> Iterator[Shape]:
    """A shape of each example that is one page with a body."""
    for rule in ALL:
        for number, example in enumerate(rule.examples, 1):
            if not isinstance(example, Bad) or len(example.tree) != 1:
                continue
            text = next(iter(example.tree.values()))
            end = _ENDS.get(text[:3])
            front, _, body = text[3:].partition(end) if end else ("", "", text)
            if body.strip():
                start = f"{text[:3]}{front}{end}" if end else ""
                yield Shape(f"example {rule.name} {number}", 40, _repeated(start, body))


def _repeated(start: str, body: str):
    def make(n: int) -> Files:
        return {PAGE: start + f"{body}\n" * n}

    return make
