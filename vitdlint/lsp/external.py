"""What `vitdlint links` has stored about an external link; nothing is asked here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from ..core.errors import UsageError
from ..external import LinksConfig, describe
from ..external.fetch.store import journal_of
from ..external.state import Record
from ..external.urls import external_urls, masked
from ..files.tree import mark_of
from ..linter.stored_answers import known_of, state_file
from ..page.markdown.body import Link
from .engine import State


def known(state: State, path: str, link: Link) -> str | None:
    """What is known about the link of a page, in Markdown; None for one that nobody can ask about."""
    urls = external_urls([(path, link)])
    if not urls:
        return None
    url, session = next(iter(urls)), state.session
    config, now = session.project.config.keys.links, session.settings.now
    ignored = config.ignored(url, now.date())
    record = _records(state_file(session.project), config, now).get(masked(url))
    lines = [f"`{masked(url)}`"]
    lines += describe.story(record) if record is not None else []
    if record is None and ignored is None:
        lines.append("Not asked yet; `vitdlint links` asks.")
    if ignored is not None:
        lines.append(f"Ignored until {ignored.expires}: {ignored.reason}")
    return "\n\n".join(lines)


_Key = tuple[Path, bytes, bytes, LinksConfig, datetime]
_last: list[tuple[_Key, Mapping[str, Record]]] = []


def _records(file: Path, config: LinksConfig, now: datetime) -> Mapping[str, Record]:
    """The records of a state file and its journal; they are read again once one of them has changed."""
    key = (file, mark_of(str(file)), mark_of(str(journal_of(file))), config, now)
    for known_key, records in _last:
        if known_key == key:
            return records
    try:
        records = known_of(file, config, now).records
    except UsageError:
        records = {}  # the check reports that
    _last[:] = [(key, records)]
    return records
