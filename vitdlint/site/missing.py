"""Which part of the site that is not on disk could supply what is asked for."""

from __future__ import annotations

import posixpath
from functools import cached_property

from ..hugo.publication import MissingPart, Output, Publication
from ..hugo.unmounted import supplied
from .targets import is_download

_HAVE_TEMPLATES = frozenset({"theme", "module", "layouts"})


class Missing:
    """The themes, modules, layouts, mounts and the like that the site names and that are not there."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self.templates = next((part for part in publication.missing if part.what in _HAVE_TEMPLATES), None)
        """One that could have render hooks."""

    def supplier(self, path: str) -> MissingPart | None:
        """The part that could supply a path, decoded."""
        if not self._publication.missing:
            return None
        is_file = is_download(path)
        is_ours = not is_file and path.strip("/").partition("/")[0] in self._sections
        for part in self._publication.missing:
            if part.what == "content adapter":
                # `content/books/_content.gotmpl` makes pages below /books/.
                folder = part.name.partition("/")[2].rpartition("/")[0]
                supplies = f"{path}/".lower().startswith(f"/{folder}/".replace("//", "/").lower())
            elif part.what == "mount" and not part.url and not part.language:
                supplies = is_file  # the whole of the static files, which are no pages
            elif part.what == "mount":
                supplies = supplied(part.url).match(path.lower()) is not None
            else:
                supplies = is_file or (not is_ours and part.what != "layouts")
            if supplies:
                return part
        return None

    def mount(self, ref: str, page: Output, language: str) -> MissingPart | None:
        """The mount that could supply the page that a reference on `page` names."""
        bare = "/" not in ref.rstrip("/")
        beside = posixpath.normpath(f"{page.logical.rpartition('/')[0]}/{ref}").lower()
        paths = (f"/{ref.lstrip('/')}".lower(), beside)
        for part in self._publication.missing:
            if part.what == "mount" and part.language == language:
                named = bare and not part.logical.endswith(".md")
                if named or any(map(supplied(part.logical).match, paths)):
                    return part
        return None

    @cached_property
    def _sections(self) -> frozenset[str]:
        """The first folders of published pages: what lies below them is the site's own."""
        outputs = self._publication.outputs
        return frozenset(
            o.file.partition("/")[0] for o in outputs if "/" in o.file and o.state == "published"
        )
