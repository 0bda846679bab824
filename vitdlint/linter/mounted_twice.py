"""Content files that Hugo sees at several places: two mounts of one folder, or a folder and its parent."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..hugo.files import ContentFile
from ..page.page import Facts
from ..schema import Schema


def each_once(
    files: Iterable[ContentFile], schema_for: Callable[[str], Schema | None]
) -> Iterable[ContentFile]:
    """Each file once for each of its schemas: to the rules of pages all its places are the same page."""
    return {(file.path, schema_for(file.virtual)): file for file in files}.values()


def merged(facts: Iterable[Facts]) -> dict[str, Facts]:
    """The facts of each page by path; of one with several schemas with what all of them ask about."""
    found: dict[str, Facts] = {}
    for own in facts:
        known = found.get(own.path)
        values = own.values if known is None else tuple(dict.fromkeys((*known.values, *own.values)))
        found[own.path] = own if values is own.values else own._replace(values=values)
    return found


def names_of(files: Iterable[ContentFile]) -> dict[str, tuple[str, ...]]:
    """The paths of each file below the content folder."""
    found: dict[str, tuple[str, ...]] = {}
    for file in files:
        known = found.get(file.path, ())
        found[file.path] = known if file.virtual in known else (*known, file.virtual)
    return found
