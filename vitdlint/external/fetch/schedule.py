"""Who is asked when: one queue a host, and a place among the running requests only for a host that is ready.

A host that is cooling down holds nothing, so a big host never keeps the small ones waiting.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from heapq import heappop, heappush

from ..answer import Answer, Kind
from .host import Host
from .jobs import Job, Step

OnAnswer = Callable[[str, Answer, Job], Job | None]
"""Gets each answer with its job; may hand back a job to be asked later."""


class Schedule:
    """Runs jobs, at most `total` at a time."""

    def __init__(
        self,
        step: Callable[[Job], Awaitable[Step]],
        host: Callable[[str], Host],
        on_answer: OnAnswer,
        *,
        total: int,
        now: Callable[[], datetime],
    ) -> None:
        self._step = step
        self._make = host
        self._on_answer = on_answer
        self._total = total
        self._now = now
        self._hosts: dict[str, Host] = {}
        self._heap: list[tuple[float, int, Host]] = []
        self._order = 0
        self._running: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._stop = ""
        self._failure: Exception | None = None
        self._clock = asyncio.get_running_loop().time

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return sum(len(host) for host in self._hosts.values())

    @property
    def busy(self) -> int:
        """How many hosts have something to do."""
        return sum(bool(len(host) or host.active) for host in self._hosts.values())

    @property
    def least_seconds(self) -> float:
        """How long the rest takes at least: the longest queue at its pace."""
        return max((len(h) * h.interval / h.limit for h in self._hosts.values()), default=0.0)

    def add(self, job: Job, *, soon: bool = False) -> None:
        """Put a job into the queue of its target's host."""
        host = self._host(job.target)
        host.add(job, soon=soon)
        self._enqueue(host)

    def close(self, url: str, reason: str) -> None:
        """Ask the host of that URL nothing in this pass."""
        self._host(url).closed = reason

    def stop(self, reason: str) -> None:
        """Start nothing more; what waits is not checked, for that reason."""
        self._stop = self._stop or reason
        self._wake.set()

    async def run(self, jobs: Iterable[Job], seconds: float | None) -> None:
        """Ask everything; after that many seconds nothing new is started."""
        end = None if seconds is None else self._clock() + seconds
        for job in jobs:
            self.add(job)
        try:
            while (self._heap or self._running) and not self._stop:
                now = self._clock()
                if end is not None and now >= end:
                    self.stop("the budget was used up")
                elif self._heap and self._heap[0][0] <= now and len(self._running) < self._total:
                    self._start(heappop(self._heap)[2], now)
                else:
                    await self._sleep(now, end)
            if self._running:
                await asyncio.gather(*self._running)
            if self._failure is not None:
                raise self._failure
            for host in self._hosts.values():
                for job in host.drain():
                    self._unanswered(job, self._stop)
        finally:
            for task in self._running:
                task.cancel()

    def _host(self, target: str) -> Host:
        made = self._make(target)
        return self._hosts.setdefault(made.name, made)

    def _enqueue(self, host: Host) -> None:
        ready = host.ready()
        if ready is not None and not host.waiting:
            host.waiting = True
            self._order += 1
            heappush(self._heap, (ready, self._order, host))
            self._wake.set()

    def _start(self, host: Host, now: float) -> None:
        host.waiting = False
        ready = host.ready()
        if ready is None:
            return
        if ready > now and not host.closed:  # it had to pause meanwhile
            self._enqueue(host)
            return
        job = host.start(now)
        if reason := host.gave_up(job):
            host.end(now, asked=False)
            self._unanswered(job, reason)
        else:
            task = asyncio.create_task(self._ask(host, job))
            self._running.add(task)
            task.add_done_callback(self._ended)
        self._enqueue(host)

    async def _ask(self, host: Host, job: Job) -> None:
        try:
            answers, again, pause, limited = await self._step(job)
        except Exception as error:  # noqa: BLE001  # a bug must end the pass, not hang it
            self._failure = error
            self.stop("the pass broke off")
            return
        now = self._clock()
        asked = not any(a.kind is Kind.NO_DOMAIN for _, a in answers)
        host.end(now, asked=asked)
        if limited:
            host.limited(now, pause)
        elif pause:
            host.pause(now, pause)
        if answers or not limited:
            host.heard(job, answers[0][1] if answers else None)
        for url, answer in answers:
            self._answered(url, answer, job)
        if again is not None:
            if limited and host.closed:
                self._unanswered(again, host.closed)
            else:
                self.add(again, soon=True)
        self._enqueue(host)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._wake.set()

    def _answered(self, url: str, answer: Answer, job: Job) -> None:
        later = self._on_answer(url, answer, job)
        if later is not None:
            self.add(later)

    def _unanswered(self, job: Job, reason: str) -> None:
        for url in job.urls:
            self._answered(url, Answer(Kind.NOT_CHECKED, reason, self._now()), job)

    async def _sleep(self, now: float, end: float | None) -> None:
        """Until a host is ready and there is a place for it, something ends, or time is up."""
        self._wake.clear()
        times = [end] if end is not None else []
        if self._heap and len(self._running) < self._total:
            times.append(self._heap[0][0])
        try:
            async with asyncio.timeout(max(min(times) - now, 0.0) if times else None):
                await self._wake.wait()
        except TimeoutError:
            return
