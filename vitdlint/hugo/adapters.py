"""Content adapters (`_content.gotmpl`): pages that only Hugo knows, and where they could be (Hugo 0.168)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from ..core.lazy_re import lazy_re
from ..files.tree import Tree
from .files import ContentFile
from .node import Node
from .permalinks import pattern_for
from .placement import taxonomy_key
from .publication import MissingPart
from .route import Route

_ANY = "any-page"
_REASON = "the pages that it makes are known only to Hugo"
_PARAMS_FROM_ELSEWHERE = lazy_re(r"[\"`]params[\"`]\s+(?!\(dict\b)")


def content_adapters(
    tree: Tree, routes: Iterable[Route], listed: Iterable[ContentFile]
) -> Iterator[MissingPart]:
    """Every adapter in each site that it may make pages for."""
    routes = tuple(routes)
    for file in listed:
        if file.kind != "adapter":
            continue
        text = _text(tree, file.path)
        everywhere = text is None or ".EnableAll" in text
        for route in routes:
            site = route.site.key
            if not everywhere and site not in file.sites:
                continue
            for node in (_node(file.base, "page"), *_terms(route, text)):
                logical = node.base.rpartition("/")[0]
                for url in dict.fromkeys(_urls(route, node, logical)):
                    yield MissingPart("content adapter", file.path, _REASON, url, site, logical)


def _text(tree: Tree, path: str) -> str | None:
    try:
        return tree.read(path).decode("utf-8", "replace")
    except OSError:
        return None


def _node(folder: str, kind: str) -> Node:
    return Node(f"{folder}/{_ANY}", f"{folder}/{_ANY}", kind)


def _terms(route: Route, text: str | None) -> Iterator[Node]:
    """A term of each taxonomy that its pages may have: one that it names, or any if it takes the parameters from elsewhere."""
    language = route.language
    if "term" in language.disabled_kinds:
        return
    every = text is None or _PARAMS_FROM_ELSEWHERE.search(text) is not None
    for plural in language.taxonomies:
        if every or plural.lower() in (text or "").lower():
            yield _node(taxonomy_key(plural), "term")


def _urls(route: Route, node: Node, folder: str) -> Iterator[str]:
    """The folders of the URLs of pages below a logical path; `url` in what an adapter adds is not looked at."""
    language = route.language
    prefix = f"/{route.site.prefix}" if route.site.prefix else ""
    if language.permalinks and (pattern := pattern_for(language.permalinks, node.kind, node.base)):
        yield f"{prefix}{folder}".lower()  # the section's own page
        yield (prefix + "/" + pattern.partition(":")[0].strip("/")).rstrip("/").lower()
    elif forms := route.formats(node):
        link = unquote(route.target_paths(node, forms[0]).link)
        yield link.partition(_ANY)[0].rstrip("/").lower()
