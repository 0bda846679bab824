"""Copies of dead links in the Wayback Machine, asked for slowly and seldom.

Its availability API answers machines with 429 more often than not, so the archive itself is asked for the copy nearest
to a day, without following: a redirect to a time stamp is a copy, 404 is none. It is asked once in four seconds, and
left alone at the first sign of impatience.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from ..settings import LinksConfig
from ..state import Record
from .address import public
from .headers import Headers
from .plan import hosts
from .resolve import Resolve, Resolver
from .store import Journal, read, write
from .transport import Transport

LIMIT = 100
"""So many are asked for in one pass."""
_COPY = re.compile(r"https?://[^/]+/web/\d{14}(?:[a-z]{2}_)?/https?:/.+")


async def look_up(
    config: LinksConfig,
    state: Path,
    now: datetime,
    version: str,
    environment: Mapping[str, str],
    *,
    resolve: Resolve | None = None,
    allow: Callable[[str], bool] = public,
) -> int:
    """Look for copies of dead links that have none yet, and write them to the state file; how many were found."""
    found = 0
    with Journal(state) as journal:
        known = read(state, config, now)
        records = dict(known.records)
        wanted = [r for r in records.values() if r.dead and not r.snapshot and "***" not in r.url][:LIMIT]
        resolver = Resolver(resolve)
        sender = Transport(
            resolver, deadline=config.deadline, proxies=config.proxy == "environment", allow=allow
        )
        interval = hosts(config)(config.endpoints.wayback).interval
        try:
            for record in wanted:
                snapshot = await _copy(record, sender, Headers(config, version, environment), config)
                if snapshot is None:
                    break
                records[record.url] = replace(record, snapshot=snapshot)
                found += snapshot != "-"
                await asyncio.sleep(interval)
        finally:
            await sender.aclose()
            resolver.close()
            write(state, records.values())
            journal.reset(known.pending)
        if not known.pending:
            journal.remove()
    return found


async def _copy(record: Record, sender: Transport, headers: Headers, config: LinksConfig) -> str | None:
    """The address of a copy from when the page last worked, '-' if there is none, None if the archive is tired."""
    last_good = record.ok or record.failing_since - timedelta(days=30)
    url = f"{config.endpoints.wayback}{last_good:%Y%m%d}000000/{record.url}"
    reply = await sender.get(url, headers(url, {}))
    if reply.status == 404:
        return "-"
    location = reply.headers.get("location", "")
    if reply.status in (301, 302, 307) and _COPY.fullmatch(location):
        return location
    return None
