"""What a link target is: to another host, to a path of this one, relative, or only a fragment.

Pure functions of the target's text, after the URL standard (WHATWG) as far as links between pages need it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from ..core.lazy_re import lazy_re
from ..page.markdown.body import Link

_SCHEME = lazy_re(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_PLAIN_HOST = re.compile(r"https?://([\w.:\-]+)(?:/|\Z)")
_STRIPPED = "".join(map(chr, range(0x21)))
"""What a browser strips from both ends of a URL: C0 controls and the space."""
_DROPPED = {ord(c): None for c in "\t\n\r"}
_UNWRITABLE = lazy_re(r"[\x00- ()<>`|\\\x7f\"]")
"""What ends the target of a link in Markdown or the parameter of a shortcode, or is read as something else there."""
_ENTITY = lazy_re(r"&(?=#?\w+;)")
_DOTS = lazy_re(r"/(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)


_MEDIA = frozenset({"img", "source", "video", "audio", "embed", "object", "track", "input", "image", "use"})
_DOWNLOADS = frozenset(
    {
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "odt",
        "ods",
        "odp",
        "rtf",
        "csv",
        "tsv",
        "epub",
        "txt",
    }
    | {
        "zip",
        "gz",
        "tgz",
        "tar",
        "bz2",
        "xz",
        "7z",
        "rar",
        "dmg",
        "exe",
        "iso",
        "deb",
        "rpm",
        "jar",
        "bib",
        "ris",
    }
    | {
        "png",
        "jpg",
        "jpeg",
        "jpe",
        "gif",
        "svg",
        "webp",
        "avif",
        "bmp",
        "tif",
        "tiff",
        "ico",
        "heic",
        "eps",
        "psd",
    }
    | {
        "mp3",
        "mp4",
        "m4a",
        "m4v",
        "webm",
        "mov",
        "avi",
        "wmv",
        "mkv",
        "wav",
        "ogg",
        "oga",
        "ogv",
        "flac",
        "vtt",
    }
    | {
        "json",
        "xml",
        "yaml",
        "yml",
        "toml",
        "js",
        "mjs",
        "css",
        "map",
        "woff",
        "woff2",
        "ttf",
        "otf",
        "wasm",
        "ics",
    }
)


class UrlParts(NamedTuple):
    """A target, taken apart; nothing in it is percent-decoded."""

    kind: str
    """external (another host), other (mailto:, tel:, data:…), path (starts with `/`), relative, or fragment (only
    that, or nothing at all)."""
    path: str = ""
    """For path, dot segments resolved; for relative, as written."""
    query: str | None = None
    fragment: str | None = None
    host: str = ""
    """The own host that the target spells out, in lower case; '' for the others."""


Origins = Mapping[str, str]
"""The site's own hosts, each with the path that the site begins at: `{"example.org": "/docs/"}`."""


def origins(urls: Iterable[str]) -> dict[str, str]:
    """The hosts of base URLs, which may lack their scheme; what names no host (a baseURL of `/`, say) gives none."""
    found: dict[str, str] = {}
    for url in urls:
        match = re.match(r"(?:(?:https?:)?//)?([^/?#\s]+)([^?#]*)", url.strip(), re.IGNORECASE)
        if match is not None:
            found.setdefault(match[1].lower().rpartition("@")[2], match[2].rstrip("/") + "/")
    return found


def parse(target: str, own: Origins, base: str = "/", *, markdown: bool = True) -> UrlParts:
    r"""Take a target apart, as a browser does.

    A URL on an own host becomes a path below `base`, the path that this site begins at. In Markdown a backslash and
    spaces at the ends are percent-encoded by goldmark; in raw HTML a browser reads `\` as `/` and drops the spaces.
    """
    if not markdown:
        target = target.strip(_STRIPPED).translate(_DROPPED)
    fragment: str | None = None
    query: str | None = None
    rest = target
    if "#" in rest:
        rest, _, fragment = rest.partition("#")
    if "?" in rest:
        rest, _, query = rest.partition("?")
    if "\\" in rest:
        rest = rest.replace("\\", "%5C" if markdown else "/")
    if rest[:1] == "/" and rest[1:2] != "/":
        return UrlParts("path", without_dots(rest), query, fragment)
    if not rest and query is None:
        return UrlParts("fragment", "", None, fragment)
    scheme = _SCHEME.match(rest)
    if scheme is not None and scheme[1].lower() not in ("http", "https"):
        return UrlParts("other")
    if scheme is None and not rest.startswith("//"):
        return UrlParts("relative", rest, query, fragment)
    host, slash, path = rest[scheme.end() if scheme else 0 :].lstrip("/").partition("/")
    host = host.lower()
    begin = own.get(host)
    if begin is None or not (slash + path + "/").startswith(begin):
        return UrlParts("external", fragment=fragment)
    return UrlParts("path", base + without_dots("/" + path)[len(begin) :], query, fragment, host)


def is_elsewhere(url: str, own: Origins) -> bool:
    """Whether an http(s) URL with a plain host is plainly another site's; False leaves it to `parse`."""
    host = _PLAIN_HOST.match(url)
    return host is not None and host[1].lower() not in own


def join(base: str, relative: str) -> str:
    """The absolute path of a relative one, seen from a page's URL."""
    if not relative:
        return base
    folder = base[: base.rindex("/")]
    while relative.startswith("../"):
        relative = relative[3:]
        folder = folder[: max(folder.rfind("/"), 0)]
    return without_dots(f"{folder}/{relative}")


def without_dots(path: str) -> str:
    """An absolute path with `.` and `..` resolved, also where they are percent-encoded."""
    if ("/." not in path and "/%2" not in path) or _DOTS.search(path) is None:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for i, segment in enumerate(segments):
        plain = segment.lower().replace("%2e", ".")
        if plain == "..":
            del kept[-1:]
        elif plain != ".":
            kept.append(segment)
            continue
        if i == len(segments) - 1:
            kept.append("")
    return "/" + "/".join(kept)


def decode(path: str) -> str:
    """The bytes that a server looks for, as text; bytes that are not UTF-8 become lone surrogates."""
    return unquote(path, errors="surrogateescape") if "%" in path else path


def leads_somewhere(fragment: str | None) -> bool:
    """Whether a browser needs no id for a fragment: none, empty, `#top`, or a text fragment alone."""
    bare = bare_fragment(fragment)
    return not bare or (len(bare) == 3 and bare.lower() == "top")


def bare_fragment(fragment: str | None) -> str:
    """A fragment without its directive (`:~:text=…`)."""
    return fragment.partition(":~:")[0] if fragment and ":~:" in fragment else fragment or ""


def is_file(link: Link, path: str) -> bool:
    """Whether a link asks for an image or a download rather than for a page."""
    if link.kind == "image" or link.attribute == "figure.src":
        return True
    if link.kind == "html" and link.attribute.partition(".")[0] in _MEDIA:
        return True
    return is_download(path)


def is_download(path: str) -> bool:
    """Whether a path ends like a file that is no page."""
    name, dot, extension = path.rpartition("/")[2].rpartition(".")
    return bool(name and dot) and extension.lower() in _DOWNLOADS


def as_written(url: str, link: Link) -> str:
    """A URL as it may be written in the place of that link's destination."""
    if link.kind == "html":
        return url.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#39;")
    written = _UNWRITABLE.sub(lambda match: quote(match[0]), url)
    return written if link.kind == "shortcode" else _ENTITY.sub("&amp;", written)


@cache
def glob(pattern: str) -> re.Pattern[str]:
    """A glob over URL paths or fragments: `*` within a segment, `**` across, `?` one character."""
    out = ""
    for piece in re.split(r"(\*\*/?|\*|\?)", pattern):
        out += {"**": ".*", "**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}.get(piece, re.escape(piece))
    return re.compile(out + r"\Z", re.DOTALL)
