"""What a host answers for a path: the files that Hugo writes, by name."""

from __future__ import annotations

from typing import NamedTuple

from ..hugo.publication import Alias, Output, Publication

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
        files: dict[str, Served] = {}
        unpublished: dict[str, Served] = {}
        for file, source in publication.files.items():
            files[file] = Served("generated" if source is None else "file", file, source=source)
        for file, target in publication.redirect_files.items():
            files[file] = Served("generated", file, leads_to=target)
        for output in publication.outputs:
            for alias in output.aliases:
                # Hugo builds either redirect at random; which of the pages does not matter here.
                known = files.get(alias.file)
                if known is None or known.status in ("file", "generated"):
                    files[alias.file] = Served("alias", alias.file, output, alias)
        for output in publication.outputs:
            if output.file and output.state == "published":
                files[output.file] = Served(_STATUS[output.kind], output.file, output)
            elif output.file and output.state not in ("resource", "shadowed"):
                unpublished.setdefault(output.file, Served("unpublished", output.file, output))
        self.files = files
        self._unpublished = unpublished
        self._by_case: dict[str, str] | None = None

    def find(self, path: str) -> Served | None:
        """What answers a decoded path below the site's root; it starts with `/`."""
        return self._find(self.files, path) or self._find(self._unpublished, path)

    def differs_in_case(self, path: str) -> str | None:
        """The published file that a path would name if case did not count."""
        if self._by_case is None:
            self._by_case = {file.lower(): file for file in self.files}
        return self._by_case.get(path[1:].lower())

    def _find(self, files: dict[str, Served], path: str) -> Served | None:
        name = path[1:]
        if name and not name.endswith("/"):
            exact = files.get(name)
            if exact is not None:
                return exact
        if not self._clean:
            return files.get(f"{name}index.html" if not name or name.endswith("/") else f"{name}/index.html")
        stem = name
        if name == "index.html" or name.endswith("/index.html"):
            stem = name[:-10].rstrip("/")
        elif name.endswith(".html"):
            stem = name[:-5]
        elif name.endswith("/"):
            stem = name[:-1]
        if not stem:
            return files.get("index.html") if name in ("", "index.html") else None
        return files.get(f"{stem}/index.html") or files.get(f"{stem}.html")
