"""What lies on disk below a site, and what has changed there since it was looked at last."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from ..files.find_site import CONFIGS, Located
from ..files.tree import DiskTree, mark_of
from ..linter.incremental.last_run import COARSE

_TICK = 20_000_000
"""Nanoseconds: the time of a file may lie so far before that of its writing."""


class Marks(NamedTuple):
    """A look at the disk."""

    root: str
    folders: tuple[str, ...]
    paths: tuple[str, ...]
    others: tuple[str, ...]
    """Configuration, schemas, plug-ins and the baseline outside of the root: absolute paths."""
    files: Mapping[str, bytes]
    """A mark for each file; it differs if the file was changed."""
    young: frozenset[str]
    """Files that were written just before, or since the check began: a change may have left the mark as it is."""
    raced: frozenset[str]
    """Those of them that were written since the check began."""

    def again(self) -> Marks:
        """A look at the same places now."""
        return _look(DiskTree(self.root), self.folders, self.paths, self.others, time.time_ns())

    def changed(self, now: Marks) -> frozenset[str]:
        """The files that have come, gone or changed since, or may have."""
        if self.files == now.files:
            return self.young
        paths = self.files.keys() | now.files.keys()
        return self.young | {path for path in paths if self.files.get(path) != now.files.get(path)}


def marks_of(located: Located, others: Iterable[Path], started: int) -> Marks:
    """The marks of all that a check of the site has looked at, which began then (in ns).

    Folders are taken as that check has listed them: what has come or gone meanwhile shows at the next look.
    """
    folders, paths = located.disk.looked_at()
    root, listed = located.root, set(others)
    inside = {path.relative_to(root).as_posix() for path in listed if path.is_relative_to(root)}
    outside = {str(path) for path in listed if not path.is_relative_to(root)}
    # Where there is none yet, one may come.
    config = CONFIGS if located.config is None else ()
    return _look(located.disk, folders, tuple({*paths, *inside, *config}), tuple(sorted(outside)), started)


def _look(
    disk: DiskTree, folders: tuple[str, ...], paths: tuple[str, ...], others: tuple[str, ...], started: int
) -> Marks:
    files = disk.state(folders, paths)
    young, raced = (
        frozenset(path for path, mark in disk.state(folders, paths, since).items() if not mark)
        for since in (started - COARSE, started - _TICK)
    )
    files |= {path: mark_of(path) for path in others}
    return Marks(disk.root, folders, paths, others, files, young, raced)
