"""Which pages of a site are translations of one another, and how complete its sections are in each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..hugo.publication import Output
from .addresses import Addresses

_WRITTEN = frozenset({"published", "draft", "future", "expired"})


class Section(NamedTuple):
    """The regular pages of a first folder, in one version and role of a site."""

    name: str
    """'' for pages that lie in none."""
    pages: tuple[Mapping[str, Output], ...]
    """Each page by its languages, those that are not published yet too; in the order of their paths."""

    def share(self, language: str) -> float:
        """How many of its pages are in a language, from 0 to 1."""
        return sum(language in page for page in self.pages) / len(self.pages)


def sections(addresses: Addresses) -> Iterator[Section]:
    """All of them, by name. Pages belong together by their logical path or by a `translationKey`."""
    found: dict[tuple[str, ...], dict[object, dict[str, Output]]] = {}
    places: dict[tuple[object, ...], tuple[str, ...]] = {}
    for page in addresses.publication.outputs:
        if page.kind == "page" and page.path is not None and page.state in _WRITTEN:
            _, *variant = page.site
            folder = page.logical[1:].rpartition("/")[0].partition("/")[0]
            identity = addresses.tied.get((page.site, page.logical), page.logical)
            # Translations may lie in folders of other names: the first one decides.
            place = places.setdefault((identity, *variant), (folder, *variant))
            found.setdefault(place, {}).setdefault(identity, {}).setdefault(page.language, page)
    for key in sorted(found):
        yield Section(
            key[0], tuple(sorted(found[key].values(), key=lambda p: next(iter(p.values())).logical))
        )
