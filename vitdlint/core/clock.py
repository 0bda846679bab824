"""The one instant of a run: `--clock`, else SOURCE_DATE_EPOCH, else now."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def instant(clock: str | None) -> datetime:
    """The instant, with a zone; ValueError if the clock is not RFC 3339 with a zone."""
    if clock is not None:
        moment = datetime.fromisoformat(clock)
        if moment.tzinfo is None:
            raise ValueError(f'the clock "{clock}" has no zone; write 2026-01-31T12:00:00Z')
        return moment
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
