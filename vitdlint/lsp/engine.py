"""One site in memory, with the texts that an editor holds: checked as a whole, or on from the last check.

For one thread. What it gives out are values that nobody changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ..core.clock import current_time
from ..core.gc import without_gc
from ..core.model import Diagnostic, Outcome
from ..files.find_site import locate
from ..files.tree import DiskTree, Tree, digest_of
from ..linter.incremental import body_edits, outline_edits, page_results
from ..linter.incremental.body_edits import SiteFindings
from ..linter.incremental.last_run import Edit
from ..linter.incremental.store import Cache, default_file
from ..linter.page_work import PageResult, Pages, PageWork, Source
from ..linter.pipeline import Job, lint
from ..linter.run_settings import RunSettings
from ..linter.session import Session, open_session
from ..page.page import Page
from ..site.links import Linked, Links
from ..site.site import Site
from ..site.suggest import Index
from .asked import Asked
from .base import Base
from .baseline import Recorded, recorded
from .glance import SiteAsWas, glance
from .marks import Marks, marks_of
from .memory import Memory

BETWEEN = 0.03
"""Seconds from one look at what else there is to do to the next, while pages are read."""


class State(NamedTuple):
    """The site as it was checked last."""

    session: Session
    """Its own tree is the disk with the texts."""
    texts: Mapping[str, str]
    """What the editor holds, by path."""
    outcome: Outcome
    findings: SiteFindings
    site: Site
    linked: Mapping[str, tuple[Linked, ...]]
    """The links of each page, by path."""
    reported: Mapping[str, tuple[Diagnostic, ...]]
    """What is reported on each file."""
    found: Mapping[str, tuple[Diagnostic, ...]]
    """The same without what the baseline records."""
    recorded: Recorded

    def text_of(self, path: str) -> str | None:
        """The text that was checked; None for a file that cannot be read or is not UTF-8."""
        try:
            return self.texts[path] if path in self.texts else self.tree.read(path).decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    @property
    def tree(self) -> Tree:
        """The files as they were checked."""
        return self.session.project.located.tree

    def page(self, path: str, text: str) -> Page | None:
        """A page of the site with that text; None for what is none."""
        if path not in self.outcome.names:
            return None
        return self.session.parse(path, text, self.outcome.names[path][0])


class Engine:
    """Checks one site again and again."""

    def __init__(
        self,
        folder: Path,
        *,
        trusted: bool = False,
        environment: str = "production",
        clock: str | None = None,
        show: Callable[[Pages], AbstractContextManager[Pages]] = nullcontext,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._settings = RunSettings(
            current_time(clock), environment=environment, plugins=trusted, jobs=1, show=show
        )
        self._memory = Memory()
        self._cache: Cache | None = None
        self._session: Session | None = None
        self._opened = 0
        self._recorded = Recorded()
        self._marks: Marks | None = None
        self._digests: dict[str, str] = {}
        """What identifies the content that pages have on disk, as far as that is known."""
        self.state: State | None = None
        self._base: Base | None = None
        """The site as it was checked as a whole."""
        self._since: set[str] = set()
        """The pages that have changed since then."""
        self._linked: Mapping[str, tuple[Linked, ...]] = {}
        """The links of each page as they were then."""
        self._outlined = False
        """The front matter of one of them, too, so that the state is worked out from that."""

        self._asked = Asked()

    def open(self) -> Session:
        """Read all that configures the site. Raises ConfigError, UsageError and PluginError."""
        self._opened = time.time_ns()
        located = locate([self._folder])
        if self._cache is None:
            self._cache = Cache(default_file(str(located.root)))
        settings = self._settings._replace(now=current_time(self._clock))
        self._recorded = recorded(located)
        self._session = open_session(located, settings, self._cache)
        return self._session

    def ready(self) -> None:
        """Open the site if it is not open. Raises as `open`."""
        if self._session is None:
            self.open()

    def pages_among(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The texts of what is a page, or would be one; other files count as they are on disk."""
        hugo = (self._session or self.open()).project.hugo
        sources = (mount.source.strip("/") for mount in hugo.mounted("content") if not mount.module)
        folders = tuple(f"{source}/" if source not in ("", ".") else "" for source in sources)
        return {
            path: text
            for path, text in texts.items()
            if path.startswith(folders) and path.rpartition(".")[2].lower() in hugo.content_extensions
        }

    def look(self) -> frozenset[str]:
        """The files that have changed on disk since the last look. If one is no page, the site will be opened again."""
        before, state = self._marks, self.state
        if before is None or state is None:
            self._session = None
            return frozenset()
        now = before.again()
        self._marks = now
        changed = set()
        for path in before.changed(now):
            was, known = before.files.get(path), self._digests.pop(path, None)
            if was is not None and path in state.site.pages:
                digest = _digest(state.session.project.located.disk, path)
                if digest is None or digest != known:
                    changed.add(path)
                if digest is not None:
                    self._digests[path] = digest
                    continue
            elif was == now.files.get(path) and path not in before.raced:
                continue
            changed.add(path)
            self._session = None
        return frozenset(changed)

    def follow(
        self,
        texts: Mapping[str, str],
        on_disk: Collection[str] = (),
        first: Callable[[], None] = lambda: None,
    ) -> State | None:
        """The state with these texts, from the last one; None if the whole site has to be checked.

        `on_disk` are the files that `look` has found. `first` is called before what takes longer than a glance.
        """
        state = self.state
        if state is None or self._session is None:
            return None
        changed = {p for p in texts.keys() | state.texts.keys() if texts.get(p) != state.texts.get(p)}
        changed |= set(on_disk) - texts.keys()
        if not changed.issubset(state.site.pages):
            return None
        if not changed:
            return state
        session = self._with(texts)
        self._since |= changed
        now = None
        if not self._outlined:
            now = self._with_bodies(state, session, texts, changed)
        if now is None:
            first()
            now = self._with_outlines(state, session, texts)
        if now is not None:
            self.state = _shown(now, state, changed)
        return None if now is None else self.state

    def _with_bodies(
        self, state: State, session: Session, texts: Mapping[str, str], changed: Collection[str]
    ) -> State | None:
        """The state after an edit of bodies alone."""
        step = body_edits.advance(session.job(), state.outcome, state.site, state.findings, changed)
        if step is None:
            return None
        self._hold(session, state, step.results, texts)
        candidates: Index | None = state.site.addresses.__dict__.get("candidates")
        if candidates is not None and self._asked.for_too_much(candidates):
            self.prepare()  # which takes the names that the site has asked for as a whole
            candidates.forget()
        new = {result.facts.path: result.facts for result in step.results}
        site = Site(
            state.site.addresses, {path: new.get(path, facts) for path, facts in state.site.pages.items()}
        )
        return State(
            session,
            dict(texts),
            step.outcome._replace(links=None),
            step.findings(),
            site,
            {**state.linked, **_by_page(Links(site, new), new)},
            {},
            {},
            state.recorded,
        )

    def _with_outlines(self, state: State, session: Session, texts: Mapping[str, str]) -> State | None:
        """The state after edits of front matter: all edits since the whole site was checked, worked out from that."""
        base = self._base
        if base is None or len(self._since) > outline_edits.MOST:
            return None
        found = base.follow(session.job(), Edit(frozenset(self._since), frozenset(), frozenset()))
        if found is None:
            return None
        self._outlined = True
        self._hold(session, state, found.results.values(), texts)
        outcome, links = found.outcome, found.links
        return State(
            session,
            dict(texts),
            outcome._replace(links=None),
            base.findings,
            outcome.site,
            {**self._linked, **_by_page(links, links.pages)},
            {},
            {},
            state.recorded,
        )

    def _hold(
        self, session: Session, state: State, results: Iterable[PageResult], texts: Mapping[str, str]
    ) -> None:
        """Hold the results of pages for the next check of the whole site."""
        salt = session.salt(session.job())
        for result in results:
            self._memory.hold(salt(state.outcome.names[result.facts.path][0]), result)
            if result.facts.path not in texts:
                self._digests[result.facts.path] = result.facts.digest

    def glance(self, path: str, text: str) -> tuple[Diagnostic, ...]:
        """What is found on one page with that text, as far as it shows while the rest of the site is not known yet."""
        state, session = self.state, self._with({path: text})
        name = state.outcome.names.get(path, ("",))[-1] if state is not None else _name(session, path)
        if state is None:
            return self._recorded.new(glance(session, path, text, name), lambda _: text)
        site = SiteAsWas(state.site, state.reported.get(path, ()), state.text_of(path) or "")
        return self._recorded.new(glance(session, path, text, name, site), lambda _: text)

    def check(self, texts: Mapping[str, str], meanwhile: Callable[[], None] = lambda: None) -> State:
        """The state with these texts; all of the site is checked. Raises ConfigError, UsageError and PluginError.

        `meanwhile` is called again and again while the pages are read.
        """
        self.ready()
        session = self._with(texts)
        session = replace(session, settings=session.settings._replace(now=current_time(self._clock)))
        started, job = time.time_ns(), session.job()
        pages = _interrupted(self._pages(session, job, texts), meanwhile)
        with without_gc(), session.settings.show(pages) as pages:
            outcome = lint(job, pages)._replace(notes=session.project.notes)
            site: Site = outcome.site
            self._digests.update((p, facts.digest) for p, facts in site.pages.items() if p not in texts)
            located = session.project.located
            named = (located.config, self._recorded.file)
            others = [*session.project.files, *(file for file in named if file is not None)]
            self._marks = marks_of(located, others, min(started, self._opened))
            state = State(
                session,
                dict(texts),
                outcome._replace(links=None, raised=()),
                body_edits.findings_in(outcome),
                site,
                _by_page(outcome.links, site.pages),
                {},
                {},
                self._recorded,
            )
            self._base = Base(state.outcome, state.findings, site, outcome, job.config)
            self._since, self._outlined, self._linked = set(), False, state.linked
            self.state = _shown(state, self.state, site.pages)
        return self.state

    def prepare(self) -> None:
        """Make what the first edit of front matter needs: as much work as several edits."""
        base = self._base
        if base is not None:
            self._base = None  # if this fails, the whole site is checked instead
            base.prepare()
            self._base = base

    def _pages(self, session: Session, job: Job, texts: Mapping[str, str]) -> Pages:
        cache, salt = session.cache, session.salt(job)
        held = {path: digest_of(_bytes(text)) for path, text in texts.items()}
        known = self._digests

        def identify(path: str) -> str | None:
            return held.get(path) or known.get(path)

        below = page_results.stored(1, job.tree.read, cache, salt, identify)
        return self._memory.before(below, salt, identify)

    def _with(self, texts: Mapping[str, str]) -> Session:
        """The session whose own tree has these texts."""
        if self._session is None:
            return self.open()
        tree = self._session.overlay(texts)
        project = self._session.project
        return replace(self._session, project=project._replace(located=project.located._replace(tree=tree)))


def _interrupted(pages: Pages, meanwhile: Callable[[], None]) -> Pages:
    """The same work on pages, with something else done between them every now and then."""

    def work(page_work: PageWork, sources: Iterable[Source]) -> Iterator[PageResult]:
        due = 0.0
        for result in pages(page_work, sources):
            yield result
            if time.monotonic() >= due:
                meanwhile()
                due = time.monotonic() + BETWEEN

    return work


def _shown(state: State, before: State | None, changed: Collection[str]) -> State:
    """The state with what is to be shown on each file. What is as before is the same object."""
    found: dict[str, list[Diagnostic]] = {}
    for diagnostic in state.outcome.report.diagnostics:
        found.setdefault(diagnostic.place.path, []).append(diagnostic)
    old = before if before is not None and before.recorded is state.recorded else None
    reported: dict[str, tuple[Diagnostic, ...]] = {}
    shown: dict[str, tuple[Diagnostic, ...]] = {}
    text_of = _lenient(state)
    for path, diagnostics in found.items():
        reported[path] = tuple(diagnostics)
        if old is not None and path not in changed and old.reported.get(path) == reported[path]:
            new = old.found.get(path, ())
        else:
            new = state.recorded.new(diagnostics, text_of)
        if new:
            shown[path] = new
    return state._replace(reported=reported, found=shown)


def _lenient(state: State) -> Callable[[str], str | None]:
    """Texts for fingerprints, as the command line reads them."""

    def text_of(path: str) -> str | None:
        try:
            return state.tree.read(path).decode("utf-8", "replace")
        except OSError:
            return None

    return text_of


def _by_page(links: Links, paths: Iterable[str]) -> dict[str, tuple[Linked, ...]]:
    found: dict[str, list[Linked]] = {path: [] for path in paths}
    for linked in links.all:
        found[linked[0].path or ""].append(linked)
    return {path: tuple(own) for path, own in found.items()}


def _name(session: Session, path: str) -> str:
    """The path of a page below its content folder, before the site is known."""
    sources = (mount.source.strip("/") for mount in session.project.hugo.mounted("content"))
    return next((path.removeprefix(f"{s}/") for s in sources if path.startswith(f"{s}/")), path)


def _digest(disk: DiskTree, path: str) -> str | None:
    try:
        return digest_of(disk.read(path))
    except OSError:
        return None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
