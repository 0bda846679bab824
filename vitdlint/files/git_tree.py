"""The index or a commit of a git repository as the files of a site."""

from __future__ import annotations

import os
import subprocess
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import IO

from . import tree
from .git import FILE, LINK, MODULE, Entries, Repository, quiet
from .tree import DiskTree

_FEW = 500
"""Files whose sizes git is asked for one by one."""


class GitTree:
    """The index or a commit as the files of a site.

    What is the same on disk is read from there; submodules always are, and so is a folder that is itself a link.
    Nothing else that git does not track is in it.
    """

    def __init__(self, repository: Repository, entries: Entries, disk: DiskTree) -> None:
        self.root = disk.root
        self._disk = disk
        self._repository = repository
        self._entries = entries
        self._followed = tuple(f"{path}/" for path, entry in entries.items() if entry.startswith(MODULE))
        """Submodules, as prefixes of the paths in them."""
        self._links = tuple(f"{path}/" for path, entry in entries.items() if entry.startswith(LINK))
        self._blobs = _Blobs(repository, entries)
        self._listed: set[str] = set()
        self._asked: set[str] = set()

    @cached_property
    def _here(self) -> frozenset[str]:
        """What is read from the disk."""
        index, modified, on_disk = self._repository.index, self._repository.modified, self._disk.files("")
        same = (
            path
            for path, entry in self._entries.items()
            if path in on_disk and path not in modified and index.get(path) == entry
        )
        return frozenset((*same, *(path for path in on_disk if path.startswith(self._followed or ("\0",)))))

    @cached_property
    def _sizes(self) -> Mapping[str, int]:
        on_disk = self._disk.files("")
        elsewhere = [path for path in self._entries if path not in self._here]
        return self._linked({path: on_disk[path] for path in self._here} | self._blobs.sizes(elsewhere))

    def _linked(self, sizes: dict[str, int]) -> dict[str, int]:
        """The sizes, with the mark for links in place of theirs."""
        return sizes | {path: tree.LINK for link in self._links if (path := link[:-1]) in sizes}

    def looked_at(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The folders that were listed, and the single paths that were asked for."""
        return tuple(sorted(self._listed)), tuple(sorted(self._asked))

    def state(
        self, folders: Iterable[str], paths: Iterable[str], settled: int | None = None
    ) -> Mapping[str, bytes | str]:
        """What identifies the content of each file there: git's entry, or the disk's mark for what is read from there.

        See `DiskTree.state`; git's entries are never too young.
        """
        entries: Mapping[str, bytes | str] = self._entries
        if self._followed:
            marks = self._disk.state([""], [], settled)
            entries = {**entries, **{path: m for path, m in marks.items() if path.startswith(self._followed)}}
        ordered = sorted(entries) if self._followed else self._sorted
        found = {path: entries.get(path, "-") for path in paths}
        for folder in folders:
            if self._behind_link(folder):
                found.update(self._disk.state([folder], [], settled))
            found.update((path, entries[path]) for path in _below(ordered, folder))
        return found

    def _behind_link(self, path: str) -> bool:
        """Whether a path is, or leads through, a link to a folder."""
        return bool(self._links) and f"{path}/".startswith(self._links)

    def identify(self, path: str) -> str | None:
        """What identifies the content of a regular file without reading it (see `digest_of`)."""
        entry = self._entries.get(path, "")
        return entry[7:] if entry[:3] == FILE else None

    def files(self, folder: str) -> Mapping[str, int]:
        """See Tree."""
        self._listed.add(folder.strip("/"))
        if not folder.strip("/"):
            return self._sizes
        if self._behind_link(folder.strip("/")):
            return self._disk.files(folder)
        prefix = f"{folder.strip('/')}/"
        if "_sizes" not in self.__dict__ and not self._followed:
            # A few files: the question is cheaper than a look at the whole disk.
            some = _below(self._sorted, folder.strip("/"))
            if len(some) < _FEW:
                return self._linked(self._blobs.sizes(some))
        return {path: size for path, size in self._sizes.items() if path.startswith(prefix)}

    def read(self, path: str) -> bytes:
        """See Tree."""
        self._asked.add(path)
        for _ in range(8):  # links to links; more are a loop
            if (self._followed or "_here" in self.__dict__) and path in self._here:
                return self._disk.read(path)
            if path not in self._entries and self._behind_link(path):
                return self._disk.read(path)
            content = self._blobs.read(path)
            if not self._entries[path].startswith(LINK):
                return content
            path = os.path.normpath(PurePosixPath(path).parent / os.fsdecode(content))
        raise OSError("is a link to itself")

    def exists(self, path: str) -> bool:
        """See Tree."""
        path = path.strip("/")
        self._asked.add(path)
        if path not in self._entries and self._behind_link(path):
            return self._disk.exists(path)
        if self._followed:
            return path in self._sizes or path in self._folders
        return path in self._entries or path in self._folders

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._entries)

    @cached_property
    def _folders(self) -> frozenset[str]:
        found: set[str] = set()
        for path in self._sizes if self._followed else self._entries:
            while path := path.rpartition("/")[0]:
                if path in found:
                    break
                found.add(path)
        return frozenset(found)

    def close(self) -> None:
        """End the process that reads objects."""
        self._blobs.close()


def _below(ordered: list[str], folder: str) -> list[str]:
    """Of paths in order, those below a folder; '' is the root."""
    if not folder:
        return ordered
    after = chr(ord("/") + 1)
    return ordered[bisect_left(ordered, f"{folder}/") : bisect_left(ordered, f"{folder}{after}")]


def index_tree(repository: Repository, disk: DiskTree) -> GitTree:
    """The site as it is staged."""
    return GitTree(repository, repository.index, disk)


def commit_tree(repository: Repository, ref: str, disk: DiskTree) -> GitTree:
    """The site as it was in a commit."""
    return GitTree(repository, repository.commit(ref), disk)


def last_commit_tree(repository: Repository, disk: DiskTree) -> GitTree:
    """The site as it was in the last commit; empty before the first."""
    return GitTree(repository, repository.last_commit(), disk)


class _Blobs:
    """Objects by path, read through one `git cat-file --batch` in each process that asks."""

    def __init__(self, repository: Repository, entries: Entries) -> None:
        self._repository = repository
        self._entries = entries
        self._process: subprocess.Popen[bytes] | None = None
        self._pid = 0

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_process": None, "_pid": 0}

    def sizes(self, paths: Sequence[str]) -> dict[str, int]:
        """The size of every object; what is not there (a partial clone without network) has none."""
        known = [path for path in paths if self._object(path)]
        if not known:
            return {}
        asked = "".join(f"{self._object(path)}\n" for path in known).encode()
        lines = self._repository.ask("cat-file", "--batch-check=%(objectsize)", given=asked).splitlines()
        return {path: int(line) for path, line in zip(known, lines, strict=True) if line.isdigit()}

    def read(self, path: str) -> bytes:
        """An object's bytes. Raises OSError."""
        oid = self._object(path)
        if not oid:
            raise FileNotFoundError(path)
        stdin, stdout = self._pipes()
        stdin.write(f"{oid}\n".encode())
        stdin.flush()
        head = stdout.readline().split()
        if len(head) != 3:
            raise OSError("cannot be read from the git repository")
        content = stdout.read(int(head[2]))
        stdout.read(1)
        return content

    def _object(self, path: str) -> str:
        """The object of a path; '' for a submodule and for what is not there."""
        entry = self._entries.get(path, MODULE)
        return "" if entry.startswith(MODULE) else entry[7:]

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None or self._pid != os.getpid():
            # A process shared after a fork would mix up the answers.
            self._pid = os.getpid()
            self._process = subprocess.Popen(
                ["git", "cat-file", "--batch"],
                cwd=self._repository.site,
                env=quiet(self._repository.environment),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        if self._process.stdin is None or self._process.stdout is None:
            raise OSError("git cannot be asked")
        return self._process.stdin, self._process.stdout

    def close(self) -> None:
        process, self._process = self._process, None
        if process is not None and self._pid == os.getpid():
            process.communicate()

    def __del__(self) -> None:
        self.close()
