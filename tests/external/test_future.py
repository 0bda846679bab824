"""A state file that a wrong clock, a merge or a stranger has written: reported, kept out, and asked again."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from support.local_hosts import NOW, QUICK, World, status
from support.run import CLOCK, names, report, run, write

from vitdlint.external import state
from vitdlint.external.answer import Answer, Kind
from vitdlint.external.fetch.plan import planned
from vitdlint.external.fetch.store import Journal, read
from vitdlint.external.settings import LinksConfig
from vitdlint.external.state import Record, Streak, parse

URL = "https://vitd.test/"


def asked(record: Record, config: LinksConfig = QUICK, now: datetime = NOW) -> bool:
    known = parse(state.line(record), now)
    assert known.damaged == ()
    return URL in planned([URL], known.records, config, now).ask


def fine(checked: datetime, **more: object) -> Record:
    return Record(URL, Kind.OK, checked, checked.date(), "200", **more)


def test_what_was_stored_in_the_future_is_asked_again_whatever_the_ttl() -> None:
    century = NOW.replace(year=2126)
    assert asked(fine(century, until=century + timedelta(days=30)))
    assert asked(fine(NOW + timedelta(days=2)))
    assert asked(fine(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)), LinksConfig(ttl=365))
    assert asked(fine(NOW, ok=century.date()))
    assert asked(fine(NOW, strikes=Streak(3, NOW.date(), century.date())))


def test_what_was_stored_just_now_is_not() -> None:
    assert not asked(fine(NOW))
    assert not asked(fine(NOW + timedelta(minutes=5)))
    assert not asked(fine(NOW, until=NOW + timedelta(days=6))), "a host may ask for a pause"


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_clock_at_either_end_of_time_reads_the_file(day: date) -> None:
    now = datetime.combine(day, NOW.timetz())
    assert parse(state.line(fine(NOW)), now).damaged == ()


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "maybe 2026-01-30T06:00:00Z 2026-01-20 404",
        "gone yesterday 2026-01-20 404",
        "gone 2026-01-30T06:00:00Z 0001-01-01 404",
        "gone 0001-01-01T06:00:00Z 2026-01-20 404",
        "gone 2026-02-31T06:00:00Z 2026-01-20 404",
        "gone 2026-01-30T06:00:00Z 2026-01-20 404 row=-1",
        "gone 2026-01-30T06:00:00Z 2026-01-20 404 row=" + "9" * 5000,
        "gone 2026-01-30T06:00:00Z 2026-01-20 404 strikes=0,2026-01-20,2026-01-26",
        "gone 2026-01-30T06:00:00Z 2026-01-20 404 strikes=3,2026-01-26,2026-01-20",
        "gone 2026-01-30T06:00:00Z 2026-01-20 404 strikes=3",
        "gone 2026-01-30T06:00:00Z 2026-01-20 404 nothing",
        "gone 2026-01-30T06:00:00Z 2026-01-20 404 snapshot=javascript:alert(1)",
        "moved-permanent 2026-01-30T06:00:00Z 2026-01-20 301 moved=file:///etc/passwd",
    ],
)
def test_a_line_of_nonsense_is_no_record_and_its_number_is_reported(rest: str) -> None:
    known = parse(f"{state.HEADER}{state.line(fine(NOW))}\n{URL}other {rest}\n", NOW)
    assert known.damaged == (4,)
    assert list(known.records) == [URL]


def test_a_pass_reports_both_and_keeps_them_out(tmp_path: Path) -> None:
    async def pass_() -> None:
        async with World() as world:
            one, two, three = (world.url(f"{name}.test/") for name in ("one", "two", "three"))
            world.pages["two.test/"] = status(404)
            late = fine(NOW.replace(year=2126))
            file = tmp_path / "s.txt"
            records = (Record(u, late.kind, late.checked, late.since, "200") for u in (one, two))
            file.write_text(state.render(records) + ">>>>>>> theirs\n")
            with Journal(file) as journal:
                journal.add(three, Answer(Kind.OK, "200", late.checked))
            outcome = await world.refresh(file, [one, two, three])
            assert (outcome.damaged, outcome.future) == ((5,), 3)
            assert {r.host for r in world.log} == {"one.test", "two.test", "three.test"}
            again = read(file, QUICK, NOW)
            assert (again.damaged, again.future, len(again.records)) == ((), 0, 3)

    asyncio.run(pass_())


def test_a_check_reports_both_and_believes_neither(tmp_path: Path) -> None:
    dead = "gone 2126-01-30T06:00:00Z 2126-01-20 404 strikes=3,2126-01-20,2126-01-26 row=11 dead=2126-01-27"
    write(
        tmp_path,
        {
            "hugo.toml": "",
            "content/a.md": f"---\ntitle: A\n---\n[a]({URL})\n",
            ".vitdlint-links.txt": f"{state.HEADER}{URL} {dead}\n<<<<<<< ours\n",
        },
    )
    done = run("check", "--external", "--output-format", "json", CLOCK, "content", cwd=tmp_path)
    assert "dead-external" not in names(done)
    left = {
        (n["what"], n["reason"].partition(";")[0], n["count"]) for n in report(done)["summary"]["not_checked"]
    }
    assert left >= {
        ("lines of .vitdlint-links.txt", "no records: 4", 1),
        ("answers in .vitdlint-links.txt", "from the future, as if a clock had been wrong", 1),
    }
