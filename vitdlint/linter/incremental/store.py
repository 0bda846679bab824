"""What earlier runs found out, in one SQLite file a site: page results by content, and the whole last report.

Nothing here is needed: a cache that is missing, broken, locked, read-only or full is an empty one, and the report is
the same. Each value has a checksum, and one that is damaged is absent. The only user of sqlite3 and platformdirs.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ... import __version__

_TABLES = """
create table if not exists results(key blob primary key, used integer, value blob);
create table if not exists kept(key blob primary key, used integer, value blob);
"""


_INCREMENTAL = 2
"""How SQLite says that `auto_vacuum` is that."""


def default_file(root: str) -> Path:
    """Where the cache of a site lies: in the user's cache folder, named by the site's path."""
    from platformdirs import user_cache_path  # 3 ms that `--no-cache` does not need

    name = hashlib.blake2b(root.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
    return user_cache_path("vitdlint", appauthor=False) / f"{name}.sqlite"


@cache
def program_id() -> bytes:
    """What identifies this program: its version, and size and time of its files, so that an edit to it counts."""
    found: list[tuple[str, int, int]] = []
    folders = [str(Path(__file__).parents[2])]  # the package: three hundred files, at each start
    for folder in folders:
        for entry in os.scandir(folder):
            if entry.name.endswith((".py", ".json")):
                info = entry.stat()
                found.append((entry.path, info.st_size, info.st_mtime_ns))
            elif entry.is_dir() and entry.name != "__pycache__":
                folders.append(entry.path)
    return hashlib.blake2b(f"{__version__} {sorted(found)}".encode(), digest_size=16).digest()


_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What a damaged file raises: Python cannot decode a message that repeats a part of it."""
_BOTH = ("results", "kept")
_COUNTS = (
    "select count(*), total(length(value)), cast(min(used) as integer) from results "
    "union all select count(*), total(length(value)), cast(min(used) as integer) from kept"
)
_NEW_FIRST = (
    "select used, 'results', key, ifnull(length(value), 0) from results "
    "union all select used, 'kept', key, ifnull(length(value), 0) from kept order by 1 desc"
)
_DAY = 24 * 3600
_PRUNED = b"pruned"
"""The key whose time says when that was done last."""
KEPT = 14 * _DAY
"""Seconds for which a page's result is kept: two weeks; what is still in use then is checked once more."""


LEAST = 16_000_000
"""Bytes that the values of any site may take."""
OF_PAGE = 6_000
"""Bytes for each page that they may take in any case: what two states of a site take (the disk and git's index) of which no
page says much. With less, each run would evict what the next one asks for."""
_KIB = 1024
_CHECK = 4
"""Bytes of a checksum."""


class Contents(NamedTuple):
    """What a cache file holds."""

    results: int
    """Results of pages, of former states too."""
    others: int
    bytes: int
    """Of all values."""
    limit: int
    """Beyond that the oldest values are removed; 0 before the first run has ended."""
    oldest: float | None
    """When the oldest value was stored, in seconds since 1970."""


class Cache:
    """One site's cache file; without any, nothing is kept."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.lasting = str(file) != ":memory:"
        """Whether it is there for other runs; what lasts no longer than this one keeps the results of pages alone."""
        self._db = None if file is None else self._open(file)

    @property
    def keeps(self) -> bool:
        """Whether anything can be kept at all."""
        return self._db is not None

    def _open(self, file: Path) -> sqlite3.Connection | None:
        for attempt in (1, 2):
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                db = sqlite3.connect(file, timeout=2, isolation_level=None)
                # Large pages for large values, and each written once: half the time of a write-ahead log.
                db.execute("pragma page_size = 16384")
                db.execute("pragma journal_mode = truncate")
                db.execute("pragma synchronous = normal")
                if db.execute("pragma auto_vacuum").fetchone()[0] != _INCREMENTAL:
                    # Only a new file: to say it again writes the file, and waits for the disk, at each start.
                    db.execute("pragma auto_vacuum = incremental")
                db.executescript(_TABLES)
            except (OSError, sqlite3.OperationalError):
                return None  # not to be written there, or in use for longer than is worth waiting
            except _ERRORS:
                # Not a database, or half of one: an empty cache.
                if attempt == 1:
                    with contextlib.suppress(OSError):
                        file.unlink()
            else:
                return db
        return None

    def recall(self, key: bytes) -> bytes | None:
        """What was kept under a key."""
        if self._db is not None:
            with contextlib.suppress(*_ERRORS):
                row = self._db.execute(
                    "select rowid from kept where key = ? and typeof(value) = 'blob'", (key,)
                ).fetchone()
                if row:
                    # Megabytes: a value that a query returns is copied twice more.
                    with self._db.blobopen("kept", "value", row[0], readonly=True) as stored:
                        check, value = stored.read(_CHECK), stored.read()
                    return value if _checked(key, value) == check else None
        return None

    def keep(self, values: Mapping[bytes, bytes], forget: Iterable[bytes] = ()) -> None:
        """Keep values under their keys and forget others: all of it, or nothing where the file cannot take it."""
        now = int(time.time())
        with self._transaction() as db:
            if db is None:
                return
            for key, value in values.items():
                row = db.execute(
                    "insert or replace into kept values(?, ?, zeroblob(?))", (key, now, _CHECK + len(value))
                ).lastrowid
                # Megabytes: a value that a statement takes is copied twice more.
                with db.blobopen("kept", "value", row or 0) as stored:
                    stored.write(_checked(key, value))
                    stored.write(value)
            db.executemany("delete from kept where key = ?", ((key,) for key in forget))

    def holds_results(self) -> bool:
        """Whether any page's result is kept."""
        if self._db is not None:
            with contextlib.suppress(*_ERRORS):
                return self._db.execute("select 1 from results limit 1").fetchone() is not None
        return False

    def results(self, keys: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """What is kept of page results under these keys, each with its own; never all of them at once."""
        if self._db is None:
            return
        with contextlib.suppress(*_ERRORS):
            for some in batched(keys, 500):
                marks = ",".join("?" * len(some))
                rows = self._db.execute(f"select key, value from results where key in ({marks})", some)  # noqa: S608  # only marks
                yield from ((k, value) for k, v in rows if (value := _opened(k, v)) is not None)

    def add(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep page results: all of them, or none where the file cannot take them."""
        now = int(time.time())
        with self._transaction() as db:
            if db is None:
                return
            sealed = ((k, now, _sealed(k, v)) for k, v in rows)
            db.executemany("insert or replace into results values(?, ?, ?)", sealed)

    def bound(self, size: int, pages: int = 0) -> None:
        """Let the values take twice that many bytes, the size of the site, and no more; see LEAST and OF_PAGE."""
        if self._db is not None:
            with contextlib.suppress(*_ERRORS):
                self._db.execute(
                    f"pragma user_version = {min(max(2 * size, LEAST, pages * OF_PAGE) // _KIB, 2**31 - 1)}"
                )

    def contents(self) -> Contents:
        """What is in it; all zero where it cannot be read."""
        if self._db is not None:
            with contextlib.suppress(*_ERRORS):
                counts = self._db.execute(_COUNTS).fetchall()
                times = [count[2] for count in counts if count[2] is not None]
                return Contents(
                    counts[0][0],
                    counts[1][0],
                    int(counts[0][1] + counts[1][1]),
                    _limit(self._db),
                    min(times, default=None),
                )
        return Contents(0, 0, 0, 0, None)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection | None]:
        """Everything within or nothing: an error of the database rolls back, and is no error of the run."""
        if self._db is None:
            yield None
            return
        try:
            self._db.execute("begin immediate")
            yield self._db
            pruned = _prune(self._db, int(time.time())) + _evict(self._db, _limit(self._db))
            self._db.execute("commit")
            if pruned:
                self._db.executescript("pragma incremental_vacuum")  # `execute` would free one page
        except _ERRORS:
            with contextlib.suppress(*_ERRORS):
                self._db.execute("rollback")


def _prune(db: sqlite3.Connection, now: int) -> bool:
    """Once a day: a page or a program that is no longer what it was leaves something behind nobody asks for."""
    if db.execute("select 1 from kept where key = ? and used > ?", (_PRUNED, now - _DAY)).fetchone():
        return False
    for table in _BOTH:
        db.execute(f"delete from {table} where used < ?", (now - KEPT,))  # noqa: S608  # only names
    db.execute("insert or replace into kept values(?, ?, ?)", (_PRUNED, now, b""))
    return True


def _limit(db: sqlite3.Connection) -> int:
    """Bytes that the values may take; 0 for as many as they are."""
    return int(db.execute("pragma user_version").fetchone()[0]) * _KIB


def _evict(db: sqlite3.Connection, limit: int) -> bool:
    """Remove the oldest values until a tenth of the limit is free, if they are more than that."""
    pages = db.execute("pragma page_count").fetchone()[0] - db.execute("pragma freelist_count").fetchone()[0]
    if not limit or pages * db.execute("pragma page_size").fetchone()[0] <= limit:
        return False
    size, new_first = 0, db.execute(_NEW_FIRST).fetchall()
    gone: dict[str, list[tuple[bytes]]] = {table: [] for table in _BOTH}
    for _used, table, key, length in new_first:
        size += length
        if size > limit - limit // 10 and key != _PRUNED:
            gone[table].append((key,))
    for table, keys in gone.items():
        db.executemany(f"delete from {table} where key = ?", keys)  # noqa: S608  # only names
    return any(gone.values())


def _sealed(key: bytes, value: bytes) -> bytes:
    """The value behind a checksum of it and its key."""
    return _checked(key, value) + value


def _checked(key: bytes, value: bytes) -> bytes:
    """The checksum of a value and its key: so many bytes as `_CHECK` says."""
    return zlib.crc32(value, zlib.crc32(key)).to_bytes(_CHECK, "big")


def _opened(key: bytes, sealed: object) -> bytes | None:
    """The value, or None if it is not what was stored under this key."""
    if not isinstance(sealed, bytes) or not isinstance(key, bytes):
        return None
    value = sealed[_CHECK:]
    return value if _checked(key, value) == sealed[:_CHECK] else None


def unpickled(value: bytes | None) -> object:
    """What a kept value holds; None for none, and where it cannot be read, whatever is wrong with it."""
    try:
        return pickle.loads(value or b"")  # noqa: S301  # our own bytes
    except Exception:  # noqa: BLE001  # see above
        return None


def batched(items: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    """Lists of at most that many."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
