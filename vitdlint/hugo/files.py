"""Which files of the content folders are pages, of which sites, and which are resources (Hugo 0.168)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cmp_to_key
from posixpath import basename
from typing import NamedTuple

from ..core.lazy_re import lazy_re
from ..files.tree import Tree
from . import glob
from .config import HugoConfig
from .modules import Mount
from .names import logical
from .space import NO_MATRIX, NO_NAMES, Names, SiteKey, Space

_WRAPPED = lazy_re(r"\._.*?_(?=\.|\Z)", re.DOTALL)
"""An identifier such as `._version_v1.0_`, whose dots separate nothing."""
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
    """The file's name without extension and identifiers, with its case."""
    sites: tuple[SiteKey, ...]
    """The sites that take it, in Hugo's order; empty if another file with the same identity has taken all of them."""
    module: str = ""
    """'' for the project's own."""
    weight: int = 0
    """Of two files that are one page, the heavier is taken: one of an earlier mount, one that names its language."""
    complements: Names = NO_NAMES
    """Of the sites that list it without publishing it."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its sites."""
        return tuple(dict.fromkeys(key.language for key in self.sites))

    def is_listed(self, key: SiteKey) -> bool:
        """Whether a site lists it, be it as one of another site."""
        own = zip(*self.sites, strict=True)
        return bool(self.sites) and all(
            name in names or name in more
            for name, names, more in zip(key, own, self.complements, strict=True)
        )

    @property
    def is_page(self) -> bool:
        """Whether it is parsed as a page (pages inside a bundle included)."""
        return self.kind in {"single", "leaf", "branch", "resource"}


class _Name(NamedTuple):
    """A file name taken apart."""

    stem: str
    extension: str
    identifiers: int = 1
    """How many parts besides the stem have a meaning; more than one drops them from a resource's identity."""
    language: str = ""
    versions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    custom: str = ""
    """An identifier that means nothing to Hugo (`._draft_`): such files are no rivals."""
    disabled: bool = False
    """It names a language that is not built."""


def content_files(config: HugoConfig, tree: Tree) -> tuple[ContentFile, ...]:
    """Every file of the content folders, sorted by path; what Hugo ignores is left out."""
    found: list[_Found] = []
    module_order = {"": 0, **{m.name: i for i, m in enumerate(config.modules, 1)}}
    weights = _weights(config, module_order)
    for mount in config.mounted("content"):
        placed = _Placed(config.space, mount, weights[mount], module_order[mount.module])
        if placed.sites:
            for path, virtual in mounted_files(config, tree, mount):
                each = _classify(config, path, virtual, placed)
                if each.file.sites:  # none: the name is that of a language which is not built
                    found.append(each)
    leaf_folders = {f.file.virtual.rpartition("/")[0] for f in found if f.file.kind == "leaf"}
    if leaf_folders:
        found = [f._replace(file=_in_bundle(f.file, leaf_folders)) for f in found]
    return tuple(sorted(_settle(found), key=lambda f: f.path))


class _Found(NamedTuple):
    """A file, and what decides which of several with the same identity is taken."""

    file: ContentFile
    module: int
    custom: str


class _Placed:
    """The sites of a mount's files."""

    def __init__(self, space: Space, mount: Mount, weight: int, module: int) -> None:
        self.space = space
        self.name = mount.module
        self.weight = weight
        self.module = module
        self.sites = space.mounted(mount.matrix)
        listed = mount.complements
        self.complements = space.of_target(listed) if listed != NO_MATRIX else NO_NAMES
        self._named: dict[tuple[str, tuple[str, ...], tuple[str, ...]], tuple[SiteKey, ...]] = {}

    def of(self, name: _Name) -> tuple[SiteKey, ...]:
        """Those of a file, whose name may say others than its mount."""
        if name.disabled:
            return ()
        if not (name.language or name.versions or name.roles):
            return self.sites
        own = ((name.language,) if name.language else (), name.versions, name.roles)
        key = (name.language, name.versions, name.roles)
        if key not in self._named:
            mounted = zip(*self.sites, strict=True)
            self._named[key] = self.space.where(a or b for a, b in zip(own, mounted, strict=True))
        return self._named[key]


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
    source = f"{mount.source}/" if mount.source else ""
    ignore = [re.compile(p) for p in config.ignore_files if _is_regex(p)] if content else []
    folders: dict[str, bool] = {}

    def passes(inner: str, *, folder: bool) -> bool:
        if mount.files and not _included(f"/{inner}", mount.files, folder=folder):
            return False
        return not any(p.search(f"{tree.root}/{source}{inner}") for p in ignore)

    def takes(inner: str) -> bool:
        """Hugo looks at each folder above a file too, and at nothing in one that it leaves out."""
        for slash in (i for i, character in enumerate(inner) if character == "/"):
            above = inner[:slash]
            if above not in folders:
                folders[above] = passes(above, folder=True)
            if not folders[above]:
                return False
        return passes(inner, folder=False)

    for path, size in listed.items():
        inner = path[len(source) :]
        if size < 0 or (content and _IGNORED.search(inner)):
            continue
        if (mount.files or ignore) and not takes(inner):
            continue
        yield path, f"{below}/{inner}" if below else inner


def _is_regex(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _included(path: str, patterns: tuple[str, ...], *, folder: bool) -> bool:
    """Whether a mount's patterns let a file or a folder through: the first that matches decides.

    A pattern that includes files lets the folders above it through.
    """
    inclusive = False
    for pattern in patterns:
        excludes = pattern.startswith("! ")
        wanted = pattern[2:] if excludes else pattern
        wanted = wanted if wanted.startswith("/") else f"/{wanted}"
        inclusive = inclusive or not excludes
        if glob.match(wanted, path):
            return not excludes
        if folder and not excludes and _is_above(path, wanted):
            return True
    return not inclusive


def _is_above(folder: str, pattern: str) -> bool:
    """Whether a folder's path is matched by the first folders of a pattern."""
    parts = pattern.split("/")
    return any(glob.match("/".join(parts[:end]), folder) for end in range(2, len(parts)))


def _classify(config: HugoConfig, path: str, virtual: str, placed: _Placed) -> _Found:
    folder, _, name = virtual.rpartition("/")
    parts = _take_apart(config, name)
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
    weight = placed.weight + (parts.language != "")
    sites = placed.of(parts)
    file = ContentFile(path, virtual, kind, base, parts.stem, sites, placed.name, weight, placed.complements)
    return _Found(file, placed.module, parts.custom)


def _file_base(where: str, name: str, parts: _Name) -> str:
    if parts.identifiers < 2:
        return f"{where}/{logical(name)}"
    return f"{where}/{logical(parts.stem)}.{logical(parts.extension)}"


def _take_apart(config: HugoConfig, name: str) -> _Name:
    """Split a file name at its dots; parts (after the first) that name a language, version or role are not of the stem."""
    dots = name.count(".")
    if not dots:
        return _Name(name, "", 0)
    stem, _, extension = name.rpartition(".")
    if dots == 1:
        return _Name(stem, extension)
    parts = name.split(".")
    if "._" in name:
        parts = [p.replace("\0", ".") for p in _WRAPPED.sub(_without_dots, name).split(".")]
        if len(parts) == 1:
            return _Name(name, "", 0)
        stem, extension = ".".join(parts[:-1]), parts[-1]
    return _identified(config, parts, stem, extension)


def _without_dots(wrapped: re.Match[str]) -> str:
    return "." + wrapped[0][1:].replace(".", "\0")


def _identified(config: HugoConfig, parts: list[str], stem: str, extension: str) -> _Name:
    """The identifiers among the parts of a name, from right to left."""
    space, disabled = config.space, config.disabled_languages
    known = disabled.union(space.languages.values)
    others = {"version": space.versions, "role": space.roles}
    named: dict[str, list[str]] = {"language": [], "version": [], "role": []}
    plain = custom = ""
    identifiers = 1
    for i in range(len(parts) - 2, -1, -1):
        part = logical(parts[i])
        if len(part) > 2 and part[0] == part[-1] == "_":
            what, _, value = part[1:-1].partition("_")
            if what == "language" and value in known:
                named[what].append(value)
            elif what in others and (at := others[what].place(value)) >= 0:
                named[what].append(others[what].values[at])
            else:
                custom = part
        elif part in known and not plain and len(parts) > 2:
            plain = part
        elif part != "baseof":
            continue
        identifiers += 1
        if i:
            stem = ".".join(parts[:i])
    languages = [*named["language"], *((plain,) if plain else ())]
    return _Name(
        stem,
        extension,
        identifiers,
        languages[0] if languages else "",
        tuple(named["version"]),
        tuple(named["role"]),
        custom,
        any(name in disabled and name not in space.languages.values for name in languages),
    )


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


def _settle(found: list[_Found]) -> list[ContentFile]:
    """Among files of one folder with the same identity the first in Hugo's order takes a site, without a warning."""
    groups: dict[tuple[str, str, str, str], list[_Found]] = {}
    for each in found:
        file = each.file
        key = (file.kind, file.base, file.virtual.rpartition("/")[0], each.custom)
        groups.setdefault(key, []).append(each)
    out: list[ContentFile] = []
    for group in groups.values():
        if len(group) == 1:
            out.append(group[0].file)
            continue
        taken: set[SiteKey] = set()
        for file, *_ in sorted(group, key=cmp_to_key(_precedence)):
            free = tuple(key for key in file.sites if key not in taken)
            taken.update(free)
            out.append(file if free == file.sites else file._replace(sites=free))
    return out


def _precedence(one: _Found, two: _Found) -> int:
    """Earlier mounts, names with a language, files of fewer sites, earlier modules, `md` before `markdown`, then by name.

    It is no order (files of another module do not obey the first two), but it is what Hugo sorts by.
    """
    a, b = one.file, two.file
    if one.module == two.module and a.weight != b.weight:
        return b.weight - a.weight
    if len(a.sites) != len(b.sites):
        return len(a.sites) - len(b.sites)
    if one.module != two.module:
        return one.module - two.module
    name_a, name_b = (f.virtual.rpartition("/")[2] for f in (a, b))
    ext_a, ext_b = (name.rpartition(".")[2].lower() for name in (name_a, name_b))
    if ext_a != ext_b:
        return -1 if ext_a > ext_b else 1
    return (name_a > name_b) - (name_a < name_b)
