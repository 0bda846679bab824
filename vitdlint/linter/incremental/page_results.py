"""The results of pages as they are kept: by what a page holds and by all else that decides what is found on it."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from sys import intern
from typing import Any

from ...files.tree import digest_of
from ...page.markdown.body import Anchor, Link
from ..page_work import PageResult, Pages, PageWork, Source, read_or_error
from ..workers import Read, checked
from .store import Cache, unpickled

LARGE = 5000
"""Pages from which on it pays to hold each term once."""
HUGE = 20_000
"""The same for keys, targets and offsets, which takes 2 % of the time of a first run."""
BATCH = 500
"""Results that are written to the cache at a time: all of a large site would be a hundred megabytes."""
_new = tuple.__new__


Salt = Callable[[str], bytes]
"""What decides a page's result besides its path and content, by its path below the content folder."""


def stored(
    jobs: int, read: Read, cache: Cache, salt: Salt, identify: Callable[[str], str | None] = lambda _: None
) -> Pages:
    """The work on pages in that many processes, only for what the cache does not hold; order is kept.

    A result is kept by the file's path and content, and by its salt. `identify` gives what identifies a file's content
    where that is known without reading it. Where nothing is kept yet, no file is read here: the workers do.

    No two of the sources may be the same file with the same salt.
    """

    def station(work: PageWork, sources: Iterable[Source]) -> Iterator[PageResult]:
        listed = list(sources)
        known: dict[bytes | None, PageResult] = {}
        salts = [salt(file.virtual) for file, _ in listed]
        keys: list[bytes | None] = [None] * len(listed)
        shared = _sharing(len(listed)) if len(listed) >= LARGE else _as_it_is
        if cache.holds_results():
            sure = [identify(file.path) for file, _ in listed]
            keys = [
                _key(own, file.path, digest)
                for own, (file, _), digest in zip(salts, listed, sure, strict=True)
            ]
            known = _kept(cache, keys, shared)
            doubtful = [i for i, key in enumerate(keys) if key not in known]
            for i in doubtful:
                file, give = listed[i]
                data = read_or_error(give)
                keys[i] = None if isinstance(data, OSError) else _key(salts[i], file.path, digest_of(data))
            known |= _kept(cache, [keys[i] for i in doubtful], shared)
        missing = [source for source, key in zip(listed, keys, strict=True) if key not in known]
        fresh = checked(jobs, read, work, missing)
        new: list[tuple[bytes, bytes]] = []
        for own, key in zip(salts, keys, strict=True):
            found = known.pop(key, None) if key is not None else None
            if found is not None:
                yield found
                continue
            result, pickled = next(fresh)
            if cache.keeps and not result.crashes and not result.facts.unreadable:
                new.append(_row(own, result, pickled))
                if len(new) == BATCH:
                    cache.add(new)
                    new.clear()
            yield shared(result)
        if new:
            cache.add(new)

    return station


def salt_of(program: bytes, work: PageWork) -> Salt:
    """The salt of each page under that work."""
    digest = hashlib.blake2b(program, digest_size=16)
    for active in work.active:
        digest.update(f"{active.rule.code} {active.options!r} {active.severity}\0".encode())
    digest.update(repr((work.settings, work.markups, work.origin)).encode())
    common = digest.digest()

    def salt(name: str) -> bytes:
        schema = work.schema_for(name)
        return common if schema is None else common + schema.digest.encode() + b"\0"

    return salt


def kept(cache: Cache, salt: bytes, path: str, digest: str) -> PageResult | None:
    """One page's result, if the cache holds it."""
    return next(iter(_kept(cache, [_key(salt, path, digest)], _as_it_is).values()), None)


def keep(cache: Cache, results: Iterable[tuple[bytes, PageResult]]) -> None:
    """Keep the results of pages, each with its salt."""
    cache.add([_row(salt, result) for salt, result in results])


def _row(salt: bytes, result: PageResult, pickled: bytes | None = None) -> tuple[bytes, bytes]:
    """A result as it is kept: by what was read, for the file may have changed since it was looked up."""
    key = _digest_key(salt, result.facts.path, result.facts.digest)
    return key, pickled or pickle.dumps(result, pickle.HIGHEST_PROTOCOL)


def _kept(
    cache: Cache, keys: Iterable[bytes | None], shared: Callable[[PageResult], PageResult]
) -> dict[bytes | None, PageResult]:
    values = cache.results(key for key in keys if key is not None)
    # One that cannot be read is no result: that page is checked again.
    return {
        key: shared(result) for key, value in values if isinstance(result := unpickled(value), PageResult)
    }


def _as_it_is(result: PageResult) -> PageResult:
    return result


def _sharing(pages: int) -> Callable[[PageResult], PageResult]:
    """Pages have the same terms, keys and offsets again and again: one object for each is half the memory for a large site."""
    once: Any = {}.setdefault

    def shared(result: PageResult) -> PageResult:
        facts, front = result.facts, result.facts.front
        for value in front.data.values():
            if type(value) is list:
                with suppress(TypeError):  # not all of them are strings
                    value[:] = map(intern, value)
        if pages < HUGE:
            return result
        data = {once(key, key): value for key, value in front.data.items()}
        facts = facts._replace(
            front=front._replace(kind=once(front.kind, front.kind), data=data),
            links=tuple([_new(Link, map(once, link, link)) for link in facts.links]),
            anchors=tuple([_new(Anchor, map(once, anchor, anchor)) for anchor in facts.anchors]),
        )
        return result._replace(facts=facts)

    return shared


def _key(salt: bytes, path: str, digest: str | None) -> bytes | None:
    return None if digest is None else _digest_key(salt, path, digest)


def _digest_key(salt: bytes, path: str, digest: str) -> bytes:
    named = salt + digest.encode() + path.encode("utf-8", "surrogateescape")
    return hashlib.blake2b(named, digest_size=16).digest()
