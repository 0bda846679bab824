"""The current time of a run: `--clock`, else SOURCE_DATE_EPOCH, else now."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from .errors import UsageError

_YEARS = range(2, 9999)
"""Days before and after the current time are reckoned with, and Python has dates of the years 1 to 9999 alone."""
_DIGITS = 11
"""Of the seconds until the year 5138."""


def current_time(clock: str | None) -> datetime:
    """The current time, with a zone; UsageError if the clock is not RFC 3339 with a zone."""
    if clock is not None:
        try:
            moment = datetime.fromisoformat(clock)
        except ValueError as error:
            raise UsageError(f'--clock "{clock}" is not a time; write 2026-01-31T12:00:00Z') from error
        if moment.tzinfo is None:
            raise UsageError(f'--clock "{clock}" has no zone; write 2026-01-31T12:00:00Z')
        if moment.year not in _YEARS:
            raise UsageError(f'--clock "{clock}": the year must be from {_YEARS[0]} to {_YEARS[-1]}')
        return moment
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not (epoch.isascii() and epoch.isdigit()):
        return datetime.now(UTC)
    if len(epoch) > _DIGITS:
        raise UsageError(f"SOURCE_DATE_EPOCH={epoch}: that is no number of seconds since 1970")
    return datetime.fromtimestamp(int(epoch), UTC)
