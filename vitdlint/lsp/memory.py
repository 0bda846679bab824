"""The results of pages in memory: a whole check reads, parses and unpickles only pages that have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..linter.incremental.page_results import Salt
from ..linter.page_work import PageResult, Pages, PageWork, Source

Key = tuple[bytes, str, str]
"""A page's salt, its path, and what identifies its content."""


class Memory:
    """The results of the last whole check, by what decides them."""

    def __init__(self) -> None:
        self._results: dict[Key, PageResult] = {}
        self._latest: dict[str, tuple[Key, PageResult]] = {}
        """What was held since then, by path: of a page that is being typed the last text alone."""

    def before(self, below: Pages, salt: Salt, identify: Callable[[str], str | None]) -> Pages:
        """The work on pages, only for those that are not held; the rest is left to `below`. Order is kept.

        `identify` gives what identifies a file's content where that is known without reading it.
        """

        def station(work: PageWork, sources: Iterable[Source]) -> Iterator[PageResult]:
            listed = list(sources)
            salts = [salt(file.virtual) for file, _ in listed]
            latest = dict(self._latest.values())
            known = [
                self._results.get((own, file.path, digest)) or latest.get((own, file.path, digest))
                if (digest := identify(file.path)) is not None
                else None
                for own, (file, _) in zip(salts, listed, strict=True)
            ]
            fresh = iter(
                below(work, [source for source, held in zip(listed, known, strict=True) if held is None])
            )
            now: dict[Key, PageResult] = {}
            for own, held in zip(salts, known, strict=True):
                result = held if held is not None else next(fresh)
                if not result.crashes and not result.facts.unreadable:
                    now[own, result.facts.path, result.facts.digest] = result
                yield result
            next(fresh, None)  # its end: what is new is stored
            self._results = now
            self._latest.clear()

        return station

    def hold(self, salt: bytes, result: PageResult) -> None:
        """Take one more result."""
        if not result.crashes and not result.facts.unreadable:
            path = result.facts.path
            self._latest[path] = (salt, path, result.facts.digest), result
