"""Where the links of a built site lead, by the files that Hugo wrote: what `Site` must say."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from support.hugo_build import Build, build
from support.whole import UNSAFE, whole
from vitdlint.site.links import Links
from vitdlint.site.site import Site

MARK = "<main>{{ .Content }}</main>"
LAYOUTS = {f"layouts/{kind}.html": MARK for kind in ("home", "page", "section", "taxonomy", "term")}
"""Layouts that show the content alone, marked."""


def _as_browsers_read(href: str) -> str:
    """A URL with encoded dots and backslashes in its path read as dots and slashes."""
    path, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", href.strip(), re.DOTALL).groups()  # type: ignore[union-attr]  # matches anything
    return re.sub("%2e", ".", path, flags=re.IGNORECASE).replace("\\", "/") + mark + rest


class Truth(NamedTuple):
    """One link of a built page, and where a browser gets with it."""

    href: str
    status: str
    """ok, alias, fragment-lost, dead, dead-fragment or external."""


_ATTRIBUTES = {
    "a": "href",
    "img": "src",
    "link": "href",
    "iframe": "src",
    "form": "action",
    "input": "src",
}


class Server:
    """Answers as a host does for the files of a public folder."""

    def __init__(self, built: Build, base_url: str, *, clean: bool) -> None:
        self.files = built.files
        self.redirects = built.redirects
        self.base_url = base_url
        self.base_path = urlsplit(base_url).path.rstrip("/") + "/"
        self.clean = clean
        self._ids: dict[str, set[str]] = {}

    def file(self, path: str) -> str | None:
        """The file that answers an encoded URL path."""
        if not (path + "/").startswith(self.base_path):
            return None
        name = unquote(path, errors="surrogateescape")[len(self.base_path) :]
        tries = [name] if name and not name.endswith("/") else []
        tries.append(posixpath.join(name, "index.html"))
        if self.clean:
            stem = name.removesuffix("index.html").removesuffix(".html").rstrip("/")
            tries += [posixpath.join(stem, "index.html"), f"{stem}.html" if stem else "index.html"]
        return next((t for t in tries if t in self.files), None)

    def ids(self, file: str) -> set[str]:
        """Every id and `a[name]` of a page."""
        if file not in self._ids:
            tree = LexborHTMLParser(self.files[file].decode("utf-8", "replace"))
            self._ids[file] = {n.attributes["id"] or "" for n in tree.css("[id]")} | {
                n.attributes["name"] or "" for n in tree.css("a[name]")
            }
        return self._ids[file]

    def truth(self, href: str, page_url: str) -> Truth:
        """Where a link of the page at that URL leads."""
        absolute = urlsplit(urljoin(urljoin(self.base_url, page_url), _as_browsers_read(href)))
        # urljoin resolves the dots of relative URLs only.
        path = urlsplit(urljoin("http://x/", absolute.path.replace("//", "/") or "/")).path
        own = urlsplit(self.base_url)
        if absolute.scheme not in ("http", "https") or absolute.netloc.lower() != own.netloc:
            return Truth(href, "external")
        file = self.file(path if "//" not in absolute.path else absolute.path)
        fragment = absolute.fragment.partition(":~:")[0]
        if file is None:
            return Truth(href, "dead")
        if file in self.redirects:
            return Truth(href, "fragment-lost" if fragment and fragment.lower() != "top" else "alias")
        if fragment and file.endswith(".html") and fragment.lower() != "top":
            ids = self.ids(file)
            if fragment not in ids and unquote(fragment) not in ids:
                return Truth(href, "dead-fragment")
        return Truth(href, "ok")

    def links(self, file: str, page_url: str) -> list[Truth]:
        """The links of a page's content, in document order."""
        tree = LexborHTMLParser(self.files[file].decode("utf-8", "replace"))
        wanted = ", ".join(f"main {tag}[{name}]" for tag, name in _ATTRIBUTES.items())
        return [
            self.truth(node.attributes[_ATTRIBUTES[node.tag or ""]] or "", page_url)
            for node in tree.css(wanted)
        ]


_OURS = {
    "page": "ok",
    "section": "ok",
    "term": "ok",
    "file": "ok",
    "generated": "ok",
    "alias": "alias",
    "unpublished": "dead",
}


def differences(files: Mapping[str, str | bytes], host: str, *args: str) -> list[str]:
    """Every link on which Site and the built site disagree, and how many were compared."""
    files = {**LAYOUTS, "hugo.toml": UNSAFE, **files}
    built = build(files, *args, pages=False)
    assert built.code == 0, built.messages
    site = whole(files, host=host)
    return compare(site, built)


def compare(site: Site, built: Build) -> list[str]:
    """Every link on which a site and its build disagree."""
    base = site.addresses.config.default.base_url
    # A baseURL without a host is served by any; no link can name it.
    base = base if "//" in base else f"https://any.invalid{base}"
    server = Server(built, base, clean=site.addresses.settings.host == "clean")
    found: list[str] = []
    ours: dict[str, list[tuple[str, str]]] = {}
    for page, link, target in Links(site).all:
        status = "alias" if target.via == "redirect-page" and target.status == "generated" else target.status
        ours.setdefault(page.path or "", []).append((link.target, status))
    for page in site.addresses.published:
        if page.file not in built.files:
            found.append(f"{page.path}: Hugo did not write {page.file}")
            continue
        theirs = server.links(page.file, page.url)
        mine = ours.get(page.path or "", [])
        if len(theirs) != len(mine):
            # A browser repeats an `<a>` that is not closed in every block that follows; as sets they must agree.
            here = {(unquote(target), _OURS.get(status, status)) for target, status in mine}
            there = {(unquote(truth.href), truth.status) for truth in theirs}
            found += [f"{page.path}: {link} is here or there alone" for link in sorted(here ^ there)]
            continue
        for (target, status), truth in zip(mine, theirs, strict=True):
            if status != "not-checked" and _OURS.get(status, status) != truth.status:
                found.append(f"{page.path}: {target!r} is {status}, but {truth.href!r} is {truth.status}")
    return found


__all__ = ["LAYOUTS", "Server", "Truth", "compare", "differences"]
