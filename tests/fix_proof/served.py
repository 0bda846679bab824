"""Where a link of a built site leads: asked of the files that Hugo wrote, as a browser and a host would."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from .content import LEFT
from .stage import END

_REFRESH = re.compile(r'http-equiv="?refresh"? content="0; url=([^"]*)"')
_HEAD = re.compile(r'<script type="application/json">(.*?)</script>', re.DOTALL)
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,}|xn--[a-z0-9-]+)(:\d+)?", re.IGNORECASE)
_COUNTER = re.compile(LEFT + r"\w+?hbhb")
_OTHER = {
    "mailto",
    "tel",
    "sms",
    "callto",
    "javascript",
    "data",
    "ftp",
    "magnet",
    "irc",
    "git",
    "ssh",
    "xmpp",
    "geo",
}
_UNSAFE = "ZgotmplZ"
"""What Hugo's templates write instead of a URL that they do not trust."""
_NOBODY = "any.invalid"
"""The host of a site whose baseURL names none: no link can name it."""


class Destination(NamedTuple):
    """Where a browser gets with a link."""

    kind: str
    """page, file, host, other (mailto and the like) or dead."""
    where: str
    """The file, after all redirects; or the host; or the whole URL."""
    fragment: str = ""
    """The id that the browser finds."""
    lost: str = ""
    """The fragment that it does not find."""

    @property
    def alive(self) -> bool:
        return self.kind != "dead"

    def __str__(self) -> str:
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"{self.kind} {self.where}{fragment}" + (f" (no anchor {self.lost!r})" if self.lost else "")


class Served:
    """The public folder of a build whose pages were made by the layout of `stage.py`."""

    def __init__(self, public: Path, own: Iterable[str] = ()) -> None:
        """`own` are further base URLs at which the site is served."""
        self.public = public
        self.files = frozenset(p.relative_to(public).as_posix() for p in public.rglob("*") if p.is_file())
        self._own = tuple(own)
        self.unsure: frozenset[str] = frozenset()
        """Files that two pages, or a page and an alias, claim: Hugo writes either, or a mix. Nothing is said of them."""
        self._ids: dict[str, frozenset[str]] = {}

    def text(self, file: str) -> str:
        """A file's text, without the counter in what Hugo leaves of a shortcode in a heading."""
        return _COUNTER.sub(LEFT, (self.public / file).read_text("utf-8", "replace"))

    @cached_property
    def redirects(self) -> Mapping[str, str]:
        """Files that only redirect -> where to."""
        small = [f for f in self.html if (self.public / f).stat().st_size < 2000]
        found = {f: _REFRESH.search(self.text(f)) for f in small}
        return {f: match[1] for f, match in found.items() if match}

    @cached_property
    def mixed(self) -> frozenset[str]:
        """Files that are written by more than one page."""
        texts = ((f, self.text(f)) for f in self.heads)
        return frozenset(
            f for f, t in texts if len(_HEAD.findall(t)) != 1 or t.count(END) != 1 or not t.endswith(END)
        )

    @cached_property
    def html(self) -> list[str]:
        return sorted(f for f in self.files if f.endswith((".html", ".htm")))

    @cached_property
    def heads(self) -> Mapping[str, Mapping[str, Any]]:
        """File -> what the layout wrote about the page: source, URL, title, terms …"""
        found = {f: _HEAD.search(self.text(f)[:100_000]) for f in self.html}
        return {f: json.loads(match[1]) for f, match in found.items() if match}

    @cached_property
    def bases(self) -> Mapping[str, tuple[str, str]]:
        """Host -> (path below which the site is served, folder of the files)."""
        bases: dict[str, tuple[str, str]] = {}
        for head in self.heads.values():
            base = urlsplit(head["base"])
            bases[base.netloc.lower() or _NOBODY] = (
                _folder_url(base.path),
                f"{head['lang']}/" if head["multihost"] else "",
            )
        first = next(iter(bases.values()), ("/", ""))
        for url in self._own if len(bases) < 2 else ():  # of several hosts, nobody says which an old one was
            bases.setdefault(urlsplit(url).netloc.lower(), (_folder_url(urlsplit(url).path), first[1]))
        return bases

    def url(self, file: str) -> str:
        """The absolute URL of a file."""
        for host, (path, folder) in self.bases.items():
            if file.startswith(folder):
                name = re.sub(r"(^|/)index\.html$", r"\1", file.removeprefix(folder))
                return f"https://{host}{path}{name}"
        return f"https://{_NOBODY}/{file}"

    def ids(self, file: str) -> frozenset[str]:
        """Every id and `a[name]` of a page."""
        if file not in self._ids:
            tree = LexborHTMLParser(self.text(file))
            found = {n.attributes["id"] or "" for n in tree.css("[id]")}
            self._ids[file] = frozenset(found | {n.attributes["name"] or "" for n in tree.css("a[name]")})
        return self._ids[file]

    def lead(self, href: str, page: str) -> Destination:
        """Where a link of the page in that file leads."""
        if _UNSAFE in href:
            return Destination("dead", href)
        try:
            absolute = urlsplit(urljoin(self.url(page), _as_browsers_read(href)))
        except ValueError:
            return Destination("dead", href)
        if absolute.scheme in _OTHER:
            return Destination("other", absolute.geturl())
        if absolute.scheme not in ("http", "https"):
            return Destination("dead", absolute.geturl())
        host = absolute.netloc.rpartition("@")[2].lower()
        if host not in self.bases:
            plausible = _HOST.fullmatch(host) and " " not in absolute.path
            return Destination("host", host) if plausible else Destination("dead", absolute.geturl())
        file = self._file(host, absolute.path)
        fragment, hops = absolute.fragment.partition(":~:")[0], 0
        while file in self.redirects and hops < 10:
            to = urlsplit(urljoin(self.url(file), self.redirects[file]))
            file, fragment, hops = self._file(to.netloc.lower() or host, to.path), to.fragment, hops + 1
        if file is None:
            return Destination("dead", absolute.geturl())
        if not file.endswith((".html", ".htm")):
            return Destination("file", file)
        found = next((f for f in (fragment, unquote(fragment)) if f and f in self.ids(file)), "")
        lost = fragment if fragment and not found and fragment.lower() != "top" else ""
        return Destination("page", file, found, lost)

    def _file(self, host: str, path: str) -> str | None:
        """The file that answers an encoded URL path; a page also without its slash or its `.html`."""
        if host not in self.bases:
            return None
        base, folder = self.bases[host]
        # urljoin resolves the dots of relative URLs only.
        path = urlsplit(urljoin("http://x/", path or "/")).path if "//" not in path else path
        if not f"{path}/".startswith(base):
            return None
        name = folder + unquote(path, errors="surrogateescape")[len(base) :]
        stem = re.sub(r"(^|/)index\.html$|\.html$|/$", "", name)
        tries = [name, posixpath.join(name, "index.html"), posixpath.join(stem, "index.html"), f"{stem}.html"]
        return next((t for t in tries if t in self.files and t not in self.unsure), None)


def _folder_url(path: str) -> str:
    return f"/{path.strip('/')}/".replace("//", "/")


def _as_browsers_read(href: str) -> str:
    """A URL without the spaces around it, and with encoded dots and backslashes in its path read as dots and slashes."""
    href = re.sub(r"[\t\n\r]", "", href.strip("".join(map(chr, range(33)))))
    path, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", href, re.DOTALL).groups()  # type: ignore[union-attr]  # matches anything
    return re.sub("%2e", ".", path, flags=re.IGNORECASE).replace("\\", "/") + mark + rest
