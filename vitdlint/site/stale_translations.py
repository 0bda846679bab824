"""Which translations are older than their sources: by their own marks, else by the commits that changed their texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from math import inf
from typing import NamedTuple

from ..core.model import NotChecked
from ..files.git_history import Commit, History
from ..frontmatter.read import read as read_front_matter
from ..hugo.dates import parse, zone_of
from ..hugo.publication import Output
from ..page.page import Facts
from .site import Site
from .translations import sections

MARK = "lastmod"
"""The key of front matter by which a page says when it was changed."""


class Stale(NamedTuple):
    """A translation that is older than its source, and when each was changed."""

    translation: Facts
    source: Facts
    changed: datetime
    source_changed: datetime | None
    """None: the change is not committed yet."""
    marked: bool
    """Both pages say so themselves."""


class StaleTranslations:
    """What the rule about them checks. Git is asked when a pair of pages needs it."""

    def __init__(self, site: Site, history: Callable[[], History]) -> None:
        self._site = site
        self._history = history

    @cached_property
    def all(self) -> tuple[Stale, ...]:
        """All of them."""
        return self._settled[0]

    @cached_property
    def not_checked(self) -> tuple[NotChecked, ...]:
        """The translations whose age nobody knows."""
        return self._settled[1]

    @cached_property
    def _settled(self) -> tuple[tuple[Stale, ...], tuple[NotChecked, ...]]:
        found: list[Stale] = []
        unmarked: list[tuple[Facts, Facts]] = []
        for source, translation in self._pairs():
            were, are = self._mark(source), self._mark(translation)
            facts, own = self._site.pages[source.path or ""], self._site.pages[translation.path or ""]
            if were is None or are is None:
                unmarked.append((facts, own))
            elif are < were:
                found.append(Stale(own, facts, are, were, marked=True))
        if not unmarked:
            return tuple(found), ()
        from ..files.git import GitError  # as in `git_history.py`

        try:
            times = _changed(self._history(), {facts.path: facts for pair in unmarked for facts in pair})
        except GitError as error:
            reason = f'they have no "{MARK}", nor their source, and git does not know: {error}'
            return tuple(found), (NotChecked("translations", reason, len(unmarked)),)
        unknown = 0
        for source_, own in unmarked:
            at, source_at = times.get(own.path, inf), times.get(source_.path)
            if source_at is None:
                unknown += 1
            elif at < source_at:
                when = _date(source_at) if source_at < inf else None
                found.append(Stale(own, source_, _date(at), when, marked=False))
        left = (NotChecked("translations", "their source is not in git", unknown),) if unknown else ()
        return tuple(found), left

    def _pairs(self) -> Iterator[tuple[Output, Output]]:
        """Each page in the default language, and each of its published translations."""
        languages = self._site.addresses.config.languages
        default = next((language.name for language in languages if language.default), languages[0].name)
        for section in sections(self._site) if len(languages) > 1 else ():
            for page in section.pages:
                if (source := page.get(default)) is not None:
                    for name, other in page.items():
                        if name != default and other.path != source.path and other.state == "published":
                            yield source, other

    def _mark(self, page: Output) -> datetime | None:
        """When a page says that it was changed."""
        facts = self._site.facts(page)
        value = None if facts is None or facts.front.problems else facts.front.get(MARK)
        if facts is None or value in (None, ""):
            return None
        return parse(
            value, zone_of(self._site.addresses.config.language(page.language).time_zone), facts.front.kind
        )


def _date(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _changed(history: History, pages: Mapping[str, Facts]) -> dict[str, float]:
    """When the text of each page was changed last: in seconds since 1970, infinite for a change that is not committed.

    Pages that git does not know are left out. Commits that renamed a page, or changed its front matter alone, do not count.
    """
    times: dict[str, float] = {}
    left: dict[str, list[Commit]] = {}
    for path, facts in pages.items():
        commits = list(history.commits(path))
        start = next((i for i, commit in enumerate(commits) if commit.new == facts.digest), None)
        if start is not None:
            left[path] = commits[start:]
        elif commits:
            times[path] = inf
    number = 1
    while left:  # in few rounds, as each is a question to git
        some = {path: commits[:number] for path, commits in left.items()}
        texts = history.contents(_objects(c for commits in some.values() for c in commits))
        bodies = {name: _body(text) for name, text in texts.items()}
        for path, commits in some.items():
            last = next((c for c in commits if not c.old or bodies.get(c.old) != bodies.get(c.new)), None)
            rest = left[path][number:]
            if last is not None or not rest:
                times[path] = (last or commits[-1]).time
                del left[path]
            else:
                left[path] = rest
        number *= 4
    return times


def _objects(commits: Iterable[Commit]) -> Iterator[str]:
    for commit in commits:
        if commit.old and commit.old != commit.new:
            yield from (commit.old, commit.new)


def _body(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    return text[read_front_matter(text).end :].strip()
