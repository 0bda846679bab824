"""From answers to verdicts, over days: no single answer condemns a link.

A link is dead after at least three failures of the kind "gone", three days apart, over seven days, the last two in a
row on different days, and no success in between. A host in trouble (server errors, timeouts, bad certificates) makes
a link unreachable, never dead. An answer to bots only (blocked, rate-limited) neither adds to
a streak nor ends it. One day counts once, however often a link is asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from .answer import Answer, Kind
from .settings import Gate, LinksConfig
from .state import Record, Streak
from .urls import masked

_SLACK = timedelta(hours=6)
"""A daily job does not start at the same second every day."""
_DAY = timedelta(days=1)


def apply(
    record: Record | None, url: str, answer: Answer, gate: Gate, *, held: bool = False
) -> Record | None:
    """What is known after an answer; None if there was nothing and nothing was learnt.

    `held` says that the URL's whole host failed in this pass. The first such day is reported and counts nothing; if the
    host still fails on a later one, it is not an accident of one day.
    """
    if answer.kind is Kind.NOT_CHECKED or answer.first or (record and answer.at <= record.checked):
        return record
    day = answer.at.date()
    new = Record(
        masked(url),
        answer.kind,
        answer.at,
        record.since if record and record.kind is answer.kind else day,
        answer.code,
        until=answer.until,
        final=masked(answer.final),
        moved=masked(answer.moved),
        clean=answer.clean,
    )
    if answer.kind.alive:
        return replace(new, ok=day)
    if record is not None:
        new = replace(
            new,
            ok=record.ok,
            strikes=record.strikes,
            dead=record.dead,
            slow=record.slow,
            held=record.held,
            snapshot=record.snapshot,
        )
    if held and answer.kind.failed and new.held in (None, day) and not (new.strikes or new.slow):
        return replace(new, held=day)
    if answer.kind.dying:
        return _gone(new, record, day, gate)
    if answer.kind.slow:
        return replace(new, slow=_struck(record.slow if record else None, day, 1))
    return new


def unreachable(record: Record, gate: Gate) -> bool:
    """Whether a link's host was in trouble often and long enough to say so."""
    slow = record.slow
    return (
        record.kind.slow
        and slow is not None
        and slow.times >= gate.slow_failures
        and (slow.last - slow.first).days >= gate.slow_days
    )


def due(record: Record | None, url: str, config: LinksConfig) -> datetime:
    """When a URL is to be asked again; one never asked is due since ever."""
    if record is None:
        return datetime.min.replace(tzinfo=UTC)
    return record.checked + _wait(record, url, config)


def _wait(record: Record, url: str, config: LinksConfig) -> timedelta:
    if record.until is not None:
        return max(record.until - record.checked, timedelta())
    in_question = record.held is not None or (record.strikes is not None and record.dead is None)
    if in_question or record.kind is Kind.RATE_LIMITED or record.kind.dying:
        return (7 if record.dead else 1) * _DAY - _SLACK
    if record.kind.slow:
        return (7 if unreachable(record, config.gate) else 1) * _DAY - _SLACK
    if record.kind is Kind.SUSPICIOUS:
        return 7 * _DAY - _SLACK
    return config.ttl * _DAY * (0.75 + 0.5 * _fraction(url))


def _fraction(url: str) -> float:
    """Between 0 and 1, the same for a URL on every machine: spreads the checks of one big first pass."""
    return int.from_bytes(sha256(url.encode()).digest()[:4]) / 2**32


def _gone(new: Record, record: Record | None, day: date, gate: Gate) -> Record:
    row = 1
    if record is not None and record.row:
        row = record.row + (record.checked.date() != day)
    strikes = _struck(new.strikes, day, gate.gone_apart)
    dead = new.dead
    long_enough = strikes.times >= gate.gone_failures and (day - strikes.first).days >= gate.gone_days
    if dead is None and long_enough and row >= 2:
        dead = day
    return replace(new, strikes=strikes, row=row, dead=dead)


def _struck(streak: Streak | None, day: date, apart: int) -> Streak:
    if streak is None:
        return Streak(1, day, day)
    if (day - streak.last).days >= apart:
        return Streak(streak.times + 1, streak.first, day)
    return streak
