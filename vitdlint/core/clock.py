"""The current time of a run: `--clock`, else SOURCE_DATE_EPOCH, else now."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from .errors import UsageError


def current_time(clock: str | None) -> datetime:
    """The current time, with a zone; UsageError if the clock is not RFC 3339 with a zone."""
    if clock is not None:
        try:
            moment = datetime.fromisoformat(clock)
        except ValueError as error:
            raise UsageError(f'--clock "{clock}" is not a time; write 2026-01-31T12:00:00Z') from error
        if moment.tzinfo is None:
            raise UsageError(f'--clock "{clock}" has no zone; write 2026-01-31T12:00:00Z')
        return moment
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
