"""What earlier runs found out, in one SQLite file a site: page results by content, and the whole last report.

Nothing here is needed: a cache that is missing, broken, locked, read-only or full is an empty one, and the report is
the same. A partial run adds and never prunes. The only user of sqlite3 and platformdirs.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from . import __version__
from .engine import PageResult, PageWork
from .hugo.files import ContentFile
from .model import Report
from .pool import Source, read_or_error
from .source import digest_of

_TABLES = """
create table if not exists results(key blob primary key, used integer, value blob) without rowid;
create table if not exists runs(key blob primary key, value blob) without rowid;
"""


def default_file(root: str) -> Path:
    """Where the cache of a site lies: in the user's cache folder, named by the site's path."""
    from platformdirs import user_cache_path  # noqa: PLC0415  # 10 ms that `--no-cache` does not need

    name = hashlib.blake2b(root.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
    return user_cache_path("vitdlint", appauthor=False) / f"{name}.sqlite"


def program() -> bytes:
    """What identifies this program: its version, and size and time of its files, so that an edit to it counts."""
    digest = hashlib.blake2b(__version__.encode(), digest_size=16)
    for folder, _, names in sorted(os.walk(Path(__file__).parent)):
        for name in sorted(names):
            if name.endswith((".py", ".json")):
                info = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118  # a hundred files, at each start
                digest.update(f"{name}\0{info.st_size}\0{info.st_mtime_ns}\0".encode())
    return digest.digest()


class Cache:
    """One site's cache file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._db = self._open()

    def _open(self) -> sqlite3.Connection | None:
        for attempt in (1, 2):
            try:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                db = sqlite3.connect(self.file, timeout=2, isolation_level=None)
                db.execute("pragma journal_mode = wal")
                db.execute("pragma synchronous = normal")
                db.executescript(_TABLES)
            except sqlite3.DatabaseError:
                # Not a database, or half of one: an empty cache. A second failure means we may not write there.
                if attempt == 1:
                    with contextlib.suppress(OSError):
                        self.file.unlink()
            except OSError:
                return None
            else:
                return db
        return None

    def recall(self, key: bytes) -> bytes | None:
        """What was kept under a key."""
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                row = self._db.execute("select value from runs where key = ?", (key,)).fetchone()
                return row[0] if row else None
        return None

    def keep(self, key: bytes, value: bytes) -> None:
        """Keep a value under a key, or fail silently."""
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("insert or replace into runs values(?, ?)", (key, value))

    def wrap(
        self, pages: Callable[[PageWork, Iterable[Source]], Iterable[PageResult]], salt: bytes
    ) -> Callable[[PageWork, Iterable[Source]], Iterator[PageResult]]:
        """A page station that asks `pages` only for what is not kept yet; order is kept."""

        def cached(work: PageWork, sources: Iterable[Source]) -> Iterator[PageResult]:
            listed = [(file, read_or_error(read)) for file, read in sources]
            keys = [_key(salt, file, data) for file, data in listed]
            known = self._results(keys)
            missing = [i for i, key in enumerate(keys) if key is None or key not in known]
            fresh = iter(pages(work, [(listed[i][0], _giver(listed[i][1])) for i in missing]))
            wanted = set(missing)
            new: list[tuple[bytes, bytes]] = []
            for i, key in enumerate(keys):
                if i in wanted:
                    result = next(fresh)
                    if key is not None and not result.crashes:
                        new.append((key, pickle.dumps(result, pickle.HIGHEST_PROTOCOL)))
                    yield result
                elif key is not None:
                    yield pickle.loads(known[key])  # noqa: S301  # our own bytes, under a key of their content
            self._add(new)

        return cached

    def _results(self, keys: list[bytes | None]) -> dict[bytes, bytes]:
        if self._db is None:
            return {}
        wanted = {key for key in keys if key is not None}
        try:
            return {k: v for k, v in self._db.execute("select key, value from results") if k in wanted}
        except sqlite3.Error:
            return {}

    def _add(self, rows: list[tuple[bytes, bytes]]) -> None:
        if self._db is None or not rows:
            return
        with contextlib.suppress(sqlite3.Error):
            self._db.execute("begin immediate")
            self._db.executemany("insert or replace into results values(?, 0, ?)", rows)
            self._db.execute("commit")


def _key(salt: bytes, file: ContentFile, data: bytes | OSError) -> bytes | None:
    if isinstance(data, OSError):
        return None
    digest = hashlib.blake2b(salt, digest_size=16)
    digest.update(file.path.encode("utf-8", "surrogateescape") + b"\0")
    digest.update(data)
    return digest.digest()


def _giver(data: bytes | OSError) -> Callable[[], bytes]:
    def give() -> bytes:
        if isinstance(data, OSError):
            raise data
        return data

    return give
