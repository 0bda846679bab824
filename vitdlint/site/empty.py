"""Which published pages say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import dirname

from ..hugo.publication import Output, Publication

_FILLED_BY_LAYOUT = ("layout", "type", "build", "outputs")
"""Front matter that gives a page its content by other means than its body."""


def is_empty(page: Output, publication: Publication) -> bool:
    """Whether a regular page has an empty body and nothing else that could fill it."""
    facts = page.facts
    if page.kind != "page" or page.state != "published" or facts is None or not facts.blank:
        return False
    if facts.unreadable or facts.not_judged or facts.front.problems:
        return False
    if any(facts.front.get(key) is not None for key in _FILLED_BY_LAYOUT):
        return False
    return not (page.bundle == "leaf" and _has_resources(dirname(facts.path), publication.files))


def _has_resources(folder: str, files: Mapping[str, str | None]) -> bool:
    return any(source is not None and source.startswith(f"{folder}/") for source in files.values())
