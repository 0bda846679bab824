"""What Hugo writes that is nobody's page: sitemaps, 404.html, robots.txt, further pages of lists, redirects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .assemble import Assembled
from .cast import to_map
from .config import HugoConfig
from .language import join_names
from .layouts import Layouts
from .node import Node
from .route import Route
from .space import SiteKey

_MOST_PAGERS = 20_000
"""More pages of lists than this are not written down; no reader goes there."""


class Generated(NamedTuple):
    """Files, and pages that redirect."""

    files: dict[str, str | None]
    redirects: dict[str, str]


Counts = Mapping[tuple[SiteKey, str], int]
"""How many pages the list of a site and logical path could show."""


def generate(made: Assembled, layouts: Layouts, route: Route, counts: Counts) -> Generated:
    """What Hugo adds for one site."""
    files: dict[str, str | None] = {}
    redirects: dict[str, str] = {}
    _standalone(made, layouts, route, files)
    _root_redirects(made, route, redirects)
    if layouts.pager_sizes:
        _pagers(made, layouts, route, files, redirects, counts)
    return Generated(files, redirects)


def _standalone(made: Assembled, layouts: Layouts, route: Route, files: dict[str, str | None]) -> None:
    config, language, site = route.config, route.language, route.site
    first = site is config.sites[0]
    folder = f"{site.folder}/" if site.folder else ""
    shared = folder if config.multihost else ""
    names = {kind: node.slug for kind, node in made.standalone.items() if node.state == "published"}
    if "404" in names and (not layouts.complete or "404" in layouts.names):
        files[f"{folder}{names['404'] or '404'}.html"] = None
    if config.enable_robots and "robotstxt" in names and (first or config.multihost):
        slug = names["robotstxt"]  # of a cascade
        own = slug if slug and language.ugly("") else join_names(slug, "robots")
        files[f"{shared}{own}.txt"] = None
    name = language.sitemap.rpartition(".")[0] or language.sitemap
    if "sitemap" in names:
        alone = language.name if config.multilingual and not config.multihost else language.prefix
        where = join_names(language.host_folder, site.above, alone)
        files[join_names(where, f"{names['sitemap'] or name}.xml")] = None
    several = config.multilingual or config.space.languages.in_subdir
    listed = any("sitemap" not in each.disabled_kinds for each in config.languages)
    if "sitemapindex" in names and first and several and listed and not config.multihost:
        files[f"{names['sitemapindex'] or name}.xml"] = None


def _root_redirects(made: Assembled, route: Route, redirects: dict[str, str]) -> None:
    """Between the root and the folder of the default site."""
    config, language, home = route.config, route.language, made.nodes[""]
    space = config.space
    forms = [f for f in route.formats(home) if f.html and not f.path]
    is_default = route.site.key == space.default
    if not is_default or not config.default_redirect or home.state != "published" or not forms:
        return
    paths = route.target_paths(home, forms[0])
    url = route.with_base(paths.link)
    apart = space.languages.in_subdir and not config.multihost
    found = [""] if apart or space.versions.in_subdir or space.roles.in_subdir else []
    if config.multilingual and not space.languages.in_subdir and not config.multihost:
        found.append(f"{paths.link}{language.name}".strip("/"))
    folders = paths.link.strip("/").split("/")
    found += ["/".join(folders[:end]) for end in range(1, len(folders))]
    # Also where Hugo does not take it for a site of several hosts, as a language is disabled.
    hosts = any("baseurl" in to_map(own) for own in to_map(config.raw.get("languages")).values())
    host = language.name if hosts and space.languages.in_subdir else ""
    redirects |= {join_names(host, folder, "index.html"): url for folder in found}


def _pagers(
    made: Assembled,
    layouts: Layouts,
    route: Route,
    files: dict[str, str | None],
    redirects: dict[str, str],
    counts: Counts,
) -> None:
    """Pages 2, 3… of each list, as many as its longest sensible list has: which one it shows is the layout's secret."""
    language = route.language
    smallest = {
        kind: max(min(language.pager_size if size == 0 else size for size in sizes), 1)
        for kind, sizes in layouts.pager_sizes.items()
    }
    budget = _MOST_PAGERS
    for node in made.nodes.values():
        size = smallest.get(node.kind)
        if size is None or node.state != "published" or not node.branch:
            continue
        for form in route.formats(node):
            if not form.html:
                continue
            pages = -(-counts.get((route.site.key, node.base), 0) // size)
            if language.pagination_redirects:
                first = route.target_paths(node, form, f"/{language.pagination_path}/1").file
                redirects[first] = route.with_base(route.target_paths(node, form).link)
            for number in range(2, pages + 1):
                budget -= 1
                if budget < 0:
                    return
                files[route.target_paths(node, form, f"/{language.pagination_path}/{number}").file] = None


def counts_of(config: HugoConfig, assembled: tuple[Assembled, ...]) -> Counts:
    """How many pages each list could show, those of other sites too."""
    elsewhere = _elsewhere(config, assembled)
    return {
        (site.key, base): count
        for site, made in zip(config.sites, assembled, strict=True)
        for base, count in _counts(made, _others(config, site.key, made, elsewhere)).items()
    }


def _elsewhere(config: HugoConfig, assembled: Iterable[Assembled]) -> tuple[Node, ...]:
    """The pages and terms of all sites that the lists of another one may show."""
    if len(config.sites) == 1:
        return ()
    nodes = (node for made in assembled for node in made.nodes.values())
    found = {
        (node.base, id(node.source)): node
        for node in nodes
        if node.kind in {"page", "term"} and not node.dropped
    }
    return tuple(found.values())


def _others(config: HugoConfig, site: SiteKey, made: Assembled, elsewhere: Iterable[Node]) -> Iterable[Node]:
    """Those that this site has no page for, and that are for its version, for its role, and for its language."""
    several = len(config.sites) > len(config.languages)
    found: dict[str, Node] = {}
    for node in elsewhere:
        own = made.nodes.get(node.base)
        if own is not None and not own.dropped:
            continue
        if node.source.is_listed(site) if node.source is not None else several:
            found[node.base] = node
    return found.values()


def _counts(made: Assembled, others: Iterable[Node]) -> Counter[str]:
    """How many pages a list could show."""
    counts: Counter[str] = Counter()
    for node in (*made.nodes.values(), *others):
        if node.kind == "page" and not node.dropped:
            for base in _above(node):
                counts[base] += 1
        elif node.kind == "term":
            counts[node.base.rpartition("/")[0]] += 1
    for taxonomy, key, _ in {(t.taxonomy, t.key, t.logical) for t in made.terms}:
        counts[f"/{taxonomy.lower()}/{key}"] += 1
    return counts


def _above(node: Node) -> list[str]:
    found: list[str] = []
    base = node.base
    while base:
        base = base.rpartition("/")[0]
        found.append(base)
    return found
