"""Failures of a whole host, or of the network, say nothing about single links. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from .answer import Answer, Kind
from .state import Record
from .urls import domain_of, host_of, masked

LEAST_OF_HOST = 5
"""So many links of a host must fail alike, and none answer otherwise, before the host is suspected."""
_NETWORK = frozenset({Kind.NO_DOMAIN, Kind.UNREACHABLE, Kind.TLS})
_LOST = frozenset({Kind.GONE, Kind.NO_DOMAIN, Kind.SUSPICIOUS})


class Brakes(NamedTuple):
    """What is to be held back."""

    network: str
    """Why the network is suspected; '' if it is not."""
    unclear: bool
    """Nothing answered at all, and too little was asked to tell whose fault that is: ask the control."""
    hosts: frozenset[str]
    """Registrable domains that failed as a whole."""


def of(answers: Mapping[str, Answer], records: Mapping[str, Record]) -> Brakes:
    """Judge one pass: the answers by URL, and what was known before by masked URL.

    Links that were already failing are no sign of a failing network, so only the others are counted.
    """
    by_host: dict[str, list[Answer]] = defaultdict(list)
    fresh: dict[str, list[Answer]] = defaultdict(list)
    good: dict[str, list[Answer]] = defaultdict(list)
    heard = False
    for url, answer in answers.items():
        if answer.kind is Kind.NOT_CHECKED:
            continue
        heard = heard or answer.kind not in _NETWORK
        record = records.get(masked(url))
        host = domain_of(host_of(url))
        by_host[host].append(answer)
        if record is None or not (record.kind.failed or record.strikes or record.slow):
            fresh[host].append(answer)
        if record is not None and record.kind.alive:
            good[host].append(answer)
    hosts = frozenset(host for host, given in by_host.items() if _alike(given))
    network = _share(fresh, _NETWORK, 10, 0.5, "cannot be reached") or _share(
        good, _LOST, 20, 0.8, "lost all their pages at once"
    )
    return Brakes(network, not network and not heard and bool(by_host), hosts)


def _alike(given: list[Answer]) -> bool:
    kinds = {a.kind for a in given}
    return len(given) >= LEAST_OF_HOST and len(kinds) == 1 and given[0].kind.failed


def _share(
    hosts: Mapping[str, list[Answer]], kinds: frozenset[Kind], least: int, share: float, what: str
) -> str:
    """A sentence, if more than that share of at least so many hosts gave no other answer than of these kinds."""
    if len(hosts) < least:
        return ""
    count = sum(all(a.kind in kinds for a in given) for given in hosts.values())
    return f"{count} of {len(hosts)} hosts {what}" if count > share * len(hosts) else ""
