"""`vitdlint links`: ask external links, store the answers, and report what they mean."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from .. import __version__
from ..core import terminal
from ..core.clock import current_time
from ..core.errors import UsageError
from ..core.model import Exit, Outcome, Place
from ..external.fetch import store
from ..external.fetch.address import public
from ..external.fetch.headers import MissingVariableError
from ..external.fetch.plan import in_words, least_seconds, planned, queues
from ..external.fetch.refresh import Outcome as Refreshed
from ..external.fetch.refresh import Pass, budget, refresh
from ..external.fetch.resolve import Resolve
from ..external.fetch.tally import Tally, tally
from ..external.settings import LinksConfig
from ..external.state import Unreadable
from ..external.subject import Web, site_links, web_of
from ..external.urls import external_urls, masked, normal, unaskable
from ..files.find_site import shown
from ..files.git import GitError, find
from ..files.git_tree import commit_tree
from ..linter.config_layers import baseline_file
from ..linter.run_rules import Placer
from ..linter.run_settings import RunSettings
from ..linter.session import Session, open_session
from ..linter.stored_answers import known_of, state_file
from ..reporters import links as figures_of
from ..reporters.progress import checking, progress
from ..site.links import Links
from .check_baseline import opened
from .config_options import located, recovered
from .modes import mode_of
from .options import LinksOptions
from .output import FOR_PEOPLE, context_of, exit_code, outputs_of, require_writable, text_reader, write_report


def links(
    options: LinksOptions, *, resolve: Resolve | None = None, allow: Callable[[str], bool] = public
) -> int:
    """Ask, write the state file and report; the exit code.

    `resolve` and `allow` decide about names and addresses; other values than these are for tests on loopback.
    """
    mode_of(options)
    chosen = options.output_format or os.environ.get("VITDLINT_OUTPUT_FORMAT")
    as_json = chosen == "json"
    outputs = () if as_json else outputs_of(chosen, None)
    site = located([options.path] if options.path else [], options.config)
    settings = RunSettings(
        now=current_time(options.clock).astimezone(UTC),
        environment=options.environment,
        plugins=not options.no_plugins,
        jobs=options.jobs,
        cached=not options.no_cache,
        show=partial(checking, quiet=options.quiet, color=options.color),
    )
    for file in (file for _, file in outputs if file is not None):
        require_writable(file, site, options.environment)
    known = baseline_file(site, None)
    site = recovered(site, known)
    baseline = opened(known, site, options.environment, update=False) if known is not None else None
    work = _Work(options, open_session(site, settings), resolve, allow)
    try:
        outcome = work.run()
    except (MissingVariableError, GitError) as error:
        raise UsageError(str(error)) from error
    except store.BusyError as error:
        raise UsageError(f"{error}; wait until it has ended") from error
    if options.dry_run:
        return Exit.CLEAN
    passed, figures = work.passed, work.figures
    if passed is None or figures is None:  # the site was checked without its links: only a crash can do that
        return Exit.CRASH
    text_of = text_reader(site.tree.read, secrets=False)
    report = outcome.report
    if baseline is not None:
        report = baseline.new(report, text_of, lambda _path, _rule: False)
    code = exit_code(report, options.fail_on or outcome.fail_on, exit_zero=options.exit_zero)
    if passed.network:
        code = Exit.CRASH
        terminal.earned(code)
    if not options.quiet:
        terminal.note(*site.notes, *outcome.notes, *report.notes)
    context = context_of(
        site,
        text_of,
        command="vitdlint check --external",
        any_rule="vitdlint check --external",
        today=settings.now.date(),
    )
    if as_json:
        terminal.write_json(figures_of.json(report, context, passed, figures, work.places))
        return code
    write_report(report, outputs, context, options.color)
    # A machine format on standard output stays what it is; the figures go beside it.
    people = any(name in FOR_PEOPLE and file is None for name, file in outputs)
    if not options.quiet:
        proxies = work.config.proxy == "environment"
        words = "".join(figures_of.text(passed, figures, proxies=proxies)).rstrip("\n")
        (terminal.say if people else terminal.error_text)(words)
    return code


@dataclass
class _Work:
    """One run: the pipeline builds the site, the pass asks, the rules check the answers."""

    options: LinksOptions
    session: Session
    resolve: Resolve | None
    allow: Callable[[str], bool]
    passed: Refreshed | None = None
    figures: Tally | None = None
    places: dict[str, tuple[Place, ...]] = field(default_factory=dict)

    @property
    def config(self) -> LinksConfig:
        """What the configuration says about external links."""
        return self.session.project.config.keys.links

    def run(self) -> Outcome:
        """Check the site by the rules about answers alone."""
        active = self.session.project.config.active
        rules = [a for a in active if a.rule.on is Web or a.rule.name == "expired-ignore"]
        return replace(self.session, answers=self._ask).only(rules)

    def _ask(self, links: Links) -> Web:
        options, config, now = self.options, self.config, self.session.settings.now
        urls = external_urls(site_links(links))
        state = state_file(self.session.project)
        new = frozenset[str]()
        if options.since is not None:
            new = frozenset(urls) - frozenset(urls_at(self.session, options.since))
        only = sorted(new) if options.only_new else None
        recheck = tuple(_named(options.recheck or (), urls))
        try:
            seconds = budget(config, options.budget)
        except ValueError as error:
            raise UsageError(f"--budget: {error}") from error
        if options.dry_run:
            _list(only if only is not None else list(urls), state, config, now, recheck, options.max_per_host)
            return Web({}, {}, now.date())
        task = Pass(
            tuple(urls),
            only=only,
            recheck=recheck,
            budget=seconds,
            max_per_host=options.max_per_host,
            version=__version__,
        )
        try:
            with progress(quiet=options.quiet, color=options.color) as show:
                self.passed = asyncio.run(
                    refresh(task, config, state, now, show, resolve=self.resolve, allow=self.allow)
                )
            records = dict(self.passed.after)
            if options.wayback:
                from ..external.fetch.wayback import look_up  # on request only

                more = look_up(
                    config, state, now, __version__, os.environ, resolve=self.resolve, allow=self.allow
                )
                asyncio.run(more)
                records = known_of(state, config, now).records
        except (Unreadable, OSError) as error:
            raise UsageError(f"{shown(state)}: {error}") from error
        self.figures = tally(self.passed, urls, unaskable(site_links(links)))
        placer = Placer(links.pages, self.session.project.located.tree)
        self.places = {url: tuple(placer(spot.span) for spot in spots) for url, spots in urls.items()}
        return web_of(site_links(links), records, config, now.date(), new)


def urls_at(session: Session, ref: str) -> set[str]:
    """The external URLs that the site had where the branch left a commit. Raises GitError."""
    located = session.project.located
    repository = find(located.root)
    tree = commit_tree(repository, repository.merge_base(ref), located.disk)
    try:
        return set(external_urls(site_links(session.links(tree))))
    finally:
        tree.close()


def _named(words: Sequence[str], urls: Container[str]) -> list[str]:
    """The URLs that --recheck names; UsageError for one that the site does not link to."""
    found = []
    for word in words:
        url = normal(word.partition("#")[0])
        if url not in urls:
            raise UsageError(f'no page links to "{masked(word)}"')
        found.append(url)
    return found


_HOSTS = 20
"""Hosts that a dry run names."""


def _list(
    urls: Sequence[str],
    state: Path,
    config: LinksConfig,
    now: datetime,
    recheck: Sequence[str],
    max_per_host: int,
) -> None:
    """What would be asked, in the order in which it is due; on standard error of which hosts, and how long it takes."""
    records = known_of(state, config, now).records
    plan = planned(urls, records, config, now, recheck=recheck, max_per_host=max_per_host)
    terminal.say(*map(masked, plan.ask))
    terminal.flush()
    waiting = queues(plan.ask, config)
    for host in waiting[:_HOSTS]:
        terminal.note(f"{host.links:>7,}  {host.name}: {in_words(host.seconds)} at least")
    if rest := waiting[_HOSTS:]:
        terminal.note(f"{sum(host.links for host in rest):>7,}  on {len(rest):,} other hosts")
    terminal.note(
        f"{len(plan.ask):,} link{'s' * (len(plan.ask) != 1)} on {len(waiting):,} host{'s' * (len(waiting) != 1)} would be asked, {len(plan.skipped):,} not; "
        f"that takes {in_words(least_seconds(waiting, config))} at least"
    )
