"""The network pass: ask what is due, try failures again late, check the pass as a whole, and store the answers."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from .. import outage
from ..answer import Answer, Kind
from ..settings import LinksConfig, seconds
from ..state import Record
from ..urls import domain_of, host_of, masked
from .address import public
from .ask import Asker
from .headers import Headers, variable
from .jobs import Job
from .plan import hosts, jobs, planned
from .resolve import Resolve, Resolver
from .schedule import Schedule
from .store import Journal, fold, read, write
from .transport import Transport, private_host

_FORGET = timedelta(days=90)
"""For so long a link that is no longer on the site is stored: it may be on another branch."""
_SILENT_HOSTS = 30
"""So many hosts asked without one answer, and the pass stops: the network is at fault."""
_FRESH = timedelta(days=1)
"""A first failure older than this is asked again instead of confirmed."""


@dataclass(frozen=True)
class Pass:
    """What one pass is to do."""

    urls: Collection[str]
    """Every external URL of the site."""
    only: Collection[str] | None = None
    """Ask about these alone; None for all."""
    recheck: Collection[str] = ()
    """Ask about exactly these, due or not."""
    budget: float | None = None
    """Seconds after which nothing new is started."""
    max_per_host: int = 0
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    """Where "$NAME" of the configuration is looked up."""
    version: str = ""
    """Of the tool, for the user agent."""


class Moment(NamedTuple):
    """How far a pass is."""

    done: int
    total: int
    seconds: float
    busy: int
    """Hosts with something to do."""
    left: float
    """Seconds that the rest takes at least, as the longest queue goes at its pace."""


class Outcome(NamedTuple):
    """What a pass found out."""

    before: Mapping[str, Record]
    """By masked URL."""
    after: Mapping[str, Record]
    answers: Mapping[str, Answer]
    """By URL: what was asked, and NOT_CHECKED with the reason for what was to be asked and got no verdict."""
    skipped: Mapping[str, str]
    """By URL: what was not to be asked, and why."""
    network: str
    """Why the network is suspected; '' if it is not. No failure has counted then."""
    hosts: frozenset[str]
    """Domains that failed as a whole; on the first such day nothing of theirs counts."""
    damaged: tuple[int, ...]
    """The numbers of lines of the state file that were no records; they are dropped."""
    future: int
    """Records and answers that a clock that was ahead has written; these links were due."""
    seconds: float


async def refresh(
    task: Pass,
    config: LinksConfig,
    state: Path,
    clock: datetime,
    show: Callable[[Moment], None] = lambda _: None,
    *,
    resolve: Resolve | None = None,
    allow: Callable[[str], bool] = public,
    transport: Transport | None = None,
) -> Outcome:
    """Run one pass and write the state file.

    `resolve`, `allow` and `transport` are for tests on loopback. Raises store.BusyError, web.state.Unreadable,
    headers.MissingVariableError and OSError (the files).
    """
    headers = Headers(config, task.version, task.environment)
    key = variable(config.ncbi_key, task.environment)
    started = time.monotonic()

    def now() -> datetime:
        return (clock.astimezone(UTC) + timedelta(seconds=time.monotonic() - started)).replace(microsecond=0)

    with Journal(state) as journal:
        known = read(state, config, now())
        write(state, known.records.values())
        pending = {u: a for u, a in known.pending.items() if abs(now() - a.at) < _FRESH}
        journal.reset(pending)
        plan = planned(
            task.urls if task.only is None else task.only,
            known.records,
            config,
            now(),
            recheck=task.recheck,
            max_per_host=task.max_per_host or config.max_per_host,
        )
        resolver = Resolver(resolve)
        sender = transport or Transport(
            resolver, deadline=config.deadline, proxies=config.proxy == "environment", allow=allow
        )
        run = _Run(config, key, journal, pending, task.budget, len(plan.ask), show, now)
        try:
            await run.ask(plan.ask, Asker(sender, headers, config, now))
            # A link to a local host fails without a request: no sign of the network.
            heard = {u: a for u, a in (run.first | run.answers).items() if not private_host(u)}
            found = outage.of(heard, known.records)
            network = found.network
            if found.unclear and (await sender.get(config.endpoints.control, headers("", {}))).failure:
                network = "nothing that was asked has answered, and neither did " + config.endpoints.control
        finally:
            await sender.aclose()
            resolver.close()
        found = found._replace(network=network, unclear=False)
        after = fold(known.records, run.answers, found, config)
        kept = _kept(after, task.urls, now())
        write(state, kept.values())
        waiting = {} if network else run.first
        if waiting:
            journal.reset(waiting)
        else:
            journal.remove()
    answers = {**run.answers, **{u: _unconfirmed(a) for u, a in run.first.items()}}
    if network:
        answers = {u: _suspected(a) if a.kind.failed else a for u, a in answers.items()}
    passed = time.monotonic() - started
    return Outcome(
        known.records,
        kept,
        answers,
        plan.skipped,
        network,
        found.hosts,
        known.damaged,
        known.future,
        passed,
    )


class _Run:
    """The answers of one pass as they come in."""

    def __init__(
        self,
        config: LinksConfig,
        key: str,
        journal: Journal,
        pending: Mapping[str, Answer],
        budget: float | None,
        total: int,
        show: Callable[[Moment], None],
        now: Callable[[], datetime],
    ) -> None:
        self.answers: dict[str, Answer] = {}
        self.first: dict[str, Answer] = {}
        """Failures that wait for their second try."""
        self._config = config
        self._key = key
        self._journal = journal
        self._pending = pending
        self._budget = budget
        self._total = total
        self._show = show
        self._now = now
        self._wait = min(config.second_try, budget / 4) if budget else config.second_try
        self._began = time.monotonic()
        self._silent: set[str] = set()
        self._heard = False

    async def ask(self, urls: Iterable[str], asker: Asker) -> None:
        """Ask everything that is planned."""
        self._schedule = schedule = Schedule(
            asker, hosts(self._config), self._answer, total=self._config.total, now=self._now
        )
        fresh: list[str] = []
        seconds_: list[Job] = []
        for url in urls:
            if (answer := self._pending.get(masked(url))) is not None:
                self.first[url] = answer
                age = (self._now() - answer.at).total_seconds()
                seconds_.append(self._again(url, max(self._wait - age, 0.001)))
            else:
                fresh.append(url)
        shown = asyncio.create_task(self._shown())
        try:
            await schedule.run([*jobs(fresh, self._config, self._key), *seconds_], self._budget)
        finally:
            shown.cancel()
        self._show(self._moment())

    def _answer(self, url: str, answer: Answer, job: Job) -> Job | None:
        """Take an answer in; a failure is asked about once more, later."""
        if answer.kind is Kind.NOT_CHECKED:
            if url not in self.first:
                self.answers[url] = answer
            return None
        if answer.kind.failed and not job.second:
            self._listen(url, answer)
            self.first[url] = answer._replace(first=True)
            self._journal.add(url, self.first[url])
            return self._again(url, self._wait)
        self._heard = self._heard or not answer.kind.failed
        earlier = self.first.pop(url, None)
        self.answers[url] = answer if earlier is None else confirmed(earlier, answer)
        self._journal.add(url, self.answers[url])
        return None

    def _listen(self, url: str, answer: Answer) -> None:
        """Stop early where nothing at all comes back."""
        self._heard = self._heard or answer.kind in (Kind.GONE, Kind.SERVER_ERROR)
        self._silent.add(domain_of(host_of(url)))
        if not self._heard and len(self._silent) >= _SILENT_HOSTS:
            self._schedule.stop("the network cannot be used")

    def _again(self, url: str, wait: float) -> Job:
        (job,) = jobs((url,), self._config, self._key)
        job.second, job.not_before = True, asyncio.get_running_loop().time() + wait
        return job

    async def _shown(self) -> None:
        while True:
            self._show(self._moment())
            await asyncio.sleep(0.25)

    def _moment(self) -> Moment:
        schedule = self._schedule
        left = schedule.least_seconds
        if self.first:
            left = max(left, self._wait)
        passed = time.monotonic() - self._began
        if self._budget is not None:
            left = min(left, max(self._budget - passed, 0.0))
        return Moment(len(self.answers), self._total, passed, schedule.busy, left)


def confirmed(first: Answer, second: Answer) -> Answer:
    """What two tries say together: a failure is gone only if both said so."""
    if second.kind.dying and not first.kind.dying:
        return first._replace(at=second.at, first=False)
    return second


def budget(config: LinksConfig, word: str | None) -> float | None:
    """The budget in seconds: what the command line says, else the configuration; ValueError if it is no time."""
    chosen = word or config.budget
    if not chosen:
        return None
    if (found := seconds(chosen)) is None:
        raise ValueError(f'"{chosen}" is not a time; write "90s", "5m" or "2h"')
    return found


def _kept(records: Mapping[str, Record], urls: Collection[str], now: datetime) -> dict[str, Record]:
    names = {masked(u) for u in urls}
    return {n: r for n, r in records.items() if n in names or now - r.checked < _FORGET}


def _unconfirmed(answer: Answer) -> Answer:
    return Answer(
        Kind.NOT_CHECKED, f"failed once ({answer.code}), and there was no time for a second try", answer.at
    )


def _suspected(answer: Answer) -> Answer:
    return Answer(Kind.NOT_CHECKED, f"the network is suspected ({answer.code})", answer.at)
