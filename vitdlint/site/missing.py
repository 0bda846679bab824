"""Which part of the site that is not on disk could supply what is asked for."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from functools import cached_property

from ..hugo.publication import MissingPart, Output, Publication
from ..hugo.space import SiteKey
from ..hugo.unmounted import supplied
from .answers import Target
from .targets import is_download

_HAVE_FOLDER = frozenset({"mount", "content adapter"})
_HAVE_TEMPLATES = frozenset({"theme", "module", "layouts"})


class Missing:
    """The themes, modules, layouts, mounts and the like that the site names and that are not there."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._parts = tuple(part for part in publication.missing if not part.answered)
        self.shortcodes = next((part for part in publication.missing if part.what in _HAVE_TEMPLATES), None)
        """One that could have shortcodes: Hugo is asked for those that pages call, so there may be more."""
        self.templates = next((part for part in self._parts if part.what in _HAVE_TEMPLATES), None)
        """One that could have render hooks."""
        self.configuration = next((part for part in self._parts if part.what == "configuration"), None)
        """One that could mount content elsewhere."""

    def supplier(self, path: str) -> MissingPart | None:
        """The part that could supply a path, decoded."""
        if not self._parts:
            return None
        is_file = is_download(path)
        for part in self._parts:
            if part.what == "mount" and not part.url and part.site is None:
                supplies = is_file  # the whole of the static files, which are no pages
            elif part.what in _HAVE_FOLDER:
                supplies = supplied(part.url).match(path.lower()) is not None
            else:
                supplies = is_file or (part.what != "layouts" and _first(path) not in self.sections)
            if supplies:
                return part
        return None

    def page_supplier(self, ref: str, page: Output, site: SiteKey) -> MissingPart | None:
        """The part that could supply the page that a reference on `page` names."""
        if not self._parts:
            return None
        bare = "/" not in ref.rstrip("/")
        folder = page.logical if page.bundle == "branch" else page.logical.rpartition("/")[0]
        paths = (f"/{ref.lstrip('/')}".lower(), posixpath.normpath(f"{folder}/{ref}").lower())
        for part in self._parts:
            if part.what in _HAVE_FOLDER:
                named = bare and not part.logical.endswith(".md")
                supplies = part.site == site and (named or any(map(supplied(part.logical).match, paths)))
            else:
                others = (_first(path) not in self.logical_sections for path in paths)
                supplies = part.what != "layouts" and (bare or any(others))
            if supplies:
                return part
        return None

    @cached_property
    def sections(self) -> frozenset[str]:
        """The first folders of published pages: what lies below them is the site's own."""
        return sections_of(self._publication.outputs)[0]

    @cached_property
    def logical_sections(self) -> frozenset[str]:
        """The same by logical path."""
        return sections_of(self._publication.outputs)[1]


def sections_of(outputs: Iterable[Output]) -> tuple[frozenset[str], frozenset[str]]:
    """The first folders of these pages, as far as they are published: of their files, and of their logical paths."""
    pages = [output for output in outputs if output.state == "published"]
    files = {page.file.partition("/")[0] for page in pages if "/" in page.file}
    return frozenset(files), frozenset(_first(page.logical).lower() for page in pages if page.logical != "/")


def supplied_by(part: MissingPart, path: str, what: str) -> Target:
    """The answer for what that part could supply."""
    if part.what == "mount":
        return Target("not-checked", path=path, reason=part.reason, what=what, by=part.name)
    reason = f"{part.name}: {part.reason}, and that could supply the target"
    return Target("not-checked", path=path, reason=reason, what="links")


def _first(path: str) -> str:
    return path.strip("/").partition("/")[0]
