"""A whole site from files in memory, without the engine: what Hugo would publish, and where its links lead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from vitdlint.files.tree import MemoryTree, Tree
from vitdlint.hugo.config import load
from vitdlint.hugo.publish import content_files, publish
from vitdlint.hugo.templates import Templates
from vitdlint.linter.config import load as load_config
from vitdlint.linter.config_layers import Layers
from vitdlint.linter.page_settings import page_settings
from vitdlint.page.read import read_page
from vitdlint.site.addresses import Addresses, SiteSettings
from vitdlint.site.links import Links
from vitdlint.site.site import Site

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
UNSAFE = 'baseURL = "https://example.org/"\n[markup.goldmark.renderer]\nunsafe = true\n'
LAYOUTS = {
    "layouts/home.html": "<p>home {{ .Content }}</p>",
    "layouts/page.html": "<p>{{ .Title }}</p>{{ .Content }}",
    "layouts/section.html": "<p>{{ .Title }}</p>{{ .Content }}",
    "layouts/taxonomy.html": "<p>{{ .Title }}</p>",
    "layouts/term.html": "<p>{{ .Title }}</p>",
}


def whole(files: Mapping[str, str | bytes], **settings: Any) -> Site:
    """The site of these files; with minimal layouts and a configuration unless it has its own."""
    files = dict(files)
    if not any("layouts/" in path for path in files):
        files |= LAYOUTS
    files.setdefault("hugo.toml", UNSAFE)
    return of_tree(MemoryTree(files), **settings)


def of_tree(tree: Tree, **settings: Any) -> Site:
    """The site of a tree."""
    hugo = load(tree)
    reading = page_settings(load_config(Layers({}, {}, ()), ()), Templates(hugo, tree))
    facts = {}
    for file in content_files(hugo, tree):
        if file.is_page:
            page = read_page(file.path, tree.read(file.path), reading, None)
            facts[file.path] = page.facts
    publication = publish(hugo, tree, facts, NOW)
    return Site(Addresses(hugo, publication, SiteSettings(**settings)), facts)


def statuses(site: Site, path: str = "content/posts/page.md") -> dict[str, str]:
    """Link target -> status, of one page."""
    return {link.target: target.status for page, link, target in Links(site).all if page.path == path}
