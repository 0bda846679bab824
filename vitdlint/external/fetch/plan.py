"""Which URLs are asked in a pass, in which order, and how: registries before pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote

from .. import registry
from ..doi import doi_of
from ..settings import Endpoints, HostSettings, LinksConfig
from ..state import Record
from ..urls import domain_of, host_of, masked
from ..verdict import due
from .headers import of_host
from .host import Host
from .jobs import Job


class Plan(NamedTuple):
    """What a pass does."""

    ask: tuple[str, ...]
    """URLs to ask, those due longest first."""
    skipped: Mapping[str, str]
    """URLs left out, and why."""


def planned(
    urls: Iterable[str],
    records: Mapping[str, Record],
    config: LinksConfig,
    now: datetime,
    *,
    recheck: Iterable[str] = (),
    max_per_host: int = 0,
) -> Plan:
    """Choose what is due. With `recheck`, exactly those URLs are asked, due or not."""
    again = frozenset(recheck)
    skipped: dict[str, str] = {}
    times: list[tuple[datetime, str]] = []
    limited = _limited(records, now)
    for url in urls:
        record = records.get(masked(url))
        when = due(record, url, config)
        if again and url not in again:
            skipped[url] = "not asked for"
        elif ignore := config.ignored(url, now.date()):
            skipped[url] = f"ignored until {ignore.expires}"
        elif not again and when > now:
            skipped[url] = "checked already"
        elif not again and domain_of(host_of(url)) in limited:
            skipped[url] = "rate-limited by the host"
        else:
            times.append((when, url))
    ask: list[str] = []
    counts: Counter[str] = Counter()
    for _, url in sorted(times):
        name = of_host(config.hosts, url)[0]
        counts[name] += 1
        if max_per_host and counts[name] > max_per_host:
            skipped[url] = "the limit per host was reached"
        else:
            ask.append(url)
    return Plan(tuple(ask), skipped)


def jobs(urls: Iterable[str], config: LinksConfig, key: str) -> list[Job]:
    """One job a URL, and for ids of NCBI one a batch. `key` is NCBI's API key, or ''."""
    found: list[Job] = []
    batches: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        kind = kind_of(url, config)
        if kind == "page":
            found.append(Job((url,), "page", url))
        elif kind == "doi":
            found.append(Job((url,), "doi", registry.doi_request(config.endpoints.doi, doi_of(url) or "")))
        else:
            batches[kind].append(url)
    for kind, members in sorted(batches.items()):
        for start in range(0, len(members), registry.BATCH):
            batch = tuple(members[start : start + registry.BATCH])
            found.append(Job(batch, kind, _batch_request(kind, batch, config, key)))
    return found


def kind_of(url: str, config: LinksConfig) -> str:
    """Who is asked about a URL: its page, or the registry that knows its id."""
    if doi_of(url) is not None:
        return "doi"
    if config.ncbi_email and registry.pubmed_of(url) is not None:
        return "pubmed"
    if config.ncbi_email and registry.pmc_of(url) is not None:
        return "pmc"
    return "page"


def hosts(config: LinksConfig) -> Callable[[str], Host]:
    """Makes the queue for a URL, with its pace."""
    table = {**_registries(config.endpoints), **config.hosts}

    def host(url: str) -> Host:
        name, settings = of_host(table, url)
        interval = config.interval if settings.interval is None else settings.interval
        limit = config.concurrency if settings.concurrency is None else settings.concurrency
        return Host(name, interval, max(limit, 1), config.max_wait)

    return host


class Queue(NamedTuple):
    """What would be asked of one host."""

    name: str
    links: int
    seconds: float
    """From the first request to the last at its pace."""


def queues(urls: Iterable[str], config: LinksConfig) -> list[Queue]:
    """The queue of each host that these URLs are asked at, the longest first."""
    make, found = hosts(config), dict[str, tuple[Host, list[int]]]()
    for job in jobs(urls, config, ""):
        host = make(job.target)
        found.setdefault(host.name, (host, []))[1].append(len(job.urls))
    waiting = (
        Queue(name, sum(links), (len(links) - 1) * host.interval / host.limit)
        for name, (host, links) in found.items()
    )
    return sorted(waiting, key=lambda queue: (-queue.seconds, -queue.links, queue.name))


def least_seconds(waiting: Iterable[Queue], config: LinksConfig) -> float:
    """How long a pass takes at least: the longest queue, or all links at half a second each, so many at a time."""
    listed = list(waiting)
    longest = max((queue.seconds for queue in listed), default=0.0)
    return max(longest, sum(queue.links for queue in listed) / max(config.total, 1) / 2)


def in_words(seconds: float) -> str:
    """A duration as people say it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _registries(endpoints: Endpoints) -> dict[str, HostSettings]:
    """Their own paces: NCBI allows three requests a second (NLM support, KA-05318); the others publish no limit."""
    paces = {endpoints.doi: 0.2, endpoints.pmc: 0.34, endpoints.pubmed: 0.34, endpoints.wayback: 4.0}
    return {host_of(url): HostSettings(interval=seconds) for url, seconds in paces.items()}


def _batch_request(kind: str, urls: tuple[str, ...], config: LinksConfig, key: str) -> str:
    who = f"tool={quote(config.ncbi_tool)}&email={quote(config.ncbi_email)}" + (
        f"&api_key={quote(key)}" if key else ""
    )
    if kind == "pmc":
        ids = ",".join(dict.fromkeys(registry.pmc_of(u) or "" for u in urls))
        return f"{config.endpoints.pmc}?ids={ids}&format=json&versions=no&{who}"
    ids = ",".join(dict.fromkeys(registry.pubmed_of(u) or "" for u in urls))
    return f"{config.endpoints.pubmed}?db=pubmed&retmode=json&id={ids}&{who}"


def _limited(records: Mapping[str, Record], now: datetime) -> frozenset[str]:
    return frozenset(
        domain_of(host_of(r.url)) for r in records.values() if r.until is not None and r.until > now
    )
