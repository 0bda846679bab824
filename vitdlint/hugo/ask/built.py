"""What a build has left behind: the files with the ids in them, and the list of pages that our template wrote."""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ...core.errors import HugoFailedError
from .overlay import NAME

_LARGEST = 10_000_000
"""Bytes of a page that is looked into."""
_HIDES = re.compile(rb"<(!--|(?:script|style|template|textarea|title)\b)", re.IGNORECASE)
_TAG = re.compile(rb"<([a-zA-Z][^\s/>]*+)\s((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*)")
_ATTRIBUTE = re.compile(
    rb"(?<![^\s\"'/])(id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+))", re.IGNORECASE
)
_REFRESH = re.compile(rb"<meta http-equiv=[\"']?refresh[\"']? content=[\"']0; url=([^\"']*)[\"']")
_REDIRECT_SIZE = 2_000


class ListedPage(NamedTuple):
    """A page as Hugo's templates see it."""

    language: str
    version: str
    """'' before Hugo 0.153, as is the role."""
    role: str
    kind: str
    path: str
    """The logical one."""
    url: str


class Built(NamedTuple):
    """A build."""

    version: str
    """Hugo's."""
    files: frozenset[str]
    """All below the public folder."""
    ids: Mapping[str, frozenset[str]]
    """The ids and names in each HTML file."""
    redirects: Mapping[str, str]
    """Redirect pages -> target URL."""
    pages: tuple[ListedPage, ...]
    hooks: frozenset[str]
    """Names of the render hooks that the site has: link, image and so on."""
    answers: Mapping[int, str]
    """The HTML that Hugo makes of each question, by its number."""


def read_built(public: Path) -> Built:
    """Everything below the public folder. HugoFailedError where our template has written nothing that can be read."""
    files, ids, redirects, listed = set[str](), dict[str, frozenset[str]](), dict[str, str](), None
    for path, name in _walk(public):
        if path.name == f"{NAME}.json":
            listed = path if listed is None else listed
            continue
        files.add(name)
        if name.endswith((".html", ".htm")) and (size := path.stat().st_size) <= _LARGEST:
            data = path.read_bytes()
            refresh = _REFRESH.search(data) if size < _REDIRECT_SIZE else None
            if refresh is not None:
                redirects[name] = html.unescape(refresh[1].decode("utf-8", "replace"))
            else:
                ids[name] = frozenset(ids_in(data))
    if listed is None:
        raise HugoFailedError("hugo has built the site without the list of pages that vitdlint adds to it")
    try:
        said: Any = json.loads(listed.read_bytes())
        pages = tuple(
            ListedPage(*(str(row.get(field) or "") for field in ListedPage._fields))
            for row in said["pages"] or ()
        )
        answers = {int(row["number"]): str(row["html"]) for row in said["answers"] or ()}
        return Built(
            str(said["version"]),
            frozenset(files),
            ids,
            redirects,
            pages,
            frozenset(map(str, said["hooks"] or ())),
            answers,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise HugoFailedError("hugo's list of the pages cannot be read") from None


def ids_in(data: bytes) -> Iterator[str]:
    """The ids of elements, and the names of `<a>`, in HTML."""
    for tag in _TAG.finditer(_shown(data)):
        for match in _ATTRIBUTE.finditer(tag[2]):
            if match[1].lower() == b"id" or tag[1].lower() == b"a":
                value = match[2] if match[2] is not None else match[3] if match[3] is not None else match[4]
                yield html.unescape(value.decode("utf-8", "replace"))


def _shown(data: bytes) -> bytes:
    """HTML without comments and without what is no markup; what is not closed hides all that follows."""
    lower, kept, at = data.lower(), list[bytes](), 0
    while (start := _HIDES.search(lower, at)) is not None:
        name = start[1]
        inside = start.end() if name == b"!--" else lower.find(b">", start.end())
        kept.append(data[at:inside])
        end = lower.find(b"-->" if name == b"!--" else b"</" + name, inside)
        if inside < 0 or end < 0:
            return b"".join(kept)
        at = end + 3
    return b"".join([*kept, data[at:]])


def _walk(public: Path) -> Iterator[tuple[Path, str]]:
    """Every file below a folder, with its POSIX path; links are left out."""
    for base, _folders, names in os.walk(public):
        for name in names:
            path = Path(base, name)
            if path.is_file() and not path.is_symlink():
                yield path, path.relative_to(public).as_posix()
