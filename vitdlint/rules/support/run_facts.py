"""The last station: what the run did with its suppressions, ignores and rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ...core.rule import AnyRule
from ...page.page import Suppression


class Crash(NamedTuple):
    """A rule that raised: where, which, and what."""

    path: str
    rule: str
    error: str


class Ignore(NamedTuple):
    """An ignore of the configuration that carries a date."""

    what: str
    reason: str
    expires: date
    path: str
    start: int
    end: int


class Settled(NamedTuple):
    """What rules about the tool itself check."""

    suppressions: tuple[tuple[str, Suppression], ...]
    """With the path of the page that each is on."""
    used: frozenset[tuple[str, Suppression]]
    """Those that suppressed something."""
    ran: frozenset[str]
    """Codes of the rules that ran; of the others nobody knows whether they would have reported something."""
    known: Mapping[str, AnyRule]
    """Every rule there is, by code and by name."""
    crashes: tuple[Crash, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    today: date = date.min
