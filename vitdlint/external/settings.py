"""The table `[links]` of the configuration: how external links are asked about, and when they count as dead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from ..core.lazy_re import lazy_re

_DURATION = lazy_re(r"(\d+(?:\.\d+)?)\s*(s|m|h)")


class HostSettings(NamedTuple):
    """What is special about one host; for the others the values of `[links]` hold."""

    interval: float | None = None
    """Seconds from one request to the next."""
    concurrency: int | None = None
    """Requests at the same time."""
    headers: Mapping[str, str] = {}
    """Request headers for exactly this host; a value "$NAME" is taken from the environment and goes over https only."""
    accept: tuple[int, ...] = ()
    """Status codes that mean a working link on this host, besides those of success."""


class IgnoredLink(NamedTuple):
    """External links that are neither asked nor reported, until a day."""

    url: str
    """The URL, or a pattern of it with `*` for anything."""
    reason: str
    """Why: who looked at it, and what they saw."""
    expires: str
    """The last day of the ignore, as YYYY-MM-DD; after it the ignore is a finding, and the link is asked about."""


class Endpoints(NamedTuple):
    """Where the registries of papers, and the web archive, are asked."""

    doi: str = "https://doi.org/api/handles/"
    """The handle API; the DOI is appended."""
    pmc: str = "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles/"
    """NCBI's id converter, for ids of PubMed Central."""
    pubmed: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esummary.fcgi"
    """NCBI's ESummary, for ids of PubMed."""
    wayback: str = "https://web.archive.org/web/"
    """The Wayback Machine; a time stamp and the URL are appended."""
    control: str = "https://doi.org/"
    """Asked once where every other answer failed: if it fails too, the network is at fault."""


class Gate(NamedTuple):
    """When a link that failed counts as dead, and when as unreachable. Days are calendar days in UTC."""

    gone_failures: int = 3
    """A link is dead after so many failures of the kind "gone" (404, 410, no such domain, no such DOI)…"""
    gone_apart: int = 3
    """…at least so many days apart…"""
    gone_days: int = 7
    """…over at least so many days, with no success in between."""
    slow_failures: int = 5
    """A link is unreachable after failures (server errors, timeouts, resets, bad certificates) on so many days…"""
    slow_days: int = 21
    """…over at least so many days, with no success in between."""


class LinksConfig(NamedTuple):
    """The network pass."""

    state: str = ".vitdlint-links.txt"
    """The file beside the configuration in which the answers are kept; commit it."""
    contact: str = ""
    """A URL or mail address in the user agent, for those who wonder who asks."""
    user_agent: str = ""
    """The whole user agent, instead of the tool's name, version and contact."""
    interval: float = 1.0
    """Seconds from one request to the next, for each host (each registrable domain)."""
    concurrency: int = 1
    """Requests to one host at the same time."""
    total: int = 64
    """Requests to all hosts at the same time."""
    deadline: float = 20.0
    """Seconds for one request, its answer's headers included, in real time."""
    redirects: int = 10
    """How many redirects are followed."""
    ttl: int = 30
    """Days for which a good answer holds; spread by a quarter in both directions, by the URL."""
    second_try: float = 120.0
    """Seconds after which a failure is tried again, at the end of the pass; with a budget, at most a quarter of it."""
    max_wait: float = 60.0
    """The longest wait for a host that answers "rate-limited" (429, Retry-After), in seconds."""
    budget: str = ""
    """How long a pass may take: "90s", "5m", "2h"; the links that are due longest come first."""
    max_per_host: int = 0
    """How many links of one host are asked about in one pass; 0 sets no limit."""
    proxy: Literal["", "environment"] = ""
    """With "environment" the proxies of HTTP_PROXY, HTTPS_PROXY and NO_PROXY are used; then only literal addresses
    and local names can be refused, as the proxy resolves the rest."""
    ncbi_email: str = ""
    """Your mail address for NCBI; with it, ids of PubMed and PubMed Central are asked about in batches."""
    ncbi_tool: str = "vitdlint"
    """The name under which NCBI knows the tool."""
    ncbi_key: str = ""
    """An API key for NCBI, as "$NAME" of an environment variable."""
    hosts: Mapping[str, HostSettings] = {}
    """Single hosts, or registrable domains with all their hosts, that need something else."""
    ignore: tuple[IgnoredLink, ...] = ()
    """Links that nobody asks about, each with a reason and a last day."""
    endpoints: Endpoints = Endpoints()
    """Where the registries are asked."""
    gate: Gate = Gate()
    """When a failing link counts as dead."""

    def wrong(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What the types of the fields cannot forbid: the way to each wrong value, and a sentence."""
        for i, ignore in enumerate(self.ignore):
            try:
                date.fromisoformat(ignore.expires)
            except ValueError:
                yield ("ignore", i, "expires"), f'"{ignore.expires}" is not a day; write it as YYYY-MM-DD'
        if self.budget and seconds(self.budget) is None:
            yield ("budget",), f'"{self.budget}" is not a time; write "90s", "5m" or "2h"'
        least = {
            "interval": 0.0,
            "second_try": 0.0,
            "max_wait": 0.0,
            "deadline": 0.1,
            "total": 1,
            "concurrency": 1,
        }
        for name, value in {**least, "ttl": 1, "redirects": 0, "max_per_host": 0}.items():
            if getattr(self, name) < value:
                key = name.replace("_", "-")
                yield (key,), f'"{key}" must be at least {value}'
        if self.ncbi_key and not self.ncbi_key.startswith("$"):
            yield ("ncbi-key",), 'an API key does not belong in a file; name an environment variable: "$NAME"'
        if self.state.startswith("/") or ".." in self.state.split("/"):
            yield ("state",), "the state file must lie below the configuration's folder"

    def ignored(self, url: str, day: date) -> IgnoredLink | None:
        """The ignore that holds for a URL on that day."""
        for ignore in self.ignore:
            if _matches(ignore.url, url) and day.isoformat() <= ignore.expires:
                return ignore
        return None


def seconds(word: str) -> float | None:
    """A duration like "90s", "5m" or "2h", in seconds; None if it is none."""
    match = _DURATION.fullmatch(word.strip())
    return None if match is None else float(match[1]) * {"s": 1, "m": 60, "h": 3600}[match[2]]


def _matches(pattern: str, url: str) -> bool:
    # Not fnmatch: a URL is full of `?` and `[`. Parts are sought from left to right, so the time is linear.
    first, *parts = pattern.split("*")
    if not parts:
        return pattern == url
    if not url.startswith(first):
        return False
    at, last = len(first), parts.pop()
    for part in parts:
        found = url.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return url.endswith(last) and len(url) - len(last) >= at
