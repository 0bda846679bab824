"""Static files and files beside pages that nothing on a site names, as far as that is certain.

A file is in use as soon as its name is anywhere in the texts of the site, whatever folder is meant: rather one is missed
than one reported that somebody needs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from posixpath import basename, dirname
from typing import NamedTuple
from urllib.parse import unquote

from ..core.lazy_re import lazy_re
from ..core.model import NotChecked
from ..files.tree import Tree
from ..hugo.cast import to_map
from ..hugo.files import ContentFile, mounted_files
from ..hugo.glob import match
from ..hugo.taken_files import OF_HUGO, Taken, joined, taken_files
from ..hugo.texts import TYPES, Text, texts
from .site import Site

_CODE = frozenset(["css", "js", "mjs", "cjs"])
_TYPE = {extension: kind for kind, words in TYPES.items() for extension in words.split()}
"""The files that pages embed or offer. Others (`.txt`, `.json`, `.html`) people and programs ask for by their address."""
_ASKED_FOR = lazy_re(
    r"(?:^|/)\.|(?:^|/)(?:favicon|apple-touch-icon|android-chrome|mstile|ms-icon|safari-pinned-tab|web-app-manifest|"
    r"(?:sw|service-?worker|_worker|firebase-messaging-sw)\.[cm]?js)",
    re.IGNORECASE,
)
"""What browsers and hosts ask for by themselves."""
_TOKEN = lazy_re(r"[\w.@-]+")
_SCRIPTS = (".js", ".mjs", ".ts", ".jsx", ".tsx", ".html", ".htm")
_MARKS = lazy_re(r"[%&\\]")


class UnusedFile(NamedTuple):
    """A file that nothing names."""

    path: str
    size: int
    """In bytes."""
    beside: bool
    """It lies beside a page, not in a static folder."""


class _Names:
    """File names (or parts of them), and which of them occur in texts."""

    def __init__(self, names: Iterable[str]) -> None:
        self.found: set[str] = set()
        self._by_end: dict[str, list[str]] = {}
        for name in set(names):
            # A name with a space or the like is more than one token: the last one finds it.
            ends = _TOKEN.findall(name)
            self._by_end.setdefault(ends[-1] if ends else name, []).append(name)

    def look(self, text: str, tokens: set[str], but: str = "") -> None:
        """Note the names that are in a text; its own name in a file does not count."""
        for end in self._by_end.keys() & tokens:
            self.found.update(n for n in self._by_end[end] if n != but and (n == end or n in text))


class UnusedFiles:
    """What the rule about them checks. The texts of the site are read when first asked for."""

    def __init__(self, site: Site, tree: Tree, listed: tuple[ContentFile, ...]) -> None:
        self._site = site
        self._config = site.addresses.config
        self._tree = tree
        self._listed = listed

    @cached_property
    def files(self) -> tuple[UnusedFile, ...]:
        """All of them, by path."""
        return self._settled[0]

    @cached_property
    def not_checked(self) -> tuple[NotChecked, ...]:
        """How many files are named nowhere and may be in use."""
        _, count, reason = self._settled
        return (NotChecked("unused files", reason, count),) if count else ()

    @cached_property
    def _settled(self) -> tuple[tuple[UnusedFile, ...], int, str]:
        """The unused ones, how many may be so, and why that is not certain."""
        candidates = tuple(sorted(self._candidates()))
        part = self._site.addresses.missing.shortcodes
        if part is not None:
            return (), len(candidates), "templates are not on disk"
        unnamed, taken = self._unnamed(candidates)
        unused = tuple(file for file in unnamed if not self._is_taken(file, taken))
        return unused, len(unnamed) - len(unused), "templates take files by a pattern, a folder or a type"

    def _candidates(self) -> Iterator[UnusedFile]:
        beside = [(f.path, f.virtual) for f in self._listed if f.kind == "file" and not f.module]
        for mount in self._config.mounts:
            if mount.module or mount.component not in ("static", "content"):
                continue
            sizes = self._tree.files(mount.source)
            static = mount.component == "static"
            # A file that is mounted alone is named by the configuration.
            for path, name in mounted_files(self._config, self._tree, mount) if static else beside:
                if path in sizes and _extension(path) in _TYPE and not _ASKED_FOR.search(name):
                    yield UnusedFile(path, sizes[path], not static)

    def _unnamed(self, files: tuple[UnusedFile, ...]) -> tuple[tuple[UnusedFile, ...], Mapping[str, Taken]]:
        """Those whose name is nowhere written, and what templates take by other means ('' or a shortcode's name)."""
        names, stems = _Names(_name(f.path) for f in files), _Names(_stem(f.path) for f in files)
        takers: dict[str, list[Taken]] = {"": [OF_HUGO]}
        for text in texts(self._config, self._tree):
            for variant in _variants(text.text):
                tokens = _tokens(variant)
                names.look(variant, tokens, _name(text.path))
                stems.look(
                    variant, tokens | {t.rpartition(".")[0] for t in tokens if "." in t}, _stem(text.path)
                )
            if text.component == "layouts" or text.path.endswith(_SCRIPTS):
                takers.setdefault(_shortcode(text), []).append(taken_files(text))
        for own in self._names_of_pages():
            stems.look(own, _tokens(own))
        taken = {name: joined(some) for name, some in takers.items()}
        by_name = joined(taken.values())
        used = {f.path for f in files if _name(f.path) in names.found or _is_built(f, by_name, stems.found)}
        libraries = {dirname(path) for path in used if _extension(path) in _CODE}
        return tuple(f for f in files if f.path not in used and not _is_below(f, libraries)), taken

    def _names_of_pages(self) -> Iterator[str]:
        """What templates may make file names of."""
        for page in self._site.addresses.publication.outputs:
            yield _plain(f"{page.logical} {page.url}")
        yield from map(_plain, self._site.addresses.term_keys)

    def _is_taken(self, file: UnusedFile, taken: Mapping[str, Taken]) -> bool:
        assets, path = self._assets.get(file.path), _plain(file.path)
        by_all = joined(taken.values())
        if "folders" in by_all.whole or _is_in(path, by_all.folders):
            return True
        if assets is not None and ("assets" in by_all.whole or _matches(_plain(assets), by_all.assets)):
            return True
        if not file.beside:
            return False
        here = joined((taken[""], *(taken[name] for name in self._called(file.path) if name in taken)))
        return (
            "beside" in here.whole
            or _TYPE[_extension(path)] in here.types
            or _matches(path, here.beside | self._patterns.get(dirname(file.path), frozenset()))
        )

    @cached_property
    def _assets(self) -> Mapping[str, str]:
        """The site's files that are below `assets/` too, and where."""
        return dict(
            found
            for m in self._config.mounted("assets")
            for found in mounted_files(self._config, self._tree, m)
        )

    @cached_property
    def _patterns(self) -> Mapping[str, frozenset[str]]:
        """The patterns in `resources` of front matter, by the folder of the page."""
        found: dict[str, frozenset[str]] = {}
        for path, facts in self._site.pages.items():
            listed = facts.front.get("resources")
            for each in listed if isinstance(listed, list) else ():
                pattern = to_map(each).get("src")
                if isinstance(pattern, str) and "*" in pattern:
                    found[dirname(path)] = found.get(dirname(path), frozenset()) | {pattern.lower()}
        return found

    def _called(self, path: str) -> frozenset[str]:
        """The shortcodes that pages in the folder of a file and above call."""
        found: frozenset[str] = frozenset()
        while path := dirname(path):
            found |= self._calls.get(path, frozenset())
        return found

    @cached_property
    def _calls(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for path, facts in self._site.pages.items():
            if facts.shortcodes:
                names = frozenset(call.name.lower() for call in facts.shortcodes)
                found[dirname(path)] = found.get(dirname(path), frozenset()) | names
        return found


def _is_built(file: UnusedFile, taken: Taken, stems: set[str]) -> bool:
    """Whether a template or script may put the file's name together."""
    if any(match(pattern, _name(file.path)) for pattern in taken.built):
        return True
    extension = _extension(file.path)
    by_stem = extension in taken.extensions or extension in _CODE or (file.beside and "stems" in taken.whole)
    return by_stem and _stem(file.path) in stems


def _is_below(file: UnusedFile, libraries: set[str]) -> bool:
    """Whether it is part of a library: a script loads what is beside it and below by names that it computes."""
    return _TYPE[_extension(file.path)] in ("text", "font") and _is_in(file.path, libraries)


def _is_in(path: str, folders: Collection[str]) -> bool:
    while path := dirname(path):
        if path in folders:
            return True
    return False


def _matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether a pattern matches the path from some folder on."""
    parts = path.split("/")
    return any(match(pattern, "/".join(parts[i:])) for pattern in patterns for i in range(len(parts)))


def _shortcode(text: Text) -> str:
    """The name of the shortcode whose template it is, or ''."""
    if text.component != "layouts" or "shortcodes/" not in text.path:
        return ""
    return text.path.rpartition("shortcodes/")[2].partition(".")[0].lower()


def _variants(text: str) -> Iterator[str]:
    text = _plain(text)
    yield text
    if _MARKS.search(text):
        from html import unescape  # 1.5 ms, and this rule is off by default

        yield _plain(unescape(unquote(text.replace("\\", ""))))


def _tokens(text: str) -> set[str]:
    found = set(_TOKEN.findall(text))
    return found | {token.strip("._-") for token in found}


def _plain(text: str) -> str:
    """As names are compared: without regard to case, and to how a system writes accents."""
    return unicodedata.normalize("NFC", text).lower()


def _name(path: str) -> str:
    return _plain(basename(path))


def _stem(path: str) -> str:
    return _name(path).rpartition(".")[0] or _name(path)


def _extension(path: str) -> str:
    return basename(path).rpartition(".")[2].lower()
