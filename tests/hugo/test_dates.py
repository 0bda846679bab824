"""Dates are read as Hugo reads them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitdlint.hugo.dates import ZERO, parse

BERLIN = ZoneInfo("Europe/Berlin")


def test_every_observed_date_is_read_as_hugo_read_it(shared: Path) -> None:
    wrong = []
    for line in (shared / "vectors" / "dates.jsonl").read_text().splitlines():
        case = json.loads(line)
        value = parse(case["date"])
        assert (value is not None) is case["ok"], case
        if value is None:
            continue
        expected = case["value"]
        if expected.startswith("0000"):  # Python has no year 0
            expected = "0001" + expected[4:]
        if value.astimezone(UTC) != datetime.fromisoformat(expected).astimezone(UTC):
            wrong.append((case, value))
    assert not wrong


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-07-03T9:00:00Z", "2019-07-03T09:00:00+00:00"),
        ("2019-07-03T10:00:00,5Z", "2019-07-03T10:00:00.500000+00:00"),
        ("2019-07-03  10:00:00", "2019-07-03T10:00:00+00:00"),
        ("03 JUL 2019", "2019-07-03T00:00:00+00:00"),
        ("Wed, 03 Jul 2019 10:00:00 CEST", "2019-07-03T10:00:00+00:00"),
        ("Wed Jul 3 10:00:00 2019", "2019-07-03T10:00:00+00:00"),
        ("03 Jul 69 10:00 +0200", "1969-07-03T10:00:00+02:00"),
        ("03 Jul 68 10:00 +0200", "2068-07-03T10:00:00+02:00"),
        ("2019-07-03 10:00:00 +0200 GMT+2", "2019-07-03T10:00:00+02:00"),
        ("2019-07-03T10:00:00+02:60", "2019-07-03T10:00:00+03:00"),
    ],
)
def test_layouts_are_as_lax_as_go_is(value: str, expected: str) -> None:
    assert parse(value) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    "value",
    [
        "2019-07-03T10:00:00.Z",
        "03 July 2019",
        "2019-07-03T10:00:00 +0200",
        "Wed, 3 Jul 2019 10:00:00 GMT",
        "3:04pm",
        "13:04PM",
        "2019-07-03T10:00:00+25:00",
        "0000-00-00",
        "10000-01-01",
        "2019-07-03 10:00:00 +0200 cest",
        "2019-07-03T10:00:60Z",
        "2019-07-03\n",
        " ",
        "Wednesday, 03-Jul-19 10:00:00 +0200",
        True,
        2019.5,
        [],
        {},
    ],
)
def test_what_hugo_refuses_is_refused(value: object) -> None:
    assert parse(value) is None
    assert parse(value, kind="yaml") is None


def test_a_number_is_unix_seconds_in_yaml_and_toml_and_refused_in_json() -> None:
    assert parse(2019, kind="yaml") == datetime(1970, 1, 1, 0, 33, 39, tzinfo=UTC)
    assert parse(2019, kind="toml") == datetime(1970, 1, 1, 0, 33, 39, tzinfo=UTC)
    assert parse(2019, kind="json") is None
    assert parse(2**62, kind="yaml") is None


def test_no_date_is_no_error() -> None:
    assert parse("") == parse(None) == ZERO


def test_a_toml_date_may_be_in_small_letters() -> None:
    assert parse("2019-07-03t10:00:00z", kind="toml") == datetime(2019, 7, 3, 10, tzinfo=UTC)
    assert parse("2019-07-03t10:00:00z", kind="yaml") is None
    assert parse("2019-07-03 10:00", kind="toml") == datetime(2019, 7, 3, 10, tzinfo=UTC)
    assert parse("2019-07-03 10:00", kind="yaml") is None


@pytest.mark.parametrize(
    ("value", "hours"),
    [
        ("2019-07-03", 2),
        ("2019-01-03T10:00:00", 1),
        ("2019-07-03T10:00:00Z", 0),
        ("Wed, 03 Jul 2019 10:00:00 CEST", 2),
        ("2019-07-03 10:00:00 +0000 CEST", 0),
        ("2019-10-27T02:30:00", 1),  # told twice by the clock; Hugo takes the second
    ],
)
def test_the_zone_of_the_site_counts_where_the_date_names_none(value: str, hours: int) -> None:
    found = parse(value, BERLIN)
    assert found is not None
    assert found.utcoffset() == timedelta(hours=hours)


def test_an_hour_that_the_clock_skips_is_moved_on() -> None:
    assert parse("2019-03-31T02:30:00", BERLIN) == datetime(
        2019, 3, 31, 3, 30, tzinfo=timezone(timedelta(hours=2))
    )


@given(st.text(max_size=40) | st.from_regex(r"[0-9A-Za-z:+, .-]{1,40}", fullmatch=True))
def test_any_text_is_read_or_refused(text: str) -> None:
    parse(text, BERLIN)


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)))  # noqa: DTZ001  # the bounds of wall clocks
def test_what_python_writes_is_read_back(moment: datetime) -> None:
    assert parse(moment.isoformat()) == moment.replace(tzinfo=UTC)
    assert parse(moment.isoformat() + "+02:00") == moment.replace(tzinfo=timezone(timedelta(hours=2)))
