"""Which dates a page has, and what they mean now."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Any

from ..core.lazy_re import lazy_re
from .language import Language
from .node import Node

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAMED = lazy_re(r"(\d{4}-\d{2}-\d{2})(?:(.)(\d{2}-\d{2}-\d{2}))?", re.DOTALL)

ZERO_YEAR = datetime(1, 1, 2, tzinfo=UTC)
"""Before this lies only Hugo's "no date"."""
_ORDER = ("date", "lastmod", "publishdate", "expirydate")


class Clock:
    """Compares the dates of a site's pages with the current time."""

    def __init__(self, language: Language, now: datetime) -> None:
        self.language = language
        self.now = now
        # What is older than this, by its first ten characters, is past in every time zone.
        self.surely_past = (now - timedelta(days=2)).strftime("%Y-%m-%d")
        self.surely_future = (now + timedelta(days=2)).strftime("%Y-%m-%d")
        self.from_file_name = ":filename" in {k for keys in language.dates.values() for k in keys}

    @cached_property
    def zone(self) -> tzinfo:
        """The time zone of dates that name none."""
        from .dates import zone_of  # few pages have a date that needs it

        return zone_of(self.language.time_zone)

    def is_future(self, node: Node) -> bool:
        """Whether the page is published later than now."""
        value = self._value(node, "publishdate")
        if value is None or self._surely(value, self.surely_past, past=True):
            return False
        date = self._parse(node, value)
        return date is not None and date > self.now

    def is_expired(self, node: Node) -> bool:
        """Whether the page has expired."""
        value = self._value(node, "expirydate")
        if value is None or self._surely(value, self.surely_future, past=False):
            return False
        date = self._parse(node, value)
        return date is not None and ZERO_YEAR < date < self.now

    def date(self, node: Node) -> datetime | None:
        """The page's date, as permalinks use it."""
        value = self._value(node, "date")
        return None if value is None else self._parse(node, value)

    def slug(self, node: Node) -> str:
        """The slug that a file name with a date gives, where `:filename` is configured and used."""
        for name in ("date", "lastmod", "publishdate", "expirydate"):
            for key in self.language.dates[name]:
                if key == ":filename":
                    named = _named(node)
                    if named:
                        return named[1]
                elif self._usable(node.params.get(key)):
                    break
        return ""

    def _value(self, node: Node, name: str) -> Any:
        params = node.params
        for key in self.language.dates[name]:
            if key == ":filename":
                named = _named(node)
                if named:
                    return named[0]
            elif key in params:
                if self._usable(params[key]):
                    return params[key]
            elif key in _ORDER and _ORDER.index(key) < _ORDER.index(name):
                # Hugo finds the dates in this order, and each date found is used for a key that is not there.
                value = self._value(node, key)
                if value is not None:
                    return value
        return None

    def _usable(self, value: Any) -> bool:
        return value is not None and value != ""

    def _surely(self, value: Any, limit: str, *, past: bool) -> bool:
        if not isinstance(value, str) or not _DATE.match(value):
            return False
        return value[:10] < limit if past else value[:10] > limit

    def _parse(self, node: Node, value: Any) -> datetime | None:
        from .dates import parse  # few pages have a date that needs it

        kind = node.parsed.front.kind if node.parsed is not None else ""
        return parse(value, self.zone, kind)


def _named(node: Node) -> tuple[str, str] | None:
    """Date and slug of a file name (of the folder, for a bundle) that begins with a date."""
    if node.source is None:
        return None
    name = node.source.stem
    if node.source.kind in {"leaf", "branch"}:
        name = node.shown.rpartition("/")[2]
    found = _NAMED.match(name)
    if not found:
        return None
    day, _, time = found.groups()
    end = found.end() if time else len(day)
    try:
        datetime.strptime(f"{day} {time or '00-00-00'}", "%Y-%m-%d %H-%M-%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    stamp = f"{day}T{time.replace('-', ':')}" if time else day
    return stamp, name[end:].strip(" -_")
