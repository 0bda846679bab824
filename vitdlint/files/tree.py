"""Where a site's files come from: the disk, a mapping in memory, or one with some texts replaced.

(A commit or the index of a git repository is a tree too: see `git.py`.)
"""

from __future__ import annotations

import hashlib
import os
import stat
import struct
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from .regular import kind_of

SKIPPED = frozenset({".git", ".hg", ".svn", "node_modules", ".venv", "__pycache__"})
"""Folders that no Hugo site publishes from, and that may be huge."""
ELSEWHERE = "@/"
"""How the path of a file begins that lies outside the root, in a folder that was admitted; its absolute path follows."""
LINK, CLOSED_FOLDER = -2, -3
"""Sizes in a listing (see `Tree.files`): a symbolic link, and a folder that cannot be read."""


_MARK = struct.Struct("<qqqQ")
"""Size, times of modification and change in ns, and inode of a file: what `stat` says takes many times the memory."""
Listed = bytes | int
"""What a scan finds at a path: the mark of a file, or the negative size of what is no file."""


def digest_of(data: bytes) -> str:
    """What identifies a file's content: the name that git gives it, which need not be read to be known there."""
    digest = hashlib.sha1(b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


def is_inside(root: str, path: str) -> bool:
    """Whether a path is a folder or lies in it; both with links resolved."""
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


class Tree(Protocol):
    """The files of a site. Paths are POSIX and relative to the root."""

    root: str
    """For messages."""

    def files(self, folder: str) -> Mapping[str, int]:
        """Every file below a folder ('' is the root) with its size in bytes; empty if there is no such folder.

        A negative size marks what is no file there: LINK, CLOSED_FOLDER, or -1 for a pipe, a socket and the like.
        Links are listed and never followed, as Hugo does with all that it mounts; the folder itself may be one.
        """
        ...

    def read(self, path: str) -> bytes:
        """The bytes of a file; OSError if it cannot be read."""
        ...

    def exists(self, path: str) -> bool:
        """Whether there is a file or a folder of that path."""
        ...


class DiskTree:
    """A folder on disk, each folder scanned once."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = os.path.realpath(root)
        self._scans: dict[str, dict[str, Listed]] = {}
        self._asked: set[str] = set()
        self._admitted: set[str] = set()

    def admit(self, folder: str) -> str:
        """Let a folder outside the root be read too, by its absolute path; its path in this tree."""
        self._admitted.add(os.path.realpath(folder))
        return ELSEWHERE + Path(folder).as_posix().lstrip("/")

    def _place(self, path: str) -> tuple[str, str]:
        """The folder that a path must lie in, and the path on disk."""
        if path.startswith(ELSEWHERE):
            full = path[len(ELSEWHERE) :] if os.name == "nt" else path[len(ELSEWHERE) - 1 :]
            real = os.path.realpath(full)
            return next((folder for folder in self._admitted if is_inside(folder, real)), self.root), full
        return self.root, os.path.join(self.root, path) if path else self.root  # hot path

    def files(self, folder: str) -> Mapping[str, int]:
        """See Tree."""
        return {
            path: info if isinstance(info, int) else int.from_bytes(info[:8], "little")
            for path, info in self.scan(folder).items()
        }

    def scan(self, folder: str) -> Mapping[str, Listed]:
        """As `files`, with more than a file's size."""
        folder = folder.strip("/")
        elsewhere = folder.startswith(ELSEWHERE)
        for above in () if elsewhere else _parents(folder):
            known = self._scans.get(above)
            # What is listed itself is a link on the way, which that scan did not follow.
            if known is not None and not any(path in known for path in (folder, *_parents(folder))):
                prefix = f"{folder}/"
                return {p: s for p, s in known.items() if p.startswith(prefix)}
        if folder not in self._scans:
            root, base = self._place(folder)
            inside = is_inside(root, os.path.realpath(base)) and os.path.isdir(base)  # hot path
            self._scans[folder] = _walk(base, f"{folder}/" if folder else "") if inside else {}
        return self._scans[folder]

    def take(self, scans: Mapping[str, Mapping[str, Listed]]) -> None:
        """Know what another process has found in these folders."""
        self._scans.update({folder: dict(found) for folder, found in scans.items()})

    def read(self, path: str) -> bytes:
        """See Tree. Refuses what is not a regular file inside the root, so that a pipe never blocks."""
        self._asked.add(path)
        root, full = self._place(path)
        info = os.stat(full)  # hot path
        if not stat.S_ISREG(info.st_mode):
            raise OSError(kind_of(info.st_mode))
        # What a scan has listed lies inside; a path from elsewhere may go through a link.
        listed = any(not isinstance(scan.get(path, -1), int) for scan in self._scans.values())
        if not listed and not is_inside(root, os.path.realpath(full)):
            raise OSError("lies outside the site")
        with open(full, "rb", buffering=0) as file:  # hot path
            return file.read()

    def exists(self, path: str) -> bool:
        """See Tree."""
        self._asked.add(path)
        root, full = self._place(path)
        return Path(full).exists() and is_inside(root, os.path.realpath(full))

    def looked_at(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The folders that were scanned, and the single paths outside them that were asked for."""
        listed = {path for scan in self._scans.values() for path in scan}
        return tuple(sorted(self._scans)), tuple(sorted(self._asked - listed))

    def state(
        self, folders: Iterable[str], paths: Collection[str], settled: int | None = None
    ) -> dict[str, bytes]:
        """A mark for each file that lies there, of its size, times and inode; it differs if the file was changed.

        A file that is younger than the time `settled` (in ns) has an empty mark: a later change may not show.
        """
        self._asked.update(paths)
        folders = tuple(folders)
        for folder in folders:
            if folder.startswith(ELSEWHERE):  # an earlier run has admitted it
                self.admit(self._place(folder)[1])
        found = {
            path: b"%d" % info if isinstance(info, int) else _settled(info, settled)
            for folder in folders
            for path, info in self.scan(folder).items()
        }
        found.update((path, mark_of(self._place(path)[1], settled)) for path in paths)
        return found


def _walk(base: str, prefix: str) -> dict[str, Listed]:
    """Everything below the folder `base`, by its path behind `prefix`."""
    found: dict[str, Listed] = {}
    waiting = [(base, prefix)]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            for name, info in _entries(folder):
                path = prefix + name
                if info is None:
                    found[path] = -1
                elif stat.S_ISREG(info.st_mode):
                    found[path] = _mark(info)
                elif stat.S_ISLNK(info.st_mode):
                    found[path] = LINK
                elif not stat.S_ISDIR(info.st_mode):
                    found[path] = -1
                elif name not in SKIPPED:
                    waiting.append((os.path.join(folder, name), path + "/"))
        except FileNotFoundError:
            pass  # it has just gone
        except OSError:  # closed to us, or its path is longer than the system takes
            found[prefix[:-1]] = CLOSED_FOLDER
    return found


if sys.platform == "win32":

    def _entries(folder: str) -> Iterator[tuple[str, os.stat_result | None]]:
        """The names in a folder, and what each is; None if that cannot be found out."""
        with os.scandir(folder) as entries:  # which has seen all that
            for entry in entries:
                try:
                    yield entry.name, entry.stat(follow_symlinks=False)
                except OSError:
                    yield entry.name, None

else:

    def _entries(folder: str) -> Iterator[tuple[str, os.stat_result | None]]:
        """The names in a folder, and what each is; None if that cannot be found out."""
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for name in os.listdir(number):  # a name below an open folder is found in two thirds of the time
                try:
                    yield name, os.stat(name, dir_fd=number, follow_symlinks=False)
                except PermissionError:
                    raise  # a folder whose names alone may be read
                except OSError:
                    yield name, None
        finally:
            os.close(number)


class MemoryTree:
    """Files given as a mapping from path to text or bytes."""

    def __init__(self, files: Mapping[str, str | bytes], root: str = "") -> None:
        self.root = root
        self._files = {
            p: t.encode("utf-8", "surrogatepass") if isinstance(t, str) else t for p, t in files.items()
        }

    def files(self, folder: str) -> Mapping[str, int]:
        """See Tree."""
        prefix = f"{folder.strip('/')}/" if folder.strip("/") else ""
        return {p: len(t) for p, t in self._files.items() if p.startswith(prefix)}

    def read(self, path: str) -> bytes:
        """See Tree."""
        try:
            return self._files[path]
        except KeyError:
            raise FileNotFoundError(path) from None

    def exists(self, path: str) -> bool:
        """See Tree."""
        return path in self._files or any(p.startswith(f"{path}/") for p in self._files)


class OverlayTree:
    """A tree with some files replaced or added: an editor's buffer, or what a fix would write."""

    def __init__(self, below: Tree, files: Mapping[str, bytes]) -> None:
        self.root = below.root
        self._below = below
        self._over = MemoryTree(files)

    def files(self, folder: str) -> Mapping[str, int]:
        """See Tree."""
        return {**self._below.files(folder), **self._over.files(folder)}

    def read(self, path: str) -> bytes:
        """See Tree."""
        try:
            return self._over.read(path)
        except FileNotFoundError:
            return self._below.read(path)

    def exists(self, path: str) -> bool:
        """See Tree."""
        return self._over.exists(path) or self._below.exists(path)


class ElsewhereTree:
    """A tree with the folders that another one has admitted."""

    def __init__(self, below: Tree, disk: DiskTree) -> None:
        self.root = below.root
        self._below = below
        self._disk = disk

    def _of(self, path: str) -> Tree:
        return self._disk if path.startswith(ELSEWHERE) else self._below

    def files(self, folder: str) -> Mapping[str, int]:
        """See Tree."""
        return self._of(folder).files(folder)

    def read(self, path: str) -> bytes:
        """See Tree."""
        return self._of(path).read(path)

    def exists(self, path: str) -> bool:
        """See Tree."""
        return self._of(path).exists(path)


def mark_of(path: str, settled: int | None = None) -> bytes:
    """The mark of one file, by its path on disk; see `DiskTree.state`."""
    try:
        return _settled(_mark(os.stat(path)), settled)  # hot path
    except OSError:
        return b"-"


def _mark(info: os.stat_result) -> bytes:
    return _MARK.pack(info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)


def _settled(mark: bytes, settled: int | None) -> bytes:
    """The mark of a file, if that is older than the time `settled`."""
    _, modified, changed, _ = _MARK.unpack(mark)
    return mark if settled is None or (modified < settled and changed < settled) else b""


def _parents(folder: str) -> Iterator[str]:
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder
