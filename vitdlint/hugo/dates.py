"""Dates as Hugo 0.168 reads them: a fixed list of layouts (spf13/cast), parsed as Go's `time.Parse` does."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Final

from ..core.lazy_re import lazy_re

KEYS: Final = (
    "date",
    "lastmod",
    "publishdate",
    "expirydate",
    "modified",
    "pubdate",
    "published",
    "unpublishdate",
)
"""The lower-case names whose values Hugo parses as dates, with its default `[frontmatter]`; no others."""

ZERO: Final = datetime(1, 1, 1, tzinfo=UTC)
"""What Hugo has for no date."""

_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]+))?"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = f"(?P<month_name>{'|'.join(_MONTHS)})"
_DAY_NAME = "(?:sun|mon|tue|wed|thu|fri|sat)"
_LONG_DAY_NAME = "(?:sunday|monday|tuesday|wednesday|thursday|friday|saturday)"
_NUMERIC = r"(?P<zone>[-+][0-9]{4})"
# Go takes three capitals for a zone, four or five if the last is T (or WITA), GMT+2 and bare +02.
_NAMED = r"(?P<name>ChST|MeST|WITA|GMT[-+][0-9]{1,2}|[-+][0-9]{1,2}(?![0-9])|[A-Z]{2,4}T(?![A-Z])|[A-Z]{3}(?![A-Z]))"
_DATE = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ISO = lazy_re(
    rf"{_DATE}(?:T{_CLOCK}(?P<zone>Z|[-+][0-9]{{2}}:?[0-9]{{2}})?)?\Z",
)
_CASELESS = f"(?i:{_MONTH})"


@cache
def _layouts() -> tuple[re.Pattern[str], ...]:
    """Every other layout; compiled only where a date is not the usual one."""
    return tuple(
        re.compile(pattern + r"\Z")
        for pattern in (
            rf"{_DATE} +{_CLOCK}(?P<zone>Z|[-+][0-9]{{2}}:?[0-9]{{2}})?",
            rf"{_DATE} +{_CLOCK} +(?P<zone>[-+][0-9]{{2}}:[0-9]{{2}})",
            rf"{_DATE} +{_CLOCK} +{_NUMERIC}(?: +{_NAMED})?",
            rf"(?P<day>[0-9]{{2}}) +{_CASELESS} +(?P<year>[0-9]{{4}})",
            rf"(?i:{_DAY_NAME}), +(?P<day>[0-9]{{2}}) +{_CASELESS} +(?P<year>[0-9]{{4}}) +{_CLOCK} +(?:{_NUMERIC}|{_NAMED})",
            rf"(?i:{_LONG_DAY_NAME}), +(?P<day>[0-9]{{2}})-{_CASELESS}-(?P<year>[0-9]{{2}}) +{_CLOCK} +{_NAMED}",
            rf"(?P<day>[0-9]{{2}}) +{_CASELESS} +(?P<year>[0-9]{{2}}) +(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}}) +(?:{_NUMERIC}|{_NAMED})",
            rf"(?i:{_DAY_NAME}) +{_CASELESS} +(?P<day>[0-9]{{1,2}}) +{_CLOCK} +(?:{_NAMED} +)?(?P<year>[0-9]{{4}})",
            rf"(?i:{_DAY_NAME}) +{_CASELESS} +(?P<day>[0-9]{{2}}) +{_CLOCK} +{_NUMERIC} +(?P<year>[0-9]{{4}})",
            rf"{_CASELESS} +(?P<day>[0-9]{{1,2}}) +{_CLOCK}",
            r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?P<half>AM|PM)",
        )
    )


_TOML = lazy_re(r"([0-9]{4}-[0-9]{2}-[0-9]{2}[tT ][0-9]{2}:[0-9]{2})(:[0-9.]+)?([zZ]|[-+][0-9:]{5})?\Z")


def zone_of(name: str) -> tzinfo:
    """The time zone of that name; UTC for '' and for a name that no time zone has."""
    if not name:
        return UTC
    from zoneinfo import ZoneInfo  # few sites set one

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def parse(value: object, zone: tzinfo = UTC, kind: str = "") -> datetime | None:
    """The time that Hugo reads a front-matter value as, or None where it fails the build.

    Nothing (`""`, null) is ZERO. `zone` is the site's `timeZone`; it counts only where the value names none.
    `kind` is the front matter's format: a number in YAML and TOML is Unix seconds (so `2019` is a moment of 1970),
    in JSON it is refused. A bare clock time, which Hugo puts into the year 0, is in the year 1 here; fractions are
    cut to microseconds.
    """
    if value is None or value == "":
        return ZERO
    if isinstance(value, int) and not isinstance(value, bool) and kind in {"yaml", "toml"}:
        try:
            return datetime.fromtimestamp(0, UTC) + timedelta(seconds=value)
        except OverflowError:
            return None
    if not isinstance(value, str):
        return None
    day = _DAY.match(value) if len(value) == 10 else None
    if day and zone is UTC:
        try:
            return datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=UTC)
        except ValueError:
            pass  # no such day, or the year 0
    native = _TOML.match(value) if kind == "toml" else None
    if native:  # TOML itself reads these, in small letters and without seconds too
        value = f"{native[1]}{native[2] or ':00'}{native[3] or ''}".upper()
    found = _ISO.match(value)
    for layout in () if found else _layouts():
        found = layout.match(value)
        if found:
            break
    if not found:
        return None
    try:
        return _time_of(found.groupdict(), zone)
    except (ValueError, OverflowError):
        return None


def _time_of(part: dict[str, str | None], zone: tzinfo) -> datetime:
    """The time of a match; ValueError for a day, hour or offset that does not exist."""
    year = int(part.get("year") or 0)
    if len(part.get("year") or "") == 2:
        year += 1900 if year >= 69 else 2000
    month_name = part.get("month_name")
    month = _MONTHS.index(month_name.lower()) + 1 if month_name else int(part.get("month") or 1)
    hour = int(part.get("hour") or 0)
    if part.get("half"):
        if hour > 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if part["half"] == "PM" else 0)
    fraction = (part.get("fraction") or "")[:6].ljust(6, "0")
    day, minute, second = (
        int(part.get(name) or least) for name, least in (("day", 1), ("minute", 0), ("second", 0))
    )
    if year == 0 and (month, day) == (2, 29):
        day = 28
    moment = datetime(max(year, 1), month, day, hour, minute, second, int(fraction))  # noqa: DTZ001  # zone follows
    offset, name = part.get("zone"), part.get("name")
    if offset == "Z":
        return moment.replace(tzinfo=UTC)
    if offset:
        return moment.replace(tzinfo=_fixed(offset))
    if name and name.startswith("GMT") and len(name) > 3:
        return moment.replace(tzinfo=timezone(timedelta(hours=int(name[3:]))))
    if name:
        return moment.replace(tzinfo=_known(name, moment, zone))
    return moment.replace(tzinfo=UTC) if zone is UTC or year == 0 else _local(moment, zone)


def _fixed(offset: str) -> timezone:
    digits = offset[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 23 or minutes > 60:
        raise ValueError(offset)
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if offset[0] == "-" else delta)


def _known(name: str, moment: datetime, zone: tzinfo) -> tzinfo:
    """The offset of an abbreviation that the site's zone uses; UTC for any other, as Go has it."""
    for month in (moment.month, 1, 7):
        there = moment.replace(month=month, day=min(moment.day, 28), tzinfo=zone)
        delta = there.utcoffset()
        if there.tzname() == name and delta is not None:
            return timezone(delta)
    return UTC


def _local(moment: datetime, zone: tzinfo) -> datetime:
    """A local time in a zone; in the hour that a clock change skips or repeats, as Go's `time.Date` decides."""
    guess = moment.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()
    first = moment - guess
    offset = first.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()
    return (moment - offset).replace(tzinfo=UTC).astimezone(zone)
