"""What is stored of the last run: its report, used again where nothing has changed, without reading a page.

Unchanged means: every file that the run looked at has the same size, times and inode, all of them older than that run
by more than a file system's clock is coarse (git's rule for racy files), or, for a page, the same content; and no page
has been published or has expired in between. A file that was changed and set back in time shows by its change time.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from ...core.columns import packed, unpacked
from ...core.model import Outcome
from ...files.tree import DiskTree, digest_of, mark_of
from ...frontmatter.block import FrontMatter
from .store import Cache, unpickled

COARSE = 2_000_000_000
"""Nanoseconds: two seconds is the coarsest clock of a file system in use (FAT)."""
_DATES = ("date", "publishdate", "pubdate", "published", "expirydate", "unpublishdate", "lastmod", "modified")


class Edit(NamedTuple):
    """The pages that are not as they were."""

    changed: frozenset[str]
    added: frozenset[str]
    """New files: whether they are pages is not known yet."""
    removed: frozenset[str]

    @property
    def paths(self) -> frozenset[str]:
        """All of them."""
        return self.changed | self.added | self.removed


class LastRun(NamedTuple):
    """What is kept of a run."""

    folders: tuple[str, ...]
    paths: tuple[str, ...]
    """What the run looked at, below the site's root."""
    state: Mapping[str, bytes | str]
    """A mark for each file that lies there, empty for one that is too new: a later change might not show."""
    digests: Mapping[str, str]
    """The pages, and what identifies the content of each."""
    others: Mapping[str, bytes]
    """Configuration, schemas and plug-ins: absolute paths with the mark of each."""
    bounds: tuple[float, float]
    """Seconds since 1970, from when to when the report holds."""
    outcome: Outcome
    """Without the site."""
    settings: bytes
    """How pages are read, pickled: only a run that reads a page unpickles it."""
    snapshot: tuple[bytes, bytes] | None = None
    """The keys of what else was kept; see `body_edits.py`."""

    def pickled(self) -> bytes:
        """As bytes for the cache."""
        report = self.outcome.report
        rest = self._replace(outcome=self.outcome._replace(report=replace(report, diagnostics=())))
        return pickle.dumps((rest, packed(report.diagnostics)), pickle.HIGHEST_PROTOCOL)

    def changed(self, state: Mapping[str, bytes | str], digest: Callable[[str], str | None]) -> Edit | None:
        """What has happened to the pages; None if anything else is not as it was.

        `digest` identifies the content that a page has now; None if it cannot be read.
        """
        added, removed = frozenset(state) - self.state.keys(), frozenset(self.state) - state.keys()
        differing = [path for path, mark in state.items() if not mark or self.state.get(path) != mark]
        if any(path not in self.digests for path in (*removed, *differing) if path not in added):
            return None
        changed = frozenset(p for p in differing if p not in added and digest(p) != self.digests[p])
        return Edit(changed, added, removed)


def recalled(kept: bytes | None, now: datetime) -> LastRun | None:
    """What was kept, if it holds at that time and under today's configuration; the site is yet to be compared."""
    match unpickled(kept):
        case (LastRun() as last, tuple(diagnostics)) if last.bounds[0] <= now.timestamp() < last.bounds[1]:
            if any(mark_of(path) != mark for path, mark in last.others.items()):
                return None
            report = replace(last.outcome.report, diagnostics=tuple(unpacked(diagnostics)))
            return last._replace(outcome=last.outcome._replace(report=report))
    return None


def folders_key(key: bytes) -> bytes:
    """Under which the folders of a run are stored by themselves, by the key of the run."""
    return key + b" folders"


def folders_of(last: LastRun) -> bytes:
    """The folders of a run by themselves: what has to be known first."""
    return pickle.dumps((last.folders, len(last.state)), pickle.HIGHEST_PROTOCOL)


def stored_folders(cache: Cache, key: bytes) -> tuple[tuple[str, ...], int]:
    """The folders of a stored run, and the number of files in them; none where that cannot be read."""
    match unpickled(cache.recall(folders_key(key))):
        case (tuple(folders), int(files)):
            return folders, files
    return (), 0


def digest(disk: DiskTree, path: str) -> str | None:
    """What identifies the content that a file has now; None if it cannot be read."""
    try:
        return digest_of(disk.read(path))
    except OSError:
        return None


def marked(paths: Iterable[str], started: int) -> Mapping[str, bytes] | None:
    """Files with the mark of each; None if one is too new (see `LastRun.state`)."""
    found = {path: mark_of(path, started - COARSE) for path in paths}
    return found if all(found.values()) else None


def steady(fronts: Iterable[FrontMatter], now: datetime, time_zone: str) -> tuple[float, float]:
    """From when to when no page's date is passed, as seconds since 1970."""
    from ...hugo.dates import parse, zone_of  # only a run that checked pages asks

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


def _dates(values: Iterable[Any]) -> Iterator[Any]:
    """The values under the names of dates, at any depth."""
    for value in values:
        if type(value) is dict:
            for key, inner in value.items():
                if type(inner) in (dict, list):
                    yield from _dates([inner])
                elif type(inner) in (str, int) and _names_a_date(key):
                    yield inner
        elif type(value) is list and value and type(value[0]) is not str:  # not terms, which may be many
            yield from _dates(value)


@cache
def _names_a_date(key: Any) -> bool:
    return isinstance(key, str) and key.lower() in _DATES
