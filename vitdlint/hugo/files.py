"""Which files of the content folders are pages, of which language, and which are resources (Hugo 0.168)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from ..files.tree import Tree
from . import glob
from .config import HugoConfig
from .modules import Mount
from .names import logical

_KNOWN_WRAPPER = lazy_re(r"_(?:language_)?(.+)_")
_IGNORED = lazy_re(r"(?:^|/)[.#]|~(?:/|\Z)")
"""A file or a folder above it that Hugo takes for an editor's."""


class ContentFile(NamedTuple):
    """A file below a content folder."""

    path: str
    """In the tree."""
    virtual: str
    """Below the content folder as Hugo sees it, with its case: `posts/My Page.md`."""
    kind: str
    """single, leaf (`index.md`), branch (`_index.md`), resource (a content file inside a leaf bundle), file (not
    content at all) or adapter (`_content.gotmpl`)."""
    base: str
    """Hugo's identity: `/posts/my-page`, with the extension for a resource or a file; '' for the home page."""
    stem: str
    """The file's name without extension and language, with its case."""
    languages: tuple[str, ...]
    """The languages that take it; empty if another file with the same identity has taken all of them."""
    module: str = ""
    """'' for the project's own."""
    weight: int = 0
    """Of two files that are one page, the heavier is taken: one of an earlier mount, one that names its language."""

    @property
    def is_page(self) -> bool:
        """Whether it is parsed as a page (pages inside a bundle included)."""
        return self.kind in {"single", "leaf", "branch", "resource"}


class _Name(NamedTuple):
    """A file name taken apart."""

    stem: str
    extension: str
    language: str
    identifiers: int
    """How many parts besides the stem have a meaning; more than one drops them from a resource's identity."""


def content_files(config: HugoConfig, tree: Tree) -> tuple[ContentFile, ...]:
    """Every file of the content folders, sorted by path; what Hugo ignores is left out."""
    found: list[tuple[ContentFile, tuple[int, int]]] = []
    module_order = {"": 0, **{m.name: i for i, m in enumerate(config.modules, 1)}}
    weights = _weights(config, module_order)
    for number, mount in enumerate(config.mounted("content")):
        languages = _mount_languages(config, mount)
        if not languages:
            continue
        for path, virtual in mounted_files(config, tree, mount):
            found.append(
                (
                    _classify(config, path, virtual, languages, mount, weights[mount]),
                    (module_order[mount.module], number),
                )
            )
    leaf_folders = {f.virtual.rpartition("/")[0] for f, _ in found if f.kind == "leaf"}
    if leaf_folders:
        found = [(_in_bundle(f, leaf_folders), order) for f, order in found]
    files = _settle(found)
    return tuple(sorted(files, key=lambda f: f.path))


def _weights(config: HugoConfig, module_order: Mapping[str, int]) -> Mapping[Mount, int]:
    """Hugo's own weights: within a module an earlier mount weighs more."""
    found: dict[Mount, int] = {}
    for module, order in module_order.items():
        mounts = [m for m in config.mounts if m.module == module]
        for i, mount in enumerate(mounts):
            found.setdefault(mount, (10 + order) * (len(mounts) - i))
    return found


def mounted_files(config: HugoConfig, tree: Tree, mount: Mount) -> Iterator[tuple[str, str]]:
    """The files of a mount: path in the tree, and path below its component folder."""
    listed: Mapping[str, int] = tree.files(mount.source)
    below = mount.target.partition("/")[2]
    content = mount.component == "content"
    if not listed and mount.source and tree.exists(mount.source):
        yield mount.source, below or basename(mount.source)
        return
    cut = len(mount.source) + 1 if mount.source else 0
    ignore = [re.compile(p) for p in config.ignore_files if _is_regex(p)]
    for path, size in listed.items():
        inner = path[cut:]
        if size < 0 or (content and _IGNORED.search(inner)):
            continue
        if mount.files and not _included(f"/{inner}", mount.files):
            continue
        if ignore and any(p.search(f"{tree.root}/{path}") for p in ignore):
            continue
        yield path, f"{below}/{inner}" if below else inner


def _is_regex(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _included(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether a mount's patterns let a file through: the first that matches decides."""
    inclusive = False
    for pattern in patterns:
        excludes = pattern.startswith("! ")
        wanted = pattern[2:] if excludes else pattern
        inclusive = inclusive or not excludes
        if glob.match(wanted if wanted.startswith("/") else f"/{wanted}", path):
            return not excludes
    return not inclusive


def _mount_languages(config: HugoConfig, mount: Mount) -> tuple[str, ...]:
    if not mount.languages:
        return (config.default.name,)
    return tuple(each.name for each in config.matching(mount.languages))


def _classify(
    config: HugoConfig, path: str, virtual: str, languages: tuple[str, ...], mount: Mount, weight: int
) -> ContentFile:
    folder, _, name = virtual.rpartition("/")
    parts = _take_apart(config, name)
    if parts.language:
        if parts.language in config.disabled_languages and all(
            each.name != parts.language for each in config.languages
        ):
            languages = ()
        else:
            languages = (parts.language,)
            weight += 1
    extension = parts.extension.lower()
    where = f"/{logical(folder)}" if folder else ""
    stem = logical(parts.stem)
    if extension in config.content_extensions and parts.stem:
        kind = {"index": "leaf", "_index": "branch"}.get(stem, "single")
        base = where if kind != "single" else f"{where}/{stem}"
    elif stem == "_content" and extension == "gotmpl":
        kind, base = "adapter", where
    else:
        kind, base = "file", _file_base(where, name, parts)
    return ContentFile(path, virtual, kind, base, parts.stem, languages, mount.module, weight)


def _file_base(where: str, name: str, parts: _Name) -> str:
    if parts.identifiers < 2:
        return f"{where}/{logical(name)}"
    return f"{where}/{logical(parts.stem)}.{logical(parts.extension)}"


def _take_apart(config: HugoConfig, name: str) -> _Name:
    """Split a file name at its dots; parts that name a language (anywhere after the first) are not of the stem."""
    dots = name.count(".")
    if not dots:
        return _Name(name, "", "", 0)
    stem, _, extension = name.rpartition(".")
    if dots == 1:
        return _Name(stem, extension, "", 1)
    known = {each.name for each in config.languages} | config.disabled_languages
    parts = name.split(".")
    language, identifiers = "", 1
    for i in range(len(parts) - 2, -1, -1):
        part = parts[i].lower().replace(" ", "-")
        wrapped = _KNOWN_WRAPPER.fullmatch(part)
        found = part
        if wrapped:
            found = wrapped[1] if part.startswith("_language_") else ""
        if (found in known and not language) or wrapped or part == "baseof":
            language = language or (found if found in known else "")
            identifiers += 1
            if i:
                stem = ".".join(parts[:i])
    return _Name(stem, extension, language, identifiers)


def _in_bundle(file: ContentFile, leaf_folders: set[str]) -> ContentFile:
    """Inside a leaf bundle's folder, all but the bundle's own `index.md` is a resource."""
    folder = file.virtual.rpartition("/")[0]
    above = folder
    inside = False
    while above and not inside:
        above = above.rpartition("/")[0]
        inside = above in leaf_folders if above else False
    inside = inside or (folder != "" and "" in leaf_folders)
    own = folder in leaf_folders
    if not (own or inside) or file.kind in {"file", "adapter"} or (file.kind == "leaf" and not inside):
        return file
    where = f"/{logical(folder)}" if folder else ""
    name = file.virtual.rpartition("/")[2]
    extension = name.rpartition(".")[2]
    many = name.count(".") > file.stem.count(".") + 1
    base = f"{where}/{logical(file.stem)}.{logical(extension)}" if many else f"{where}/{logical(name)}"
    return file._replace(kind="resource", base=base)


def _settle(found: list[tuple[ContentFile, tuple[int, int]]]) -> list[ContentFile]:
    """Among files of one folder with the same identity the first in Hugo's order takes a language, without a warning."""
    groups: dict[tuple[str, str, str], list[tuple[ContentFile, tuple[int, int]]]] = {}
    for file, order in found:
        key = (file.kind, file.base, file.virtual.rpartition("/")[0])
        groups.setdefault(key, []).append((file, order))
    out: list[ContentFile] = []
    for group in groups.values():
        if len(group) == 1:
            out.append(group[0][0])
            continue
        taken: set[str] = set()
        for file, _ in sorted(group, key=_precedence):
            free = tuple(n for n in file.languages if n not in taken)
            taken.update(free)
            out.append(file if free == file.languages else file._replace(languages=free))
    return out


def _precedence(entry: tuple[ContentFile, tuple[int, int]]) -> tuple[object, ...]:
    """Earlier mounts, then names with a language, then `md` before `markdown`, then by name."""
    file, (module, mount) = entry
    name = file.virtual.rpartition("/")[2]
    extension = name.rpartition(".")[2].lower()
    named = name.count(".") > file.stem.count(".") + 1
    return module, mount, not named, [-ord(c) for c in extension] + [0], name
