"""A damaged value is absent, and the file stays within its bounds."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

from vitdlint.linter.incremental import store
from vitdlint.linter.incremental.store import LEAST, Cache

VALUES = {b"%d" % i: bytes([i]) * 300 for i in range(40)}


def filled(file: Path) -> Cache:
    cache = Cache(file)
    cache.keep(VALUES)
    cache.add(VALUES.items())
    return cache


def test_what_is_stored_comes_back(tmp_path: Path) -> None:
    cache = filled(tmp_path / "c.sqlite")
    assert dict(cache.results(VALUES)) == VALUES
    assert {key: cache.recall(key) for key in VALUES} == VALUES
    assert cache.recall(b"none") is None


def test_no_flipped_bit_gives_another_value(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    filled(file)
    whole, draw = file.read_bytes(), random.Random(16)
    for _ in range(300):
        damaged = bytearray(whole)
        damaged[draw.randrange(len(whole))] ^= 1 << draw.randrange(8)
        file.write_bytes(damaged)
        cache = Cache(file)
        assert dict(cache.results(VALUES)).items() <= VALUES.items()
        for key, value in VALUES.items():
            assert cache.recall(key) in (None, value)


def used(file: Path) -> None:
    """Everything that a run does with its cache."""
    cache = Cache(file)
    assert dict(cache.results(VALUES)).items() <= VALUES.items()
    for key, value in VALUES.items():
        assert cache.recall(key) in (None, value)
    cache.holds_results()
    cache.contents()
    cache.bound(1)
    cache.keep(VALUES, [b"1"])
    cache.add(VALUES.items())


def test_no_damage_to_the_schema_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    filled(file)
    whole, draw = file.read_bytes(), random.Random(16)
    start = whole.index(b"CREATE TABLE results")
    for _ in range(80):
        damaged = bytearray(whole)
        for _ in range(draw.choice((1, 1, 3))):
            damaged[start + draw.randrange(200)] = draw.randrange(256)
        file.write_bytes(damaged)
        used(file)


def test_times_and_values_of_another_kind_are_no_error(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    filled(file)
    with sqlite3.connect(file) as db:
        for table in ("kept", "results"):
            for key, value in ((b"3", "text"), (b"4", b"\xb1"), (b"5", None), (b"6", 1e300)):
                db.execute(f"update {table} set used = ?, value = null where key = ?", (value, key))
        db.execute("update kept set used = 'x' where key != 'pruned'")
        db.execute("pragma user_version = 1")
    used(file)


def test_values_of_another_kind_or_key_are_absent(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    filled(file)
    with sqlite3.connect(file) as db:
        (first,) = db.execute("select value from kept where key = ?", (b"1",)).fetchone()
        for key, value in (
            (b"2", first),
            (b"3", "text"),
            (b"4", 5),
            (b"5", None),
            (b"6", b""),
            (b"7", b"abc"),
        ):
            db.execute("update kept set value = ? where key = ?", (value, key))
    cache = Cache(file)
    assert [cache.recall(b"%d" % i) for i in range(1, 8)] == [VALUES[b"1"], *[None] * 6]


def test_the_oldest_values_go_first(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    big = {b"%d" % i: bytes(1_000_000) for i in range(30)}
    cache = Cache(file)
    for key, value in big.items():
        cache.keep({key: value})
        with sqlite3.connect(file) as db:
            db.execute("update kept set used = used - 1000 where key != 'pruned'")
    assert len([key for key in big if cache.recall(key)]) == 30  # without a bound all of it stays
    cache.bound(1_000)
    cache.keep({b"new": b"new"})
    assert cache.recall(b"new") == b"new"
    there = [int(key) for key in big if cache.recall(key)]
    assert there == list(range(30 - len(there), 30))
    assert 10 < len(there) < 16
    assert file.stat().st_size < LEAST * 1.1
    for bound in ((100 * LEAST, 0), (1_000, 10_000)):  # much text, or many pages with little
        cache.bound(*bound)
        cache.keep(big)
        assert len([key for key in big if cache.recall(key)]) == 30


def test_the_contents_are_counted(tmp_path: Path) -> None:
    cache = filled(tmp_path / "c.sqlite")
    cache.bound(0)
    found = cache.contents()
    assert (found.results, found.others) == (40, 41)  # and when it was last pruned
    assert found.bytes == 2 * sum(len(value) + 4 for value in VALUES.values()) + 0
    assert abs(found.limit - LEAST) < 1024
    assert found.oldest is not None
    assert Cache(Path("/dev/null/x")).contents() == store.Contents(0, 0, 0, 0, None)
