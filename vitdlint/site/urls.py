"""What a host answers for a path: the files that Hugo writes, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..hugo.packed_outputs import alias_files, column
from ..hugo.publication import Alias, Output, Publication

_PLACELESS = frozenset({"resource", "shadowed"})
_STATUS = {"home": "page", "page": "page", "section": "section", "taxonomy": "section", "term": "term"}


class Served(NamedTuple):
    """A file that answers a path, and whose it is."""

    status: str
    """page, section, term, alias, file, generated or unpublished."""
    file: str
    output: Output | None = None
    """The page that the file is, or that its redirect leads to."""
    alias: Alias | None = None
    source: str | None = None
    """The file it is copied from."""
    leads_to: str = ""
    """Where a redirect that is no page's alias leads."""


class UrlMap:
    """Every path that the host answers; built once, asked by dictionary look-ups alone.

    `clean`: the host serves /x, /x/, /x.html and /x/index.html alike; otherwise it serves files as they are, and a
    folder by its index.html. Case always counts, and so does the form in which accents are written.
    """

    def __init__(self, publication: Publication, *, clean: bool) -> None:
        self._clean = clean
        self._files = publication.files
        self._redirects = publication.redirect_files
        outputs = self._outputs = publication.outputs
        files, states = column(outputs, "file"), column(outputs, "state")
        # By number: of thousands of pages few are asked for.
        self._pages: dict[str, int] = {}
        self._unpublished: dict[str, int] = {}
        for number, (file, state) in enumerate(zip(files, states, strict=True)):
            if file and state == "published":
                self._pages[file] = number
            elif file and state not in _PLACELESS:
                self._unpublished.setdefault(file, number)
        self._aliases: dict[str, int] = {}
        """The file of each alias, and the first of its pages."""
        self.contested: set[str] = set()
        """Files of aliases that several pages have: Hugo builds either redirect at random."""
        for number, file in alias_files(outputs):
            if self._aliases.setdefault(file, number) != number:
                self.contested.add(file)
        self._by_case: dict[str, str] | None = None

    def aliases(self) -> Iterator[tuple[Output, Alias]]:
        """Every alias that answers, with the first of its pages."""
        return map(self._alias, self._aliases)

    def _alias(self, file: str) -> tuple[Output, Alias]:
        page = self._outputs[self._aliases[file]]
        return page, next(alias for alias in page.aliases if alias.file == file)

    def find(self, path: str) -> Served | None:
        """What answers a decoded path below the site's root; it starts with `/`."""
        return self._find(self.served, path) or self._find(self._withheld, path)

    def served(self, file: str) -> Served | None:
        """What a published file is: a page before an alias before anything else of that name."""
        if file in self._pages:
            page = self._outputs[self._pages[file]]
            return Served(_STATUS[page.kind], file, page)
        if file in self._aliases:
            return Served("alias", file, *self._alias(file))
        if file in self._redirects:
            return Served("generated", file, leads_to=self._redirects[file])
        if file in self._files:
            source = self._files[file]
            return Served("generated" if source is None else "file", file, source=source)
        return None

    def differs_in_case(self, file: str) -> str | None:
        """The published file of another name that is the same if case does not count."""
        if self._by_case is None:
            everything = (*self._files, *self._redirects, *self._aliases, *self._pages)
            self._by_case = {file.lower(): file for file in sorted(everything, reverse=True)}
        found = self._by_case.get(file.lower())
        return found if found != file else None

    def _withheld(self, file: str) -> Served | None:
        number = self._unpublished.get(file)
        return Served("unpublished", file, self._outputs[number]) if number is not None else None

    def _find(self, get: Callable[[str], Served | None], path: str) -> Served | None:
        name = path[1:]
        if name and not name.endswith("/"):
            exact = get(name)
            if exact is not None:
                return exact
        if not self._clean:
            return get(f"{name}index.html" if not name or name.endswith("/") else f"{name}/index.html")
        stem = name
        if name == "index.html" or name.endswith("/index.html"):
            stem = name[:-10].rstrip("/")
        elif name.endswith(".html"):
            stem = name[:-5]
        elif name.endswith("/"):
            stem = name[:-1]
        if not stem:
            return get("index.html") if name in ("", "index.html") else None
        found = get(f"{stem}/index.html") or get(f"{stem}.html")
        return found or (get(f"{name}/index.html") if name.endswith(".html") else None)
