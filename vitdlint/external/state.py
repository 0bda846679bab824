"""What is known about a URL, as one line of a text file that git can merge.

The file has one line a URL, sorted, in ASCII: `URL class checked since code` and then `name=value` for what else
there is. Lines that start with `#` say what the file is. Lines of two branches can be side by side in any order
(`merge=union`): of several for one URL the newest check wins, and of equally new ones the greatest line, so the order
of a merge does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote, unquote

from .answer import Kind

HEADER = (
    "# vitdlint links 1\n"
    "# What `vitdlint links` knows about external URLs. Commit it; in .gitattributes: merge=union\n"
)
_VERSION = "# vitdlint links "


class Streak(NamedTuple):
    """Failures of one sort that no success has interrupted."""

    times: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Record:
    """What is known about one URL."""

    url: str
    """Masked, see `urls.masked`."""
    kind: Kind
    checked: datetime
    since: date
    """The first day of the present class."""
    code: str
    ok: date | None = None
    """The last success."""
    strikes: Streak | None = None
    """Failures of the kind that means death."""
    row: int = 0
    """On how many days in a row, among those it was asked, it was gone."""
    dead: date | None = None
    """The day from which on it counts as dead."""
    slow: Streak | None = None
    """Days with failures that mean a host in trouble."""
    held: date | None = None
    """The day on which its whole host began to fail; that day counted nothing."""
    final: str = ""
    moved: str = ""
    clean: bool = False
    until: datetime | None = None
    snapshot: str = ""
    """A copy in the Wayback Machine; '-' where there is none."""

    @property
    def failing_since(self) -> date:
        """The first day of the failures that mean death; before any counts, of the present class."""
        return self.strikes.first if self.strikes else self.since


class Unreadable(ValueError):  # noqa: N818  # reads as what it is
    """The state file is of another version."""


class State(NamedTuple):
    """What a state file says."""

    records: dict[str, Record]
    """By masked URL."""
    damaged: tuple[int, ...] = ()
    """The numbers of lines that are no records (marks of a merge conflict, say)."""
    future: int = 0
    """How many records a clock that was ahead has written. They count as asked long ago, so that they are asked again."""


def parse(text: str, now: datetime) -> State:
    """Read a state file. Unreadable if it says that it is of another version."""
    lines: dict[str, str] = {}
    records: dict[str, Record] = {}
    damaged: list[int] = []
    future: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            if line.startswith(_VERSION) and line != _VERSION + "1":
                raise Unreadable(f'line {number} is "{line[:60]}"; this vitdlint knows version 1')
            continue
        record = _record(line)
        if record is None:
            damaged.append(number)
            continue
        if (present := _up_to(record, now)) != record:
            future.add(record.url)
            record = present
        known = records.get(record.url)
        if known is None or (known.checked, lines[record.url]) < (record.checked, line):
            records[record.url], lines[record.url] = record, line
    return State(records, tuple(damaged), len(future))


_AHEAD = timedelta(days=1)
"""So much two clocks may differ."""
_LISTED = 10
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def ahead(at: datetime, now: datetime) -> bool:
    """Whether a clock that was ahead has written this time."""
    return at - now > _AHEAD


def _up_to(record: Record, now: datetime) -> Record:
    """The record without what a clock that was ahead has written: nothing is known of when the link was last asked."""
    r, today = record, now.astimezone(UTC).date()
    days = (r.since, r.ok, r.dead, r.held, *(r.strikes or ())[1:], *(r.slow or ())[1:])
    if not ahead(r.checked, now) and not any(isinstance(day, date) and day - today > _AHEAD for day in days):
        return record
    return Record(
        r.url, r.kind, _LONG_AGO, min(r.since, today), r.code, final=r.final, moved=r.moved, clean=r.clean
    )


def in_words(lines: Sequence[int]) -> str:
    """The numbers of damaged lines, for a person."""
    first = ", ".join(map(str, lines[:_LISTED]))
    return first + (f" and {len(lines) - _LISTED:,} more" if len(lines) > _LISTED else "")


def render(records: Iterable[Record]) -> str:
    """The state file."""
    return HEADER + "".join(sorted(f"{line(r)}\n" for r in records))


def line(record: Record) -> str:
    """One record, without a line end."""
    r = record
    extra = {
        "ok": _day(r.ok),
        "strikes": _streak(r.strikes),
        "row": str(r.row) if r.row else "",
        "dead": _day(r.dead),
        "slow": _streak(r.slow),
        "held": _day(r.held),
        "final": r.final,
        "moved": r.moved,
        "clean": "yes" if r.clean else "",
        "until": _written_time(r.until),
        "snapshot": r.snapshot,
    }
    words = [
        r.url,
        r.kind.value,
        _written_time(r.checked),
        r.since.isoformat(),
        quote(r.code, safe=":,") or "-",
    ]
    return " ".join((*words, *(f"{k}={quote(v, safe=_SAFE)}" for k, v in extra.items() if v)))


_SAFE = "".join(map(chr, range(0x21, 0x7F)))
"""What needs no escape: URLs come escaped, so a `%` is one of theirs."""


def _record(text: str) -> Record | None:
    words = text.split(" ")
    if len(words) < 5 or not words[0].startswith(("http://", "https://")) or not text.isascii():
        return None
    try:
        extra: Mapping[str, str] = dict(_pair(w) for w in words[5:])
        if any(not _is_address(extra.get(name, "")) for name in ("final", "moved", "snapshot")):
            return None
        return Record(
            url=words[0],
            kind=Kind(words[1]),
            checked=_read_time(words[2]),
            since=_day_of(words[3]),
            code="" if words[4] == "-" else unquote(words[4]),
            ok=_read_day(extra.get("ok")),
            strikes=_read_streak(extra.get("strikes")),
            row=_read_count(extra.get("row", "0"), 0),
            dead=_read_day(extra.get("dead")),
            slow=_read_streak(extra.get("slow")),
            held=_read_day(extra.get("held")),
            final=extra.get("final", ""),
            moved=extra.get("moved", ""),
            clean="clean" in extra,
            until=_read_time(extra["until"]) if "until" in extra else None,
            snapshot=extra.get("snapshot", ""),
        )
    except ValueError:
        return None


def _pair(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals:
        raise ValueError(word)
    return name, value


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _read_day(text: str | None) -> date | None:
    return None if text is None else _day_of(text)


def _day_of(text: str) -> date:
    day = date.fromisoformat(text)
    if day < _LONG_AGO.date():
        raise ValueError(text)
    return day


def _written_time(at: datetime | None) -> str:
    return "" if at is None else at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _read_time(text: str) -> datetime:
    if len(text) != 20 or not text.endswith("Z"):
        raise ValueError(text)
    at = datetime.fromisoformat(text)
    if at < _LONG_AGO:
        raise ValueError(text)
    return at


def _streak(streak: Streak | None) -> str:
    return "" if streak is None else f"{streak.times},{streak.first.isoformat()},{streak.last.isoformat()}"


def _read_streak(text: str | None) -> Streak | None:
    if text is None:
        return None
    times, first, last = text.split(",")
    streak = Streak(_read_count(times, 1), _day_of(first), _day_of(last))
    if streak.first > streak.last:
        raise ValueError(text)
    return streak


def _read_count(text: str, least: int) -> int:
    count = int(text)
    if count < least:
        raise ValueError(text)
    return count


def _is_address(text: str) -> bool:
    return text in ("", "-") or text.startswith(("http://", "https://"))
