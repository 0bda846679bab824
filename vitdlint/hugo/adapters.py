"""Content adapters (`_content.gotmpl`): pages that only Hugo knows, and where they could be (Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from ..files.tree import Tree
from .files import ContentFile
from .node import Node
from .permalinks import pattern_for
from .publication import MissingPart
from .route import Route

_ANY = "any-page"
_REASON = "the pages that it makes are known only to Hugo"


def content_adapters(
    tree: Tree, routes: Iterable[Route], listed: Iterable[ContentFile]
) -> Iterator[MissingPart]:
    """Every adapter in each site that it may make pages for."""
    routes = tuple(routes)
    for file in listed:
        if file.kind == "adapter":
            everywhere = _enables_all(tree, file.path)
            for route in routes:
                site = route.site.key
                if everywhere or site in file.sites:
                    for url in dict.fromkeys(_urls(route, file.base)):
                        yield MissingPart("content adapter", file.path, _REASON, url, site, file.base)


def _enables_all(tree: Tree, path: str) -> bool:
    """Whether it makes pages for other sites than those of its file."""
    try:
        return b".EnableAll" in tree.read(path)
    except OSError:
        return True


def _urls(route: Route, base: str) -> Iterator[str]:
    """The folders of the URLs of pages below a logical path; `url` in what an adapter adds is not looked at."""
    language = route.language
    prefix = f"/{route.site.prefix}" if route.site.prefix else ""
    node = Node(f"{base}/{_ANY}", f"{base}/{_ANY}", "page")
    if language.permalinks and (pattern := pattern_for(language.permalinks, "page", node.base)):
        yield f"{prefix}{base}".lower()  # the section's own page
        yield (prefix + "/" + pattern.partition(":")[0].strip("/")).rstrip("/").lower()
    elif forms := route.formats(node):
        link = unquote(route.target_paths(node, forms[0]).link)
        yield link.partition(_ANY)[0].rstrip("/").lower()
