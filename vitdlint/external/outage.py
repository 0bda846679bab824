"""Failures of a whole host, or of the network, say nothing about single links. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import NamedTuple

from .answer import Answer, Kind
from .state import Record
from .urls import domain_of, host_of, masked

LEAST_OF_HOST = 5
"""So many links of a host must fail alike, and none answer otherwise, before the host is suspected."""


class Brakes(NamedTuple):
    """What is to be held back."""

    network: str
    """Why the network is suspected; '' if it is not."""
    unclear: bool
    """Nothing answered at all, and too little was asked to know whose fault that is: ask the control."""
    hosts: frozenset[str]
    """Registrable domains that failed as a whole."""


def of(answers: Mapping[str, Answer], records: Mapping[str, Record]) -> Brakes:
    """Check one pass: the answers by URL, and what was known before by masked URL.

    Links that were already failing are no sign of a failing network, so only the others are counted.
    """
    by_host: dict[str, list[Answer]] = defaultdict(list)
    fresh: dict[str, list[Answer]] = defaultdict(list)
    good: dict[str, list[Answer]] = defaultdict(list)
    heard = False
    for url, answer in answers.items():
        if answer.kind is Kind.NOT_CHECKED:
            continue
        heard = heard or not _silent(answer)
        record = records.get(masked(url))
        host = domain_of(host_of(url))
        by_host[host].append(answer)
        if record is None or not (record.kind.failed or record.strikes or record.slow):
            fresh[host].append(answer)
        if record is not None and record.kind.alive:
            good[host].append(answer)
    hosts = frozenset(host for host, given in by_host.items() if _alike(given))
    network = _share(fresh, _silent, 10, 0.5, "cannot be reached") or _share(
        good, _lost, 20, 0.8, "lost all their pages at once"
    )
    return Brakes(network, not network and not heard and bool(by_host), hosts)


def _silent(answer: Answer) -> bool:
    """Whether nothing of HTTP came back."""
    if answer.kind in (Kind.NO_DOMAIN, Kind.TLS, Kind.INVALID):
        return not answer.final  # a redirect came back before it
    return answer.kind is Kind.UNREACHABLE and not answer.code.isdigit() and "redirect" not in answer.code


def _lost(answer: Answer) -> bool:
    return answer.kind.dying or answer.kind is Kind.SUSPICIOUS


def _alike(given: list[Answer]) -> bool:
    kinds = {a.kind for a in given}
    return len(given) >= LEAST_OF_HOST and len(kinds) == 1 and given[0].kind.failed


def _share(
    hosts: Mapping[str, list[Answer]], sign: Callable[[Answer], bool], least: int, share: float, what: str
) -> str:
    """A sentence, if more than that share of at least so many hosts gave only answers with that sign."""
    if len(hosts) < least:
        return ""
    count = sum(all(map(sign, given)) for given in hosts.values())
    return f"{count} of {len(hosts)} hosts {what}" if count > share * len(hosts) else ""
