"""The images, sounds and films that front matter names, and whether a site has them.

How a theme makes a URL of such a value is known to its templates alone. So a file is absent only where nothing on the
site could be meant: no published file whose path ends with the value, and nothing beside the page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import unquote

from ..core.lazy_re import lazy_re
from ..frontmatter.block import FrontMatter, Pointer
from ..hugo.assets import MEDIA_KEY, bare_key
from ..hugo.publication import Output
from .site import Site

_FORMATS = r"png|jpe?g|gif|svg|webp|avif|bmp|tiff?|mp3|m4a|ogg|oga|wav|flac|mp4|m4v|webm|mov|ogv"
_MENTIONS = lazy_re(rf"\.(?:{_FORMATS})\b", re.IGNORECASE)
_NAMES = lazy_re(
    rf"(?![a-z][\w+.-]+:|//|\{{\{{)[^\n?#*\[\]{{}}<>]+\.(?:{_FORMATS})(?:[?#]\S*)?\Z", re.IGNORECASE
)
_KEYS = lazy_re(MEDIA_KEY, re.IGNORECASE)
_NOT_OF_THE_PAGE = frozenset({"cascade", "resources", "menu", "menus"})


class Named(NamedTuple):
    """A file that front matter names."""

    key: str
    """Its key, with those around it: `cover.image`."""
    pointer: Pointer
    value: str
    beside: bool = False
    """It must be one of the page's own resources."""


def named_files(front: FrontMatter) -> Iterator[Named]:
    """The files of this kind that front matter names, in its order."""
    if not _MENTIONS.search(front.source):
        return
    for key, value in front.data.items():
        lower = key.lower()
        if lower == "resources":
            yield from _resources(key, value)
        elif lower not in _NOT_OF_THE_PAGE:
            yield from _below(key, (key,), value)


def _resources(key: str, found: Any) -> Iterator[Named]:
    for number, each in enumerate(found if isinstance(found, list) else ()):
        for name, value in each.items() if isinstance(each, dict) else ():
            # A pattern may match nothing: archetypes bring some along for files to come.
            if name.lower() == "src" and isinstance(value, str) and _NAMES.match(value):
                yield Named("resources", (key, number, name), value, beside=True)


def _below(key: str, pointer: Pointer, value: Any) -> Iterator[Named]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _below(f"{key}.{name}", (*pointer, name), each)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _below(key, (*pointer, number), each)
    elif isinstance(value, str) and _NAMES.match(value):
        name = next(part for part in reversed(pointer) if isinstance(part, str))
        if _KEYS.fullmatch(name):
            yield Named(key, pointer, value)


class NamedFiles:
    """Whether a site has what front matter names."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def has(self, page: Output, named: Named) -> bool:
        """Whether a file is there, or may be, or no template asks for it."""
        *_, name = (part for part in named.pointer if isinstance(part, str))
        if not named.beside and bare_key(name) not in self._site.addresses.publication.media_keys:
            return True
        path = posixpath.normpath(unquote(named.value.partition("?")[0].partition("#")[0])).lstrip("/")
        if self._is_beside(page, path):
            return True
        if named.beside:
            return False
        if self._site.resolver.named_file(named.value, page).status != "dead":
            return True
        name = posixpath.basename(path)
        if any(file.endswith(f"/{path}") for file in self._published.get(name, ())):
            return True
        # Each bundle may have its `cover.jpg`: only with a folder is one of them meant.
        return "/" in path and any(file.endswith(f"/{path}") for file in self._sources.get(name, ()))

    def _is_beside(self, page: Output, path: str) -> bool:
        """Whether a file is one of the page's own resources, also those that come with it once it is published."""
        publication = self._site.addresses.publication
        logical = posixpath.normpath(f"{page.logical}/{path}").lower().replace(" ", "-").replace("//", "/")
        if (page.site, logical) in publication.resources:
            return True
        lower = f"/{path}".lower()
        if any(
            own == page.path and file.lower().endswith(lower) for file, own in publication.withheld.items()
        ):
            return True
        beside = f"/{posixpath.dirname(page.path or '')}/{path}"
        return beside.lower() in (
            source.lower() for source in self._sources.get(posixpath.basename(path), ())
        )

    @cached_property
    def _published(self) -> dict[str, list[str]]:
        """What a theme can find by a part of its path: base name -> paths of static files and assets."""
        publication = self._site.addresses.publication
        beside = set(publication.resources.values())
        return _by_name(file for file in (*publication.files, *publication.assets) if file not in beside)

    @cached_property
    def _sources(self) -> dict[str, list[str]]:
        """The files that Hugo copies, as they are on disk, by base name."""
        return _by_name(filter(None, self._site.addresses.publication.files.values()))


def _by_name(files: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file in files:
        found.setdefault(posixpath.basename(file), []).append(f"/{file}")
    return found
