"""What Hugo writes that is nobody's page: sitemaps, 404.html, robots.txt, further pages of lists, redirects."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from .assemble import Assembled
from .layouts import Layouts
from .node import Node
from .route import Route

_MOST_PAGERS = 20_000
"""More pages of lists than this are not written down; no reader goes there."""


class Generated(NamedTuple):
    """Files, and pages that redirect."""

    files: dict[str, str | None]
    redirects: dict[str, str]


def generate(made: Assembled, layouts: Layouts, route: Route) -> Generated:
    """What Hugo adds for one language."""
    files: dict[str, str | None] = {}
    redirects: dict[str, str] = {}
    _standalone(made, layouts, route, files)
    _root_redirects(made, route, redirects)
    if layouts.pager_sizes:
        _pagers(made, layouts, route, files, redirects)
    return Generated(files, redirects)


def _standalone(made: Assembled, layouts: Layouts, route: Route, files: dict[str, str | None]) -> None:
    config, language = route.config, route.language
    first = language is config.languages[0]
    folder = f"{language.folder}/" if language.folder else ""
    shared = folder if config.multihost else ""
    names = {kind: node.slug for kind, node in made.standalone.items() if node.state == "published"}
    if "404" in names and (not layouts.complete or "404" in layouts.names):
        files[f"{folder}{names['404'] or '404'}.html"] = None
    if config.enable_robots and "robotstxt" in names and (first or config.multihost):
        files[f"{shared}{names['robotstxt'] or 'robots'}.txt"] = None
    name = language.sitemap.rpartition(".")[0] or language.sitemap
    if "sitemap" in names:
        alone = language.name if config.multilingual or config.multihost else language.folder
        files[f"{alone}/{names['sitemap'] or name}.xml".lstrip("/")] = None
    several = config.multilingual or config.default_in_subdir
    if "sitemapindex" in names and first and several and not config.multihost:
        files[f"{names['sitemapindex'] or name}.xml"] = None


def _root_redirects(made: Assembled, route: Route, redirects: dict[str, str]) -> None:
    """Between the root and the folder of the default language."""
    config, language, home = route.config, route.language, made.nodes[""]
    forms = [f for f in route.formats(home) if f.html and not f.path]
    if not language.default or not config.default_redirect or home.state != "published" or not forms:
        return
    paths = route.target_paths(home, forms[0])
    url = route.with_base(paths.link)
    if config.default_in_subdir and not config.multihost:
        redirects["index.html"] = url
    elif config.multilingual and not config.multihost:
        redirects[f"{paths.link}{language.name}/index.html".lstrip("/")] = url


def _pagers(
    made: Assembled,
    layouts: Layouts,
    route: Route,
    files: dict[str, str | None],
    redirects: dict[str, str],
) -> None:
    """Pages 2, 3… of each list, as many as its longest sensible list has: which one it shows is the layout's secret."""
    language = route.language
    smallest = {
        kind: max(min(language.pager_size if size == 0 else size for size in sizes), 1)
        for kind, sizes in layouts.pager_sizes.items()
    }
    counts = _counts(made)
    budget = _MOST_PAGERS
    for node in made.nodes.values():
        size = smallest.get(node.kind)
        if size is None or node.state != "published" or not node.branch:
            continue
        for form in route.formats(node):
            if not form.html:
                continue
            pages = -(-counts[node.base] // size)
            if language.pagination_redirects:
                first = route.target_paths(node, form, f"/{language.pagination_path}/1").file
                redirects[first] = route.with_base(route.target_paths(node, form).link)
            for number in range(2, pages + 1):
                budget -= 1
                if budget < 0:
                    return
                files[route.target_paths(node, form, f"/{language.pagination_path}/{number}").file] = None


def _counts(made: Assembled) -> Counter[str]:
    """How many pages a list could show."""
    counts: Counter[str] = Counter()
    for node in made.nodes.values():
        if node.kind == "page" and not node.dropped:
            for base in _above(node):
                counts[base] += 1
        elif node.kind == "term":
            counts[node.base.rpartition("/")[0]] += 1
    for use in {(t.taxonomy, t.key, t.path) for t in made.terms}:
        counts[f"/{use[0].lower()}/{use[1]}"] += 1
    return counts


def _above(node: Node) -> list[str]:
    found: list[str] = []
    base = node.base
    while base:
        base = base.rpartition("/")[0]
        found.append(base)
    return found
