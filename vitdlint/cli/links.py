"""`vitdlint links`: ask external links, remember the answers, and tell what they mean."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from .. import __version__
from ..core.clock import instant
from ..core.errors import UsageError
from ..core.model import Exit, Outcome, Place, Severity
from ..core.terminal import earned, wants_color
from ..external.fetch import store
from ..external.fetch.address import public
from ..external.fetch.headers import MissingVariableError
from ..external.fetch.plan import planned
from ..external.fetch.refresh import Outcome as Refreshed
from ..external.fetch.refresh import Pass, budget, refresh
from ..external.fetch.resolve import Resolve
from ..external.fetch.tally import Tally, tally
from ..external.settings import LinksConfig
from ..external.state import Record, Unreadable
from ..external.subject import Web, site_links, web_of
from ..external.urls import covered, external_urls, masked, normal, unaskable
from ..files.find_site import locate, shown
from ..files.git import GitError, find
from ..files.git_tree import commit_tree
from ..linter import workers
from ..linter.expiring_ignores import expiring
from ..linter.incremental import page_results
from ..linter.incremental.store import Cache, default_file, program_id
from ..linter.pipeline import Job, Placer, lint, page_work
from ..linter.project import Project, open_project
from ..reporters import links as figures_of
from ..reporters.progress import progress
from ..site.links import Links
from .output import context_of, outputs_of, tell, text_reader


@dataclass(frozen=True)
class Request:
    """The command line of `links`; None where an option was not given."""

    path: Path | None = None
    budget: str | None = None
    max_per_host: int = 0
    only_new: bool = False
    since: str | None = None
    recheck: tuple[str, ...] = ()
    dry_run: bool = False
    wayback: bool = False
    output_format: str | None = None
    fail_on: str | None = None
    exit_zero: bool = False
    config: Path | None = None
    environment: str = "production"
    no_plugins: bool = False
    clock: str | None = None
    jobs: int | None = None
    no_cache: bool = False
    color: str = "auto"
    quiet: bool = False


def links(request: Request, *, resolve: Resolve | None = None, allow: Callable[[str], bool] = public) -> int:
    """Ask, write the state file and report; the exit code.

    `resolve` and `allow` decide about names and addresses; other values than these are for tests on loopback.
    """
    if request.fail_on not in (None, "error", "warning", "info", "never"):
        raise UsageError(f'--fail-on is "{request.fail_on}"; it must be error, warning, info or never')
    if request.only_new and request.since is None:
        raise UsageError("--only-new needs --since REF: new compared with what?")
    as_json = request.output_format == "json"
    outputs = {} if as_json else outputs_of(request.output_format, None)
    try:
        now = instant(request.clock).astimezone(UTC)
        color = wants_color(request.color, sys.stdout)
    except ValueError as error:
        raise UsageError(str(error)) from error
    located = locate([request.path] if request.path else [], request.config)
    project = open_project(located, plugins=not request.no_plugins, environment=request.environment)
    work = _Work(request, project, now, resolve, allow)
    try:
        outcome = work.run()
    except (MissingVariableError, GitError) as error:
        raise UsageError(str(error)) from error
    except store.BusyError as error:
        raise UsageError(f"{error}; wait until it has ended") from error
    if request.dry_run:
        return Exit.CLEAN
    passed, figures = work.passed, work.figures
    if passed is None or figures is None:  # the site was judged without its links: only a crash can do that
        return Exit.CRASH
    report = outcome.report
    fail_on = request.fail_on or project.config.keys.fail_on
    code = report.exit(None if fail_on == "never" else Severity.of(fail_on))
    if request.exit_zero and code is Exit.FOUND:
        code = Exit.CLEAN
    if passed.network:
        code = Exit.CRASH
    earned(code)
    for note in () if request.quiet else (*located.notes, *project.notes, *report.notes):
        sys.stderr.write(f"vitdlint: {note}\n")
    read = text_reader(located.tree.read)
    context = context_of(located, without_secrets(read), color=color)
    proxies = project.config.keys.links.proxy == "environment"
    if as_json:
        sys.stdout.writelines(figures_of.json(report, context, passed, figures, work.places))
        return code
    tell(report, outputs, context)
    # A machine format on standard output stays what it is; the figures go beside it.
    people = any(name in ("full", "concise", "grouped") and file is None for name, file in outputs.items())
    if not request.quiet:
        stream = sys.stdout if people else sys.stderr
        stream.writelines(figures_of.text(passed, figures, proxies=proxies))
    return code


@dataclass
class _Work:
    """One run: the engine builds the site, the pass asks, the engine judges the answers."""

    request: Request
    project: Project
    now: datetime
    resolve: Resolve | None
    allow: Callable[[str], bool]
    passed: Refreshed | None = None
    figures: Tally | None = None
    places: dict[str, tuple[Place, ...]] = field(default_factory=dict)

    def run(self) -> Outcome:
        """Judge the site by the rules about answers alone."""
        config = self.project.config
        active = tuple(a for a in config.active if a.rule.on is Web or a.rule.name == "expired-ignore")
        job = Job(
            tree=self.project.located.tree,
            hugo=self.project.hugo,
            config=replace(config, active=active),
            schemas=self.project.schemas,
            now=self.now,
            answers=self._ask,
            ignores=expiring(config, self.project.located.root),
        )
        return _judged(job, self.request)

    def _ask(self, links: Links) -> Web:
        request, config = self.request, self.project.config.keys.links
        urls = external_urls(site_links(links))
        state = state_file(self.project)
        new = frozenset[str]()
        if request.since is not None:
            new = frozenset(urls) - frozenset(urls_at(self.project, request.since, request))
        only = sorted(new) if request.only_new else None
        recheck = tuple(_named(request.recheck, urls))
        try:
            seconds = budget(config, request.budget)
        except ValueError as error:
            raise UsageError(f"--budget: {error}") from error
        if request.dry_run:
            _list(only if only is not None else list(urls), state, config, self.now, recheck, request)
            return Web({}, {}, self.now.date())
        task = Pass(
            tuple(urls),
            only=only,
            recheck=recheck,
            budget=seconds,
            max_per_host=request.max_per_host,
            version=__version__,
        )
        try:
            with progress(quiet=request.quiet) as show:
                self.passed = asyncio.run(
                    refresh(task, config, state, self.now, show, resolve=self.resolve, allow=self.allow)
                )
            records = dict(self.passed.after)
            if request.wayback:
                records = self._with_copies(config, state)
        except (Unreadable, OSError) as error:
            raise UsageError(f"{shown(state)}: {error}") from error
        self.figures = tally(self.passed, urls, unaskable(site_links(links)))
        placer = Placer(links.pages, self.project.located.tree)
        self.places = {url: tuple(placer(spot.span) for spot in spots) for url, spots in urls.items()}
        return web_of(site_links(links), records, config, self.now.date(), new)

    def _with_copies(self, config: LinksConfig, state: Path) -> dict[str, Record]:
        from ..external.fetch.wayback import look_up  # on request only

        asyncio.run(look_up(config, state, __version__, os.environ, resolve=self.resolve, allow=self.allow))
        return store.read(state, config).records


def known_web(links: Links, project: Project, now: datetime, old: Links | None = None) -> Web:
    """What the state file says about a site's links, for `check --external`: no network is needed.

    `old` are those of the site that it is compared with: URLs that none of them leads to are new.
    """
    state, config = state_file(project), project.config.keys.links
    try:
        records = store.read(state, config).records
    except (Unreadable, OSError) as error:
        raise UsageError(f"{shown(state)}: {error}") from error
    before = None if old is None else external_urls(site_links(old))
    new = (
        frozenset[str]()
        if before is None
        else frozenset(external_urls(site_links(links))) - frozenset(before)
    )
    return web_of(site_links(links), records, config, now.date(), new)


def state_file(project: Project) -> Path:
    """Where the answers are kept: beside the configuration, or at the site's root if there is none."""
    folder = Path(project.config.folder) if project.config.folder else project.located.root
    return folder / project.config.keys.links.state


def urls_at(project: Project, ref: str, request: Request) -> set[str]:
    """The external URLs that the site had where the branch left a commit. Raises GitError."""
    repository = find(project.located.root)
    tree = commit_tree(repository, repository.merge_base(ref), project.located.disk)
    try:
        job = Job(
            tree=tree,
            hugo=project.hugo,
            config=replace(project.config, active=()),
            schemas=project.schemas,
            now=instant(request.clock),
        )
        links = _judged(job, request).links
    finally:
        tree.close()
    return set() if links is None else set(external_urls(site_links(links)))


def _judged(job: Job, request: Request) -> Outcome:
    jobs = request.jobs or workers.default_jobs()
    pages = workers.processes(jobs, job.tree.read)
    if not request.no_cache:
        cache = Cache(default_file(job.tree.root))
        pages = page_results.stored(
            jobs, job.tree.read, cache, page_results.salt_of(program_id(), page_work(job))
        )
    return lint(job, pages)


def without_secrets(text_of: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """A reader of texts whose URLs have their secrets starred out, at the same offsets."""

    def read(path: str) -> str | None:
        text = text_of(path)
        return None if text is None else covered(text)

    return read


def _named(words: Sequence[str], urls: Container[str]) -> list[str]:
    """The URLs that --recheck names; UsageError for one that the site does not link to."""
    found = []
    for word in words:
        url = normal(word.partition("#")[0])
        if url not in urls:
            raise UsageError(f'no page links to "{masked(word)}"')
        found.append(url)
    return found


def _list(
    urls: Sequence[str],
    state: Path,
    config: LinksConfig,
    now: datetime,
    recheck: Sequence[str],
    request: Request,
) -> None:
    """What would be asked, in the order in which it is due."""
    try:
        records = store.read(state, config).records
    except (Unreadable, OSError) as error:
        raise UsageError(f"{shown(state)}: {error}") from error
    plan = planned(urls, records, config, now, recheck=recheck, max_per_host=request.max_per_host)
    sys.stdout.writelines(f"{masked(url)}\n" for url in plan.ask)
    sys.stderr.write(f"vitdlint: {len(plan.ask):,} links would be asked, {len(plan.skipped):,} not\n")
