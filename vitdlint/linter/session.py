"""One configured site, checked as often as a command needs: as it is, with texts replaced, or as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from ..core.model import Outcome
from ..external import Web
from ..files.find_site import Located
from ..files.git_history import history_of
from ..files.tree import ElsewhereTree, OverlayTree, Tree
from ..hugo.config import load as load_hugo
from ..hugo.files import content_files
from ..page.page import Facts, Page
from ..page.read import read_page
from ..site.addresses import Addresses
from ..site.links import Links
from . import workers
from .config import Active
from .expiring_ignores import expiring
from .incremental import page_results
from .incremental.last_run import LastRun
from .incremental.store import Cache, default_file, program_id
from .page_work import PageResult, Pages, PageWork, Source
from .pipeline import Job, lint
from .project import Project, open_project
from .run_settings import RunSettings

Identify = Callable[[str], str | None]
"""What identifies a file's content (see `digest_of`), where that is known without reading it."""


def unknown(_path: str) -> None:
    """The `Identify` of a tree of which nothing is known."""


@dataclass(frozen=True)
class Session:
    """All that stays the same from one check to the next."""

    project: Project
    settings: RunSettings
    cache: Cache
    answers: Callable[..., Web] | None = None
    """What is stored about a site's external links; `old` may name the site that it is compared with."""
    addresses: dict[bytes, Addresses] = field(default_factory=dict, repr=False)
    """Addresses as they were read from the cache, by the key of the publication: two states of a site often share it."""
    last_runs: dict[bytes, LastRun] = field(default_factory=dict, repr=False)
    """What was read from the cache of earlier runs, by its key."""

    def check(self, tree: Tree | None = None, identify: Identify = unknown) -> Outcome:
        """The outcome for a tree (None: the site as it is)."""
        return self.outcome(self.job(tree), identify)

    def outcome(self, job: Job, identify: Identify = unknown) -> Outcome:
        """The outcome of a job of this session."""
        with self.settings.show(self._pages(job, identify)) as pages:
            return lint(job, pages)._replace(notes=self.project.notes)

    def only(
        self, rules: Iterable[Active], tree: Tree | None = None, known: Mapping[str, Facts] | None = None
    ) -> Outcome:
        """The outcome of these rules alone, none of which is about single pages.

        What is stored of pages is the same as for `check`. `known` has the facts of pages that need no other look.
        """
        job = self.job(tree)
        pages = partial(_facts_alone, partial(self._shown, job), job.page_work, known or {})
        return lint(job._replace(config=job.config._replace(active=tuple(rules))), pages)

    def links(self, tree: Tree | None = None, known: Mapping[str, Facts] | None = None) -> Links:
        """The site and its links alone; see `only`."""
        links: Links = self.only((), tree, known).links
        return links

    def overlay(self, texts: Mapping[str, str]) -> Tree:
        """The site's files, some of them with other texts."""
        files = {path: text.encode("utf-8", "surrogateescape") for path, text in texts.items()}
        own = self.project.located.tree
        return OverlayTree(own, files) if files else own

    def job(self, tree: Tree | None = None) -> Job:
        """What decides the outcome for a tree (None: the site as it is)."""
        project = self.project
        own = project.located.tree
        tree = tree or own
        if project.elsewhere is not None and tree is not own:
            tree = ElsewhereTree(tree, project.located.disk)
        return Job(
            tree=tree,
            hugo=project.hugo
            if tree is own
            else load_hugo(tree, self.settings.environment, project.config.keys.version, project.elsewhere),
            config=project.config,
            schemas=project.schemas,
            now=self.settings.now,
            reference=self.settings.reference,
            answers=self.answers,
            hugo_said=project.hugo_said,
            ignores=expiring(project.config, project.located.root),
            history=partial(history_of, project.located.root),
        )

    def parse(self, path: str, text: str, name: str | None = None) -> Page:
        """A page of the site as it would be with that text; its schema is that of `name`, below the content folder."""
        schema = None if name is None else self._work.schema_for(name)
        settings = self._work.settings_for(self._languages.get(path, ()))
        return read_page(path, text.encode("utf-8", "surrogatepass"), settings, schema)

    @cached_property
    def _languages(self) -> Mapping[str, tuple[str, ...]]:
        """The languages of each content file, where pages are not read alike in all of them."""
        job = self.job()
        files = content_files(job.hugo, job.tree) if self._work.markups else ()
        return {file.path: file.languages for file in files}

    def result(self, page: Page, name: str) -> tuple[bytes, PageResult]:
        """What is found on a page that was parsed with that name, for `page_results.keep`."""
        return self._salt(name), self._work.on(page)

    @cached_property
    def _salt(self) -> page_results.Salt:
        return self.salt(self.job())

    @cached_property
    def _work(self) -> PageWork:
        return self.job().page_work

    def salt(self, job: Job) -> page_results.Salt:
        """What decides a page's result besides its path and content."""
        plugins = "".join(plugin.digest for plugin in job.config.plugins).encode()
        return page_results.salt_of(program_id() + plugins, job.page_work)

    def _shown(self, job: Job, work: PageWork, sources: Iterable[Source]) -> Iterator[PageResult]:
        """The results of pages. Their display of progress ends with them: the network pass has one of its own."""
        with self.settings.show(self._pages(job, unknown)) as pages:
            yield from pages(work, sources)

    def _pages(self, job: Job, identify: Identify) -> Pages:
        jobs = self.settings.jobs or workers.default_jobs()
        return page_results.stored(jobs, job.tree.read, self.cache, self.salt(job), identify)


def open_session(located: Located, settings: RunSettings, cache: Cache | None = None) -> Session:
    """Read all that configures the site (see `open_project`). Raises ConfigError."""
    project = open_project(
        located, plugins=settings.plugins, environment=settings.environment, hugo_said=settings.hugo_said
    )
    # Without a file, results are stored for the rounds of this one command.
    file = default_file(str(located.root)) if settings.cached else Path(":memory:")
    session = Session(project, settings, cache or Cache(file))
    if not settings.external:
        return session
    from .stored_answers import stored_web  # needs what reads the state file

    return replace(session, answers=partial(stored_web, project=project, now=settings.now))


def _facts_alone(
    pages: Pages, work: PageWork, known: Mapping[str, Facts], _no_rules: PageWork, sources: Iterable[Source]
) -> Iterator[PageResult]:
    """Every page's facts, in order: known, or from its result, whose findings are dropped."""
    listed = list(sources)
    fresh = iter(pages(work, [source for source in listed if source[0].path not in known]))
    for file, _ in listed:
        facts = known.get(file.path)
        yield PageResult(facts if facts is not None else next(fresh).facts, ())
    next(fresh, None)  # its end: what is new is stored
