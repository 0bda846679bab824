"""One step of a job: one request, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from .. import registry
from ..answer import Answer, Kind
from ..classify import Reply, of_reply
from ..redirects import FOLLOWED, Hop, classified, target
from ..retry_after import asked
from ..settings import LinksConfig
from ..urls import domain_of, host_of
from .headers import Headers, of_host
from .jobs import Job, Step
from .transport import Transport, private_host

_MAX_RATE_LIMITED = 2
"""How often one URL waits for a host that answers "rate-limited"."""
_REGISTRY_BODY = 4_000_000
_NO_VERDICT = (Kind.NOT_CHECKED, "the registry gave no verdict")


class Asker:
    """Turns jobs into steps; the schedule calls it."""

    def __init__(
        self, transport: Transport, headers: Headers, config: LinksConfig, now: Callable[[], datetime]
    ) -> None:
        self._transport = transport
        self._headers = headers
        self._config = config
        self._now = now

    async def __call__(self, job: Job) -> Step:
        """Send one request and classify the reply."""
        if job.second:
            self._transport.resolver.forget(host_of(job.target))
        body = {} if job.kind == "page" else {"body": _REGISTRY_BODY}
        reply = await self._transport.get(job.target, self._headers(job.target, job.cookies), **body)
        now = self._now()
        wait = asked(reply.headers, now)
        if job.kind == "page":
            verdict = self._page(job, reply)
            if isinstance(verdict, Job):
                return Step(again=verdict, pause=min(wait or 0.0, self._config.max_wait))
            verdicts: Mapping[str, tuple[Kind, str]] = {job.urls[0]: verdict}
        else:
            verdicts = _registered(job, reply)
        if any(kind is Kind.RATE_LIMITED for kind, _ in verdicts.values()):
            return self._limited(job, verdicts, wait, now)
        pause = min(wait or 0.0, self._config.max_wait)
        return Step(tuple((url, self._answer(job, *v)) for url, v in verdicts.items()), pause=pause)

    def _page(self, job: Job, reply: Reply) -> tuple[Kind, str] | Job:
        accept = of_host(self._config.hosts, job.target)[1].accept
        if reply.status not in FOLLOWED or reply.status in accept or "location" not in reply.headers:
            if reply.status in FOLLOWED and reply.status not in accept:
                return Kind.UNREACHABLE, "redirect-without-target"
            return of_reply(reply, accept)
        following = target(job.target, reply.headers["location"])
        hops = (*job.hops, Hop(job.target, reply.status))
        if not following:
            return Kind.UNREACHABLE, "redirect-target"
        if private_host(following) and not private_host(job.urls[0]):
            return Kind.INVALID, "private-address"
        cookies = _cookies(job, reply)
        seen = any(hop.url == following for hop in hops)
        # Many a host sends a visitor round once to see whether a cookie comes back.
        if len(hops) > self._config.redirects or (seen and cookies == job.cookies):
            return Kind.UNREACHABLE, "redirect-loop"
        return replace(job, target=following, hops=hops, cookies=cookies)

    def _limited(
        self, job: Job, verdicts: Mapping[str, tuple[Kind, str]], wait: float | None, now: datetime
    ) -> Step:
        pause = wait or 0.0
        if pause <= self._config.max_wait and job.rate_limited < _MAX_RATE_LIMITED:
            return Step(again=replace(job, rate_limited=job.rate_limited + 1), pause=pause, limited=True)
        until = now + timedelta(seconds=pause) if pause else None
        answers = tuple((url, self._answer(job, *v, until=until)) for url, v in verdicts.items())
        return Step(answers, pause=pause, limited=True)

    def _answer(self, job: Job, kind: Kind, code: str, until: datetime | None = None) -> Answer:
        at = self._now()
        if job.kind != "page" or not job.hops:
            return Answer(kind, code, at, until=until)
        if kind is not Kind.OK:
            return Answer(kind, code, at, final=job.target, until=until)
        kind, moved, clean = classified(job.hops, job.target)
        return Answer(kind, code, at, final=job.target, moved=moved, clean=clean)


def _registered(job: Job, reply: Reply) -> Mapping[str, tuple[Kind, str]]:
    if job.kind == "doi":
        return {job.urls[0]: registry.of_doi(reply)}
    find, verdicts_of = {
        "pmc": (registry.pmc_of, registry.of_pmc),
        "pubmed": (registry.pubmed_of, registry.of_pubmed),
    }[job.kind]
    ids = {url: find(url) or "" for url in job.urls}
    verdicts = verdicts_of(reply, tuple(dict.fromkeys(ids.values())))
    return {url: verdicts.get(name, _NO_VERDICT) for url, name in ids.items()}


def _cookies(job: Job, reply: Reply) -> dict[str, str]:
    """The cookies of a chain, by registrable domain: they live as long as the chain."""
    if not reply.cookies:
        return job.cookies
    domain = domain_of(host_of(job.target))
    pairs = dict(c.partition("=")[::2] for c in job.cookies.get(domain, "").split("; ") if c)
    pairs.update(
        c.strip().partition("=")[::2] for c in reply.cookies[:30] if c.isprintable() and len(c) < 4096
    )
    return {**job.cookies, domain: "; ".join(f"{name}={value}" for name, value in pairs.items())}
