"""Which sites each page is for, by its mount, its name, its front matter and what is handed down to it (Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .cascade import Cascade, read_cascade
from .config import HugoConfig
from .files import ContentFile
from .names import logical
from .node import Node, ParsedPage, lowered
from .space import NO_MATRIX, NO_NAMES, Matrix, Names, SiteKey, completed, read_matrix

_SAYS = frozenset({"sites", "cascade"})


class Placement:
    """The files with the sites that they are for in the end, and the cascades."""

    def __init__(
        self, config: HugoConfig, listed: tuple[ContentFile, ...], pages: Mapping[str, ParsedPage]
    ) -> None:
        self.files = listed
        self.fronts = {path: lowered(page.front.data) for path, page in pages.items()}
        """The front matter of each file by lower-case key."""
        self._config = config
        self._space = config.space
        self._top: tuple[Cascade, ...] = ()
        for language in config.languages:
            found = read_cascade(list(language.cascade), config.space)
            self._top += tuple(c for c in found if c not in self._top)
        self._own: dict[ContentFile, tuple[Cascade, ...]] = {}
        """The cascades of a file."""
        self._at: dict[str, tuple[Cascade, ...]] = {}
        """Those of all files of a logical path, where one of them has any."""
        self._known: dict[str, tuple[Cascade, ...]] = {}
        self.moves = any(map(_moves, self._top))
        """Whether a cascade says which sites pages are for."""
        says = {path for path, front in self.fronts.items() if not _SAYS.isdisjoint(front)}
        if self.moves or says:
            self.files = self._placed(says)

    def handed_down(self, node: Node) -> tuple[Cascade, ...]:
        """What the page's own file, and the folders above it, hand down to it; the nearest first."""
        above = self._inherited(node.base)
        if self._own and node.source is not None and "cascade" in node.own:
            return self._own[node.source] + above
        return above

    def made_by_hugo(self, kind: str, base: str, sites: tuple[SiteKey, ...]) -> tuple[SiteKey, ...]:
        """The sites of a section, taxonomy or term without a file that Hugo makes for these sites."""
        if not self.moves:
            return sites
        return self._sites(kind, base, NO_MATRIX, sites, NO_MATRIX, NO_NAMES)[0]

    def _inherited(self, base: str) -> tuple[Cascade, ...]:
        """What a page gets from above; the configuration's cascades at the end, or for the home page alone."""
        return self._below(base.rpartition("/")[0]) if base and self._at else self._top

    def _below(self, base: str) -> tuple[Cascade, ...]:
        """What a page hands down to those below it."""
        known = self._known.get(base)
        if known is None:
            above = self._below(base.rpartition("/")[0]) if base else self._top
            known = self._known[base] = self._at.get(base, ()) + above
        return known

    def _placed(self, says: set[str]) -> tuple[ContentFile, ...]:
        """Pages from the top down, as the sites of each one decide what it hands down."""
        found = list(self.files)
        groups: dict[str, list[int]] = {}
        for number, file in enumerate(found):
            if file.is_page:
                groups.setdefault(file.base, []).append(number)
        for base in sorted(groups):
            for number in groups[base]:
                file = found[number]
                front = self.fronts[file.path] if file.path in says else {}
                found[number] = file = self._with_sites(file, front)
                if "cascade" in front:
                    own = read_cascade(front["cascade"], self._space, file.sites)
                    self._own[file] = own
                    self.moves = self.moves or any(map(_moves, own))
            files = [found[number] for number in groups[base] if found[number].kind != "resource"]
            if any(file in self._own for file in files):
                self._at[base] = tuple(self._handed(files))
        return tuple(found)

    def _handed(self, rivals: list[ContentFile]) -> Iterator[Cascade]:
        """The cascades of those files of one logical path that are its page in a site."""
        winners: dict[SiteKey, ContentFile] = {}
        for file in rivals:
            for key in file.sites:
                known = winners.setdefault(key, file)
                if is_heavier(file, known):
                    winners[key] = file
        for file in rivals:
            if any(winner is file for winner in winners.values()):
                yield from self._own.get(file, ())

    def _with_sites(self, file: ContentFile, front: Mapping[str, object]) -> ContentFile:
        own = front.get("sites")
        if own is None and not self.moves:
            return file
        sites, complements = self._sites(
            kind_of(self._config, file),
            file.base,
            read_matrix(own),
            file.sites,
            read_matrix(own, "complements"),
            file.complements,
        )
        return file._replace(sites=sites, complements=complements)

    def _sites(
        self,
        kind: str,
        base: str,
        matrix: Matrix,
        sites: tuple[SiteKey, ...],
        complements: Matrix,
        mounted: Names,
    ) -> tuple[tuple[SiteKey, ...], Names]:
        """The sites of a page, and its complements: cascades for all sites come first, then those for its own."""
        environment = self._config.environment
        cascades = [c for c in self._inherited(base) if c.matches(kind, base, environment)]
        for cascade in cascades:
            if cascade.sites is None:
                matrix = matrix.completed(cascade.matrix)
                complements = complements.completed(cascade.complements)
        found = self._space.of_page(matrix, sites) if matrix != NO_MATRIX else sites
        before = matrix
        for cascade in cascades:
            if cascade.sites is not None and not cascade.sites.isdisjoint(found):
                matrix = matrix.completed(cascade.matrix)
                complements = complements.completed(cascade.complements)
        if matrix != before:
            found = self._space.of_page(matrix, sites)
        if complements == NO_MATRIX:
            return found, mounted
        return found, completed(self._space.matching(complements), mounted)


def _moves(cascade: Cascade) -> bool:
    return cascade.matrix != NO_MATRIX or cascade.complements != NO_MATRIX


def is_heavier(file: ContentFile, other: ContentFile) -> bool:
    """Whether Hugo takes a file rather than another one of the same logical path; a bundle where it leaves that to chance."""
    return (file.weight, file.kind in _BUNDLES) > (other.weight, other.kind in _BUNDLES)


_BUNDLES = frozenset({"leaf", "branch"})


def kind_of(config: HugoConfig, file: ContentFile) -> str:
    """The kind of page that a file makes: home, section, page, taxonomy or term."""
    if not file.base:
        return "home"
    return branch_kind(config, file.base) if file.kind == "branch" else "page"


def branch_kind(config: HugoConfig, base: str) -> str:
    """A section, unless its path begins like that of a taxonomy (`/tags-old` does, too: Hugo compares text)."""
    for plural in plurals(config):
        key = taxonomy_key(plural)
        if base.startswith(key):
            return "taxonomy" if base == key else "term"
    return "section"


def plurals(config: HugoConfig) -> Iterable[str]:
    """The taxonomies of all languages."""
    return dict.fromkeys(plural for language in config.languages for plural in language.taxonomies)


def taxonomy_key(plural: str) -> str:
    """The logical path of a taxonomy."""
    return "/" + logical(plural.strip("/"))
