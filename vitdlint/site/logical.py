"""Hugo's logical paths: how `ref`, `relref`, menus and the embedded render hooks find a page.

After Hugo's pagefinder (hugolib/pagecollections.go): first relative to the page's folder, then from the content's
root, then, for `ref` alone, by a base name that only one page has.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from ..hugo.publication import Output
from ..hugo.space import SiteKey, Space

_CONTENT = frozenset(
    {"md", "mdown", "markdown", "html", "htm", "adoc", "asciidoc", "ad", "org", "rst", "pandoc", "pdc"}
)
_IN_TREE = frozenset({"published", "headless", "not-rendered"})
"""Hugo never loads drafts, future and expired pages, so nothing can refer to them."""
NOT_LOADED = frozenset({"draft", "future", "expired"})


class Found(NamedTuple):
    """The outcome of a look-up by logical path."""

    page: Output | None
    ambiguous: tuple[Output, ...] = ()
    """The pages that share a base name, if that is why there is no answer."""


class LogicalPaths:
    """The pages of each site by logical path and by base name."""

    def __init__(
        self,
        outputs: Iterable[Output],
        space: Space,
        states: frozenset[str] = _IN_TREE,
    ) -> None:
        self._pages = [output for output in outputs if output.state in states]
        self._paths: dict[SiteKey, dict[str, Output]] = {}
        self._space = space
        site, paths = None, dict[str, Output]()
        for output in self._pages:  # in the order of their sites, which take long to hash
            if output.site is not site:
                site = output.site
                paths = self._paths.setdefault(site, {})
            paths.setdefault(output.logical.lower(), output)

    @cached_property
    def _sources(self) -> Mapping[tuple[SiteKey, str], Output]:
        """The pages of each site by source file; only what is not found otherwise asks."""
        return {(output.site, output.path): output for output in self._pages if output.path is not None}

    @cached_property
    def _names(self) -> Mapping[tuple[SiteKey, str], list[Output]]:
        """The pages of each site by base name; only `ref` asks."""
        found: dict[tuple[SiteKey, str], list[Output]] = {}
        for output in self._pages:
            name = output.logical.lower().rpartition("/")[2]
            if name:
                found.setdefault((output.site, name), []).append(output)
        return found

    def find(self, ref: str, page: Output, site: SiteKey | None = None, *, by_name: bool = False) -> Found:
        """The page that a reference (without its fragment) on a page names."""
        site = site or page.site
        ref = ref.replace("\\", "/")
        ref = (ref.rstrip("/") or "/") if ref else "/"
        has_extension = "." in ref.rpartition("/")[2]
        if not ref.startswith("/"):
            found = self._get(site, _join(_folder(page, ref, has_extension=has_extension), ref))
            if found is None and has_extension and page.path is not None:
                # Hugo also looks for the real file beside the page's own.
                own = page.logical if page.bundle else page.logical.rpartition("/")[0]
                found = self._get(site, _join(own or "/", ref))
            if found is not None or ref.startswith("."):
                return Found(found)
        found = self._get(site, "/" + ref.lstrip("/"))
        if found is None and has_extension:
            found = self._beside_home(site, ref)
        if found is not None or not by_name or "/" in ref:
            return Found(found)
        named = self._names.get((site, self._bare(ref.lower().replace(" ", "-"))), [])
        return Found(named[0]) if len(named) == 1 else Found(None, tuple(named))

    def at(self, site: SiteKey, logical: str) -> Output | None:
        """The page with exactly that logical path, in that site."""
        return self._paths.get(site, {}).get(logical.lower())

    def _beside_home(self, site: SiteKey, ref: str) -> Output | None:
        """Where the home page has a file, Hugo also looks for the real file beside that, and here it cleans the path."""
        home = self._paths.get(site, {}).get("/")
        if home is None or home.path is None:
            return None
        path = posixpath.normpath(f"{posixpath.dirname(home.path)}/{ref}")
        return self._sources.get((site, path))

    def _get(self, site: SiteKey, path: str) -> Output | None:
        path, paths = path.lower().replace(" ", "-"), self._paths.get(site, {})
        exact = paths.get(path)
        if exact is not None:
            return exact
        folder, _, name = path.rpartition("/")
        bare = self._bare(name)
        if bare in ("index", "_index"):
            return paths.get(folder or "/")
        return paths.get(f"{folder}/{bare}") if bare != name else None

    def _bare(self, name: str) -> str:
        """A file name without the extension of a content format and without a language."""
        stem, _, extension = name.rpartition(".")
        if stem and extension in _CONTENT:
            name = stem
            stem, _, extension = name.rpartition(".")
            if stem and extension in self._space.languages.values:
                name = stem
        return name


def split_ref(ref: str) -> tuple[str, str | None]:
    """A reference's logical path, percent-decoded, and its fragment."""
    path, mark, fragment = ref.partition("#")
    return unquote(path.partition("?")[0]), fragment if mark else None


def _join(folder: str, ref: str) -> str:
    path = posixpath.normpath(f"{folder}/{ref}")
    return path[1:] if path.startswith("//") else path


def _folder(page: Output, ref: str, *, has_extension: bool) -> str:
    if page.kind != "page" or page.bundle == "branch":
        return page.logical
    if page.bundle == "leaf" and has_extension and ref.startswith("../"):
        return page.logical
    return page.logical.rpartition("/")[0] or "/"
