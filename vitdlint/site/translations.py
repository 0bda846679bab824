"""Which pages of a site are translations of one another, and how complete its sections are in each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..hugo.cast import to_string
from ..hugo.publication import Output
from .site import Site

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


def sections(site: Site) -> Iterator[Section]:
    """All of them, by name. Pages belong together by their logical path or by a `translationKey`, drafts too."""
    outputs = site.addresses.publication.outputs
    pages = [p for p in outputs if p.kind == "page" and p.path is not None and p.state in _WRITTEN]
    keys = [_key(site, page) for page in pages]
    shared = {key for key, count in Counter(keys).items() if key and count > 1}
    found: dict[tuple[str, ...], dict[tuple[str, str], dict[str, Output]]] = {}
    places: dict[tuple[object, ...], tuple[str, ...]] = {}
    for page, key in zip(pages, keys, strict=True):
        _, *variant = page.site
        folder = page.logical[1:].rpartition("/")[0].partition("/")[0]
        identity = ("key", key) if key in shared else ("path", page.logical)
        # Translations may lie in folders of other names: the first one decides.
        place = places.setdefault((identity, *variant), (folder, *variant))
        found.setdefault(place, {}).setdefault(identity, {}).setdefault(page.language, page)
    for place in sorted(found):
        yield Section(
            place[0], tuple(sorted(found[place].values(), key=lambda p: next(iter(p.values())).logical))
        )


def _key(site: Site, page: Output) -> str:
    facts = site.facts(page)
    return "" if facts is None else to_string(facts.front.get("translationkey"))
