"""The report of the last run, given again where nothing has changed, without reading a page.

Unchanged means: every file that the last run looked at has the same size, times and inode, all of them older than that
run by more than a file system's clock is coarse (git's rule for racy files), and no page has been published or has
expired in between. A file that was changed and set back in time shows by its change time.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from .frontmatter.block import FrontMatter
from .tree import DiskTree

COARSE = 2_000_000_000
"""Nanoseconds: two seconds is the coarsest clock of a file system in use (FAT)."""
_DATES = ("date", "publishdate", "pubdate", "published", "expirydate", "unpublishdate", "lastmod", "modified")


class Memory(NamedTuple):
    """What is kept of a run."""

    folders: tuple[str, ...]
    paths: tuple[str, ...]
    """What the run looked at, below the site's root."""
    signature: bytes
    others: tuple[tuple[str, tuple[int, int, int, int]], ...]
    """Configuration, schemas and plug-ins: absolute paths with the signature of each."""
    since: float
    """Seconds since 1970: the report holds from here…"""
    until: float
    """…to here."""
    value: Any


def still_true(kept: bytes, tree: DiskTree, now: datetime) -> Any:
    """The value that was kept, if it still holds; else None."""
    try:
        memory: Memory = pickle.loads(kept)  # noqa: S301  # our own bytes
    except Exception:  # noqa: BLE001  # whatever is wrong with it: nothing was kept
        return None
    if not memory.since <= now.timestamp() < memory.until:
        return None
    if any(_signature_of(path) != signature for path, signature in memory.others):
        return None
    if tree.signature(memory.folders, memory.paths)[0] != memory.signature:
        return None
    return memory.value


def keep(
    value: Any, tree: DiskTree, others: Iterable[Path], started: int, bounds: tuple[float, float]
) -> bytes | None:
    """What to keep, or None where a file is too new to be told from a later change.

    `started` is the instant in ns at which the run began, before it looked at anything.
    """
    folders, paths = tree.looked_at()
    signature, newest = DiskTree(tree.root).signature(folders, paths)
    signed = tuple((str(path), _signature_of(str(path))) for path in others)
    if newest >= started - COARSE or any(max(sign[1:3]) >= started - COARSE for _, sign in signed):
        return None
    return pickle.dumps(Memory(folders, paths, signature, signed, *bounds, value), pickle.HIGHEST_PROTOCOL)


def steady(fronts: Iterable[FrontMatter], now: datetime, time_zone: str) -> tuple[float, float]:
    """From when to when no page's date is passed, as seconds since 1970."""
    from .hugo.dates import parse, zone_of  # noqa: PLC0415  # only a run that judged pages asks

    zone = zone_of(time_zone)
    since, until = float("-inf"), float("inf")
    here = now.timestamp()
    for kind, value in {(f.kind, value) for f in fronts for value in _dates([f.data])}:
        moment = parse(value, zone, kind)
        if moment is None or moment.year < 2:
            continue
        at = moment.timestamp()
        if at <= here:
            since = max(since, at)
        else:
            until = min(until, at)
    return since, until


def _dates(tables: Iterable[Any]) -> Iterator[Any]:
    for table in tables:
        if isinstance(table, Mapping):
            for key, value in table.items():
                if isinstance(key, str) and key.lower() in _DATES and isinstance(value, (str, int)):
                    yield value
                elif isinstance(value, (Mapping, list)):
                    yield from _dates([value])
        elif isinstance(table, list):
            yield from _dates(table)


def _signature_of(path: str) -> tuple[int, int, int, int]:
    """Size, times and inode of a file; zeros if it is not there."""
    try:
        info = os.stat(path)  # noqa: PTH116  # a str is at hand
    except OSError:
        return (0, 0, 0, 0)
    return (info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)
