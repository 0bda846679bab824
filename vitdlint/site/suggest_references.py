"""Which keys of front matter hold files, pages or terms: as their values show, for `vitdlint init` to write them down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..hugo.publication import Output
from .site import Site
from .targets import is_download

_MANY = 10
"""Values that a key must have…"""
_SEVERAL = 5
"""…and different ones: a word that is always the same may be a page's name by chance."""
_MOST = 0.98
_HUGO = frozenset(
    "aliases cascade date description draft expirydate keywords lastmod layout linktitle markup menu menus outputs params "  # noqa: SIM905  # a line of words reads better than 30 lines
    "publishdate resources slug summary title translationkey type url weight".split()
)
"""Keys that mean something else."""


def references(site: Site, paths: Iterable[str]) -> Mapping[str, str]:
    """Keys of some pages, in lower case, whose texts (or lists of them) name what the site has: file, page or term."""
    own = _HUGO | {name for _site, name, _key in site.addresses.terms}
    values: dict[str, list[tuple[Output, str]]] = {}
    for path in paths:
        page = site.addresses.outputs.get(path)
        if page is None or page.state != "published":
            continue
        for key, value in site.pages[path].front.data.items():
            if key.lower() not in own:
                values.setdefault(key.lower(), []).extend((page, text) for text in _texts(value))
    found = ((key, _kind(site, pairs)) for key, pairs in values.items())
    return {key: kind for key, kind in found if kind}


def _texts(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else (value,):
        if isinstance(each, str) and each.strip():
            yield each


def _kind(site: Site, pairs: list[tuple[Output, str]]) -> str:
    """What nearly all of some values name; '' for nothing."""
    if len(pairs) < _MANY or len({text for _, text in pairs}) < _SEVERAL:
        return ""
    for kind in ("file", "term", "page"):
        if sum(_names(site, page, kind, text) for page, text in pairs) >= _MOST * len(pairs):
            return kind
    return ""


def _names(site: Site, page: Output, kind: str, text: str) -> bool:
    """Whether a value names something of that kind."""
    if kind == "file":
        return is_download(text) and site.resolver.named_file(text, page).status in ("file", "generated")
    if kind == "page":
        if site.addresses.logical.find(text, page, by_name=True).page is not None:
            return True
        return "/" in text and site.resolve(text, page, "html").status in ("page", "section", "term")
    return text.lower().replace(" ", "-") in site.addresses.term_keys
