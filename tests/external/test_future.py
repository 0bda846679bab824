"""A clock that was a century ahead once must not keep links from being asked for a century."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from vitdlint.external.answer import Kind
from vitdlint.external.fetch.plan import planned
from vitdlint.external.fetch.refresh import not_from_the_future
from vitdlint.external.settings import LinksConfig
from vitdlint.external.state import Record

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
URL = "https://vitd.test/"


def asked(checked: datetime) -> bool:
    records = {URL: Record(URL, Kind.OK, checked, checked.date(), "200", until=checked + timedelta(days=30))}
    return URL in planned([URL], not_from_the_future(records, NOW), LinksConfig(), NOW).ask


def test_what_was_stored_in_the_future_is_asked_again() -> None:
    assert asked(NOW.replace(year=2126))
    assert asked(NOW + timedelta(days=2))


def test_what_was_stored_just_now_is_not() -> None:
    assert not asked(NOW)
    assert not asked(NOW + timedelta(minutes=5))
