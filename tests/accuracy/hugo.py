"""What the real Hugo made of a site: its pages, redirects, anchors and links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser
from support.hugo_build import Build
from support.truth import Server, Truth

_ATTRIBUTES = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "video": ("src", "poster"),
}
_SELECTOR = ", ".join(f"main {tag}" for tag in _ATTRIBUTES)
_SRCSET = re.compile(r"([^\s,]\S*[^\s,])(?:\s+[\d.]+[wxh])?\s*(?:,|$)")


class Page(NamedTuple):
    """A page as Hugo's templates see it."""

    source: str
    """Relative to the site's folder; '' if Hugo made it by itself."""
    kind: str
    url: str
    path: str
    lang: str
    base: str
    """The baseURL of its language."""
    doubt: str
    """What the build cannot show of the page, so that the real site may show another content; '' for nothing."""
    error: str
    """Why Hugo cannot render its content; '' if it can."""


class Shown(NamedTuple):
    """The content of a page as it was built."""

    lang: str
    path: str
    doubtful: bool
    """The real site may show another content."""
    ids: frozenset[str]
    hrefs: tuple[str, ...]


@dataclass(frozen=True)
class Hugo:
    """A built site."""

    pages: tuple[Page, ...]
    files: Mapping[str, bytes]
    """Below the public folder. Only pages and what may be a redirect have their bytes."""
    seconds: float
    """Of the processor, for the last build."""
    dead_refs: frozenset[tuple[str, str]]
    """Source and target of each `ref` and `relref` that Hugo did not find."""
    refused: Mapping[str, str]
    """Content files that Hugo does not build, relative to the site's folder -> its error."""
    stubs: tuple[str, ...]
    """What else was left out so that the site could be built."""
    folder: Path
    """The site's folder in the copy."""
    _servers: dict[str, Server] = field(default_factory=dict)
    _read: dict[str, Shown] = field(default_factory=dict)

    @cached_property
    def redirects(self) -> Mapping[str, str]:
        """Files that only redirect -> where to."""
        return Build(0, "", self.files).redirects

    @cached_property
    def multihost(self) -> bool:
        """Each language has a host of its own."""
        bases = {page.lang: page.base for page in self.pages}
        return len(bases) > 1 and len(set(bases.values())) == len(bases)

    def server(self, page: Page) -> Server:
        """The host that answers for a page's language."""
        folder = f"{page.lang}/" if self.multihost else ""
        if folder not in self._servers:
            files = {f.removeprefix(folder): b for f, b in self.files.items() if f.startswith(folder)}
            # A baseURL without a host is served by any; no link can name it.
            base = page.base if "//" in page.base else f"https://any.invalid/{page.base.lstrip('/')}"
            self._servers[folder] = Server(Build(0, "", files), base, clean=True)
        return self._servers[folder]

    def file(self, page: Page) -> str | None:
        """The page's file on its server, if it holds that page's content and no other's."""
        server = self.server(page)
        file = server.file(urlsplit(self._served(page)).path)
        if file is None or file in server.redirects:
            return None
        shown = self._shown(server, file)
        return file if (shown.lang, shown.path) == (page.lang, page.path) else None

    def ids(self, page: Page, file: str) -> frozenset[str]:
        """Every id and `a[name]` of a page's content."""
        return self._shown(self.server(page), file).ids

    def doubtful(self, server: Server, file: str) -> bool:
        """Whether the real site may show another content on a page."""
        return self._shown(server, file).doubtful

    def _shown(self, server: Server, file: str) -> Shown:
        key = f"{server.base_url} {file}"
        if key not in self._read:
            self._read[key] = _shown(server.files[file])
        return self._read[key]

    def source(self, page: Page) -> str:
        """The text of a page's file."""
        return (self.folder / page.source).read_text("utf-8", "replace")

    def links(self, page: Page, file: str) -> Iterator[Truth]:
        """The links of a page's content, and where a browser gets with each."""
        server = self.server(page)
        for href in self._shown(server, file).hrefs:
            yield self._lead(server, href, page)

    def _lead(self, server: Server, href: str, page: Page) -> Truth:
        if re.match(r"https?:///", href, re.IGNORECASE):
            return Truth(href, "external")  # a browser skips the third slash
        url = urlsplit(href)
        if url.netloc.lower() == urlsplit(server.base_url).netloc and not f"{url.path}/".startswith(
            server.base_path
        ):
            return Truth(href, "external")  # another site of the host
        if self.multihost:
            for other in {p.lang: p for p in self.pages}.values():
                if urlsplit(href).netloc.lower() == urlsplit(other.base).netloc:
                    return self.server(other).truth(href, self._served(page))
        return server.truth(href, self._served(page))

    def _served(self, page: Page) -> str:
        """Its URL on the server: with `canonifyURLs` RelPermalink lacks the path of baseURL."""
        below = urlsplit(self.server(page).base_url).path.rstrip("/")
        return page.url if f"{page.url}/".startswith(f"{below}/") else below + page.url


def _shown(file: bytes) -> Shown:
    tree = LexborHTMLParser(file.decode("utf-8", "replace"))
    main = tree.css_first("main")
    data = {} if main is None else main.attributes
    ids = {node.attributes["id"] for node in tree.css("main [id]")}
    ids |= {node.attributes["name"] for node in tree.css("main a[name]")}
    return Shown(
        data.get("data-lang") or "",
        data.get("data-path") or "",
        bool(data.get("data-doubt")),
        frozenset(filter(None, ids)),
        tuple(_hrefs(tree)),
    )


def _hrefs(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css(_SELECTOR):
        for name in _ATTRIBUTES[node.tag or ""]:
            value = node.attributes.get(name)
            for href in _SRCSET.findall(value or "") if name == "srcset" else [value]:
                if href is not None:
                    yield href
