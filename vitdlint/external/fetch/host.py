"""The queue of one host (one registrable domain): its pace, its rate limits, and when it is given up."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterable

from ..answer import Answer, Kind
from ..urls import host_of
from .jobs import Job

_GIVE_UP = 5
"""So many failures of one sort in a row, and the rest of a host is left for another day."""
_MAX_LIMITED = 3
"""After so many rate-limited answers in a row the host is left alone."""
_FIRST_BACKOFF = 2.0
_LONGEST_BACKOFF = 60.0
_NETWORK = (Kind.UNREACHABLE, Kind.TLS, Kind.NOT_CHECKED)
"""A reply that is "not checked" is a registry's that gave no verdict."""


class Host:
    """What waits for one host, and when it may be asked next. All times are on the loop's clock."""

    def __init__(self, name: str, interval: float, limit: int, max_wait: float) -> None:
        self.name = name
        self._max_wait = max_wait
        self.interval = interval
        self.limit = limit
        self.active = 0
        self.ready_at = 0.0
        self.closed = ""
        """Why nothing more is asked in this pass."""
        self.waiting = False
        """Whether the schedule knows when it is ready."""
        self._queue: deque[Job] = deque()
        self._seconds: deque[Job] = deque()
        self._limited = 0
        self._failing: dict[str, tuple[str, int]] = {}

    def __len__(self) -> int:
        return len(self._queue) + len(self._seconds)

    def add(self, job: Job, *, soon: bool = False) -> None:
        """Put a job at the end of the queue, or (`soon`) at its start."""
        if job.second and job.not_before:
            self._seconds.append(job)
        elif soon:
            self._queue.appendleft(job)
        else:
            self._queue.append(job)

    def ready(self) -> float | None:
        """When the next job may start; None if there is none or as many run as may."""
        if self.active >= self.limit or not len(self):
            return None
        if self.closed:
            return 0.0
        return self.ready_at if self._queue else max(self.ready_at, self._seconds[0].not_before)

    def start(self, now: float) -> Job:
        """Take the next job: a second try whose time has come goes first."""
        due = self._seconds and (not self._queue or self._seconds[0].not_before <= now)
        job = self._seconds.popleft() if due else self._queue.popleft()
        self.active += 1
        # A start that came late (a busy loop) is made up for in small steps, so that the pace holds on average.
        self.ready_at = max(self.ready_at + self.interval, now + 0.9 * self.interval)
        return job

    def end(self, now: float, *, asked: bool) -> None:
        """A job is done; one that sent no request (the name does not exist) costs no pause."""
        self.active -= 1
        if not asked:
            self.ready_at = min(self.ready_at, now)

    def pause(self, now: float, seconds: float) -> None:
        """Ask nothing for some seconds."""
        self.ready_at = max(self.ready_at, now + seconds)

    def limited(self, now: float, seconds: float) -> None:
        """The answer was rate-limited: without a time, wait longer each time, at random, so that clients do not move in step."""
        self._limited += 1
        backoff = min(_LONGEST_BACKOFF, _FIRST_BACKOFF * 2**self._limited)
        self.pause(now, seconds or random.uniform(backoff / 2, backoff))  # noqa: S311  # jitter is no secret
        if self._limited >= _MAX_LIMITED or seconds > self._max_wait:
            self.closed = "rate-limited by the host"

    def heard(self, job: Job, answer: Answer | None) -> None:
        """Note what a request brought (None: a redirect), to notice a host that does not answer at all."""
        name = host_of(job.target)
        if answer is None or answer.kind is not Kind.RATE_LIMITED:
            self._limited = 0
        if answer is None or answer.kind not in _NETWORK:
            self._failing.pop(name, None)
            return
        if job.second:
            return
        code, count = self._failing.get(name, ("", 0))
        self._failing[name] = (answer.code, count + 1 if code == answer.code else 1)

    def gave_up(self, job: Job) -> str:
        """Why a job is not worth a request, or ''."""
        if self.closed:
            return self.closed
        code, count = self._failing.get(host_of(job.target), ("", 0))
        return f"the host does not answer ({code})" if count >= _GIVE_UP and not job.second else ""

    def drain(self) -> Iterable[Job]:
        """Take everything that waits."""
        jobs = [*self._queue, *self._seconds]
        self._queue.clear()
        self._seconds.clear()
        return jobs
