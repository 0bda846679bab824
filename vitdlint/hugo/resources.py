"""Files that Hugo copies: those of the static folders, and those beside the pages of a bundle (Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from typing import NamedTuple

from ..files.tree import Tree
from .cast import to_bool, to_map, to_string
from .config import HugoConfig
from .files import ContentFile, mounted_files
from .names import join
from .node import Node
from .route import Route
from .space import NO_MATRIX, SiteKey, Space


def static_files(config: HugoConfig, tree: Tree) -> Mapping[str, str | None]:
    """Output file -> source, for every static folder; the project wins over a theme, a later folder over an earlier."""
    found: dict[str, str | None] = {}
    own = [m for m in config.mounted("static") if not m.module]
    for mount in (*own, *(m for m in config.mounted("static") if m.module)):
        folders = [""]
        if config.multihost:
            languages = config.languages
            if mount.matrix != NO_MATRIX:
                names = config.space.languages.matching(mount.matrix.languages)
                languages = tuple(each for each in languages if each.name in names)
            folders = [f"{each.host_folder}/" for each in languages]
        for path, virtual in mounted_files(config, tree, mount):
            for folder in folders:
                found.setdefault(folder + virtual, path)
    return found


_NOT_NOW = frozenset({"draft", "future", "expired"})


class Resources(NamedTuple):
    """The files beside pages."""

    files: dict[str, str | None]
    """Output file -> source."""
    found: dict[tuple[SiteKey, str], str]
    """Site and logical path (`/posts/a/pic.png`) -> output file, as the page's own templates find it."""
    withheld: dict[str, str]
    """Output file -> source of the page that is not published yet (or any more) and that it will come with."""
    on_demand: dict[str, str]
    """Output file -> source, of pages that publish none of their files (`publishResources`) unless a template asks."""
    tied: tuple[tuple[tuple[SiteKey, str], ...], ...] = ()
    """See `Publication`."""


def resource_files(config: HugoConfig, routes: list[Route], listed: tuple[ContentFile, ...]) -> Resources:
    """What Hugo copies from beside the pages, all sites together.

    A file belongs to the page whose folder (or one above) it lies in. It is published below that page in its own
    site alone (the first of several, and the same for other roles if the page there is of the same file), and not at
    all if the page does not exist in it; pages of other languages share it, and so do those with the same
    `translationKey`. With a host for each language, or `duplicateResourceFiles`, each site gets a copy, a translated
    one where there is one.
    """
    groups: dict[str, list[ContentFile]] = {}
    for file in listed:
        if file.kind == "file" and file.sites:
            groups.setdefault(file.base, []).append(file)
    goldmark = to_map(to_map(config.raw.get("markup")).get("goldmark"))
    copies = config.multihost or to_bool(goldmark.get("duplicateresourcefiles"))
    bases = {base for route in routes for base in route.nodes}
    early = {base for route in routes for base, node in route.nodes.items() if not _late(node)}
    tied = _tied(routes)
    result = Resources({}, {}, {}, {}, tuple(tuple((s, base or "/") for s, base in pages) for pages in tied))
    sources: dict[str, str] = {}
    owned: dict[tuple[SiteKey, str], list[str]] = {}
    order = _Order(config.space)
    for base, files in groups.items():
        above = _owner(base, bases)
        # When Hugo hands out the files, sections and terms without a file of their own are not there yet.
        first = _owner(base, early)
        handed_out = first in early
        alive = {r.site.key for r in routes if (page := r.nodes.get(above)) is not None and not page.dropped}
        chosen = _handed_out(files, routes, first, order, copies=copies) if handed_out else {}
        shared: list[tuple[SiteKey, str]] = []
        publishers: list[SiteKey] = []
        outputs: dict[str, str] = {}
        in_site: dict[SiteKey, tuple[str, ContentFile]] = {}
        later: list[tuple[SiteKey, str]] = []
        for route in routes:
            owner = route.nodes.get(above)
            if owner is None:
                continue
            site = route.site.key
            if owner.state in _NOT_NOW and owner.source is not None:
                own = order.of_site(files, site, copies=copies)
                if own is not None and (output := _output(route, owner, own)):
                    result.withheld[output] = owner.source.path
                later.append((site, base))
            if owner.dropped:
                continue
            if owner.publishes_resources:
                publishers.append(site)
            one = chosen.get(site) if handed_out else _left(files, site, alive)
            output = "" if one is None else _output(route, owner, one)
            if one is None or not output:
                shared.append((site, base))
                continue
            outputs[output] = one.path
            in_site[site] = (output, one)
            result.found[site, base] = output
        if outputs:
            sources |= outputs
            for site, _ in (*shared, *later):
                if (nearest := order.nearest(site, in_site)) is not None:
                    result.found[site, base] = nearest
            for site in publishers:
                # A page publishes what it shares with another site, even where that one is not published.
                if (output := result.found.get((site, base), "")) in outputs:
                    result.files[output] = outputs[output]
            result.on_demand.update((o, path) for o, path in outputs.items() if o not in result.files)
            for site in config.space.sites if tied else ():
                if (site, base) in result.found:
                    owned.setdefault((site, above), []).append(base)
    for pages in tied:
        for output in _share(pages, owned, result.found):
            result.files.setdefault(output, sources[output])
    return result


def _handed_out(
    files: list[ContentFile], routes: list[Route], owner: str, order: _Order, *, copies: bool
) -> dict[SiteKey, ContentFile]:
    """The file that Hugo hands out to each of the pages that own it."""
    pages = {route.site.key: page for route in routes if not _late(page := route.nodes.get(owner))}
    found = {
        site: file
        for site in pages
        if (file := order.of_site(files, site, copies=copies, first=True)) is not None
    }
    for site, page in pages.items():
        if site not in found:
            # One page for several roles: each of them has the files of another.
            same = (s for s in found if s[:2] == site[:2] and _same(pages[s], page))
            if (other := next(same, None)) is not None:
                found[site] = found[other]
    return found


def _same(one: Node | None, other: Node | None) -> bool:
    """Whether two pages are of the same file (or of none)."""
    return one is not None and other is not None and one.source == other.source


def _left(files: list[ContentFile], site: SiteKey, owners: set[SiteKey]) -> ContentFile | None:
    """The file of a site where none has been handed out; one of several sites is published in the last that has a page."""
    own = next((f for f in files if site in f.sites), None)
    return own if own is not None and [key for key in own.sites if key in owners][-1] == site else None


def _output(route: Route, owner: Node, file: ContentFile) -> str:
    """The output file of a file beside a page; '' for a page without output formats."""
    forms = route.formats(owner)
    return join("/", route.target_paths(owner, forms[0]).resources, _below(file, owner))[1:] if forms else ""


_Tied = Mapping[tuple[SiteKey, str], Node]
"""By site and logical path, in the order of the sites."""


def _tied(routes: list[Route]) -> list[_Tied]:
    """The pages that a `translationKey` makes translations of one another."""
    found: dict[str, dict[tuple[SiteKey, str], Node]] = {}
    for route in routes:
        for base, node in sorted(route.nodes.items()):
            if "translationkey" in node.params and not node.dropped:
                key = to_string(node.params["translationkey"])
                found.setdefault(key, {})[route.site.key, base] = node
    return [pages for key, pages in found.items() if key and len(pages) > 1]


def _share(
    pages: _Tied, owned: Mapping[tuple[SiteKey, str], list[str]], found: dict[tuple[SiteKey, str], str]
) -> Iterator[str]:
    """Give each of these pages the files of the others; its own come first, then those of earlier sites.

    Yields those that are published so.
    """
    all_: dict[str, str] = {}
    for site, base in pages:
        for path in owned.get((site, base), ()):
            all_.setdefault(path[len(base) :], found[site, path])
    for (site, base), page in pages.items():
        for name, file in all_.items():
            own = found.setdefault((site, base + name), file)
            if page.publishes_resources:
                yield own


class _Order:
    """How near sites are to one another: by the first of language, version and role in which they differ."""

    def __init__(self, space: Space) -> None:
        dimensions = space[:3]
        self._places = {
            key: tuple(dim.values.index(name) for dim, name in zip(dimensions, key, strict=True))
            for key in space.sites
        }

    def of_site(
        self, files: list[ContentFile], site: SiteKey, *, copies: bool, first: bool = False
    ) -> ContentFile | None:
        """The file of that site (`first`: whose first site it is); the nearest one where each page gets a copy."""
        if not copies:
            own = (f for f in files if (f.sites[0] == site if first else site in f.sites))
            return next(own, None)
        rank = self._rank(site)
        shared = [f for f in files if site == f.sites[0] or _is_shared(f, site)]
        return min(shared, key=lambda f: rank(f.sites[0]), default=None)

    def nearest(self, site: SiteKey, others: Mapping[SiteKey, tuple[str, ContentFile]]) -> str | None:
        """The output of the nearest other site whose file is for that version and role."""
        rank = self._rank(site)
        shared = [key for key, (_, file) in others.items() if _is_shared(file, site)]
        return others[min(shared, key=rank)][0] if shared else None

    def _rank(self, site: SiteKey) -> Callable[[SiteKey], tuple[int, int]]:
        here = self._places[site]

        def rank(other: SiteKey) -> tuple[int, int]:
            apart = (a - b for a, b in zip(here, self._places[other], strict=True) if a != b)
            distance = next(apart, 0)
            return abs(distance), -distance

        return rank


def _is_shared(file: ContentFile, site: SiteKey) -> bool:
    """Whether a file of another language is for that version and role."""
    return file.is_listed(file.sites[0]._replace(version=site.version, role=site.role))


def _late(owner: Node | None) -> bool:
    """Whether Hugo makes a page only after the files have found their owners: all without a file but taxonomies."""
    return owner is None or (owner.source is None and owner.kind != "taxonomy")


def _owner(base: str, bases: Container[str]) -> str:
    base = base.rpartition("/")[0]
    while base and base not in bases:
        base = base.rpartition("/")[0]
    return base


def _below(file: ContentFile, owner: Node) -> str:
    """The file's path below its owner's folder; the whole path if the folder is spelt in another case."""
    return f"/{file.virtual}".removeprefix(f"{owner.shown}/")
