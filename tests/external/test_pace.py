"""Pace, patience and budgets: measured on the clock, against real hosts."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from textwrap import dedent

import pytest
from support.local_hosts import NOW, QUICK, World, hang, status

from vitdlint.external.answer import Answer, Kind
from vitdlint.external.fetch.host import Host
from vitdlint.external.fetch.jobs import Job
from vitdlint.external.fetch.refresh import Moment
from vitdlint.external.fetch.store import BusyError, Journal, journal_of, read
from vitdlint.external.retry_after import asked
from vitdlint.external.settings import HostSettings, seconds
from vitdlint.external.state import parse


def test_hosts_of_one_domain_share_a_queue_and_others_do_not_wait(tmp_path: Path) -> None:
    config = QUICK._replace(interval=0.1)

    async def run() -> None:
        async with World() as world:
            urls = [world.url(f"{h}.big.test/{i}") for h in ("www", "journals") for i in range(8)]
            urls += [world.url(f"small{i}.test/") for i in range(50)]
            started = time.monotonic()
            await world.refresh(tmp_path / "s.txt", urls, config)
            big = sorted(r.at for r in world.log if r.host.endswith("big.test"))
            small = [r.at for r in world.log if r.host.startswith("small")]
            # From before the first request: the server may hear of that one late, so it says nothing of the pace.
            assert big[-1] - started >= 1.49, "no faster than the interval allows"
            assert max(small) < big[-1], "nobody waits for the big host"
            assert sum(world.most_open[h] for h in ("www.big.test", "journals.big.test")) == 2

    asyncio.run(run())


@pytest.mark.parametrize("late", [0.0, 0.01, 0.25])
def test_the_pace_holds_on_average_however_late_a_request_starts(late: float) -> None:
    host = Host("big.test", interval=0.1, limit=1, max_wait=1)
    starts, now, chance = [], 100.0, Random(late)
    for number in range(200):
        host.add(Job((), "page", f"http://big.test/{number}"))
        ready = host.ready()
        assert ready is not None
        now = max(now, ready) + chance.uniform(0, late)
        host.start(now)
        starts.append(now)
        host.end(now, asked=True)
    assert all(b - a >= 0.0899 for a, b in pairwise(starts)), "two requests never follow each other at once"
    average = (starts[-1] - starts[0]) / 199
    assert 0.0999 <= average <= 0.1 + late / 2, "as fast as the interval allows, and no faster"
    assert late > 0.1 or average < 0.101, "what was a little late is made up for"


def test_a_host_may_have_a_pace_and_a_width_of_its_own(tmp_path: Path) -> None:
    config = QUICK._replace(interval=5, hosts={"wide.test": HostSettings(interval=0, concurrency=4)})

    async def run() -> None:
        four = asyncio.Barrier(4)

        async def slow(_: object, writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0.05)
            await four.wait()
            await status(200)(None, writer)

        async with World(pages={f"wide.test/{i}": slow for i in range(12)}) as world:
            outcome = await world.refresh(
                tmp_path / "s.txt", [world.url(f"wide.test/{i}") for i in range(12)], config
            )
            assert {answer.kind for answer in outcome.answers.values()} == {Kind.OK}, (
                "four were asked at a time"
            )
            assert world.most_open["wide.test"] == 4
            assert outcome.seconds < 5, "the pace of all hosts would take twelve times that"

    asyncio.run(run())


def test_a_host_that_limits_the_rate_is_asked_again_later(tmp_path: Path) -> None:
    config = QUICK._replace(max_wait=2)

    async def run() -> None:
        pages = {"busy.test/a": [status(429, Retry_After="1"), status(200)]}
        async with World(pages=pages) as world:
            urls = [world.url("busy.test/a"), world.url("busy.test/b")]
            outcome = await world.refresh(tmp_path / "s.txt", urls, config)
            assert [outcome.answers[u].kind for u in urls] == [Kind.OK, Kind.OK]
            times = [r.at for r in world.log]
            assert times[1] - times[0] >= 0.95, "not a request before the time is over, whatever the URL"

    asyncio.run(run())


def test_a_long_wait_is_stored_for_the_whole_host_until_it_is_over(tmp_path: Path) -> None:
    async def run() -> None:
        pages = {f"busy.test/{i}": status(429, Retry_After="7200") for i in range(5)}
        async with World(pages=pages) as world:
            urls = [world.url(f"busy.test/{i}") for i in range(5)] + [world.url("fine.test/")]
            outcome = await world.refresh(tmp_path / "s.txt", urls)
            asked_first = len([r for r in world.log if r.host == "busy.test"])
            assert asked_first <= 3
            kinds = {a.kind for u, a in outcome.answers.items() if "busy" in u}
            assert kinds <= {Kind.RATE_LIMITED, Kind.NOT_CHECKED}
            soon = await world.refresh(tmp_path / "s.txt", urls, now=NOW + timedelta(hours=1))
            assert len([r for r in world.log if r.host == "busy.test"]) == asked_first
            assert "rate-limited by the host" in soon.skipped.values()
            world.pages.clear()
            late = await world.refresh(tmp_path / "s.txt", urls, now=NOW + timedelta(hours=3))
            assert {a.kind for a in late.answers.values()} == {Kind.OK}

    asyncio.run(run())


def test_without_a_time_the_wait_grows_and_the_host_is_left_alone_in_the_end(tmp_path: Path) -> None:
    config = QUICK._replace(max_wait=60)

    async def run() -> None:
        async with World(pages={f"busy.test/{i}": status(429) for i in range(30)}) as world:
            from vitdlint.external.fetch import host

            old = host._FIRST_BACKOFF
            host._FIRST_BACKOFF = 0.05
            try:
                outcome = await world.refresh(
                    tmp_path / "s.txt", [world.url(f"busy.test/{i}") for i in range(30)], config
                )
            finally:
                host._FIRST_BACKOFF = old
            assert len(world.log) == 3
            gaps = [b.at - a.at for a, b in pairwise(world.log)]
            assert gaps[0] >= 0.05
            assert gaps[1] >= 0.1
            assert {a.kind for a in outcome.answers.values()} <= {Kind.NOT_CHECKED, Kind.RATE_LIMITED}

    asyncio.run(run())


def test_a_host_that_hangs_is_given_up_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    config = QUICK._replace(deadline=0.5)

    async def run() -> None:
        async with World(pages={f"dead.test/{i}": hang for i in range(40)}) as world:
            urls = [world.url(f"dead.test/{i}") for i in range(40)] + [world.url("fine.test/")]
            outcome = await world.refresh(tmp_path / "s.txt", urls, config)
            assert outcome.seconds < 20, "all of them in turn would take twice that"
            reasons = [a.code for a in outcome.answers.values()]
            assert reasons.count("the host does not answer (timeout)") == 35
            records = parse((tmp_path / "s.txt").read_text(), NOW).records
            assert not any(r.strikes or r.slow for r in records.values()), (
                "the whole host failed: nothing counts"
            )

    asyncio.run(run())


def test_a_failure_is_tried_again_late_and_a_recovery_is_no_failure(tmp_path: Path) -> None:
    config = QUICK._replace(second_try=0.4)

    async def run() -> None:
        pages = {"flaky.test/": [status(404), status(200)], "odd.test/": [status(404), status(503)]}
        async with World(pages=pages) as world:
            urls = [world.url("flaky.test/"), world.url("odd.test/"), world.url("fine.test/")]
            outcome = await world.refresh(tmp_path / "s.txt", urls, config)
            assert [outcome.answers[u].kind for u in urls] == [Kind.OK, Kind.SERVER_ERROR, Kind.OK]
            first, second = world.asked("flaky.test/")
            assert second.at - first.at >= 0.39
            assert len(world.asked("fine.test/")) == 1

    asyncio.run(run())


def test_a_budget_ends_the_pass_and_the_rest_comes_first_next_time(tmp_path: Path) -> None:
    config = QUICK._replace(interval=0.05)

    async def run() -> None:
        async with World() as world:
            urls = [world.url(f"big.test/{i:03}") for i in range(60)]
            outcome = await world.refresh(tmp_path / "s.txt", urls, config, budget=1.0)
            assert outcome.seconds < 2.9, "all of them take that long"
            done = {u for u, a in outcome.answers.items() if a.kind is Kind.OK}
            assert 0 < len(done) < 22
            assert {a.code for a in outcome.answers.values()} == {"200", "the budget was used up"}
            again = await world.refresh(tmp_path / "s.txt", urls, config, budget=1.0)
            assert not done & set(again.answers)

    asyncio.run(run())


def test_a_limit_per_host_takes_those_due_longest(tmp_path: Path) -> None:
    async def run() -> None:
        async with World() as world:
            urls = [world.url(f"big.test/{i}") for i in range(9)]
            await world.refresh(tmp_path / "s.txt", urls[:3])
            outcome = await world.refresh(tmp_path / "s.txt", urls, now=NOW + timedelta(60), max_per_host=6)
            assert set(outcome.answers) == set(urls[3:]), "never asked comes before asked long ago"
            assert list(outcome.skipped.values()) == ["the limit per host was reached"] * 3

    asyncio.run(run())


def test_moments_count_up_and_say_what_is_left(tmp_path: Path) -> None:
    moments: list[Moment] = []

    async def run() -> None:
        async with World() as world:
            urls = [world.url(f"big.test/{i}") for i in range(20)]
            await world.refresh(tmp_path / "s.txt", urls, QUICK._replace(interval=0.05), show=moments.append)

    asyncio.run(run())
    assert [m.done for m in moments] == sorted(m.done for m in moments)
    assert moments[-1].done == moments[-1].total == 20
    assert moments[1].left > moments[-1].left == 0


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_pass_loses_nothing_that_was_answered_and_goes_on_from_there(
    tmp_path: Path, how: signal.Signals
) -> None:
    """The pass runs in a process of its own, which is killed without warning."""
    state = tmp_path / "s.txt"
    program = tmp_path / "run.py"
    program.write_text(
        dedent(
            """
            import asyncio, sys
            from pathlib import Path
            sys.path.insert(0, sys.argv[3])
            from support.local_hosts import QUICK, World, status
            async def main():
                async with World(pages={"big.test/1": status(404)}) as world:
                    world.port = int(sys.argv[2])
                    urls = [world.url(f"big.test/{i}") for i in range(400)]
                    config = QUICK._replace(interval=0.02, second_try=60)
                    await world.refresh(Path(sys.argv[1]), urls, config)
            asyncio.run(main())
            """
        )
    )

    async def run() -> None:
        async with World(pages={"big.test/1": status(404)}) as world:
            process = await asyncio.create_subprocess_exec(
                sys.executable, str(program), str(state), str(world.port), str(Path(__file__).parent.parent),
                stderr=asyncio.subprocess.DEVNULL,
            )  # fmt: skip
            async with asyncio.timeout(60):
                while len(world.log) < 60:  # noqa: ASYNC110  # the log grows in callbacks of the server
                    await asyncio.sleep(0.02)
            os.kill(process.pid, how)
            await process.wait()
            answered = len(world.log)
            with journal_of(state).open("ab") as file:
                file.write(b'["https://torn.example/", "gone", "40')
            known = read(state, QUICK, NOW)
            assert answered - 2 <= len(known.records) + len(known.pending) <= answered
            assert [u.rpartition("/")[2] for u in known.pending] == ["1"]
            urls = [world.url(f"big.test/{i}") for i in range(400)]
            outcome = await world.refresh(state, urls, QUICK._replace(second_try=0.1))
            repeated = {r.path for r in world.log[:answered]} & {r.path for r in world.log[answered:]}
            assert len(repeated - {"/1"}) <= 2, "only what was in flight is asked again"
            assert len(outcome.after) == 400
            assert outcome.answers[world.url("big.test/1")].kind is Kind.GONE
            assert len(world.asked("big.test/1")) == 2, "the first try before the kill counts as the first"
            assert not journal_of(state).exists()

    asyncio.run(run())


def test_two_passes_do_not_write_one_journal(tmp_path: Path) -> None:
    with Journal(tmp_path / "s.txt"), pytest.raises(BusyError), Journal(tmp_path / "s.txt"):
        pass


def test_a_journal_of_rubbish_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    state = tmp_path / "s.txt"
    with Journal(state) as journal:
        journal.add("https://a.example/", Answer(Kind.OK, "200", NOW))
    with journal_of(state).open("ab") as file:
        file.write(b'\xff\xfe\n[]\n{"a": 1}\n[1,2,3,4,5,6,7,8,9]\n["x"\n' + b"[" * 100_000 + b"\n")
    assert list(read(state, QUICK, NOW).records) == ["https://a.example/"]


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, None),
        ({"retry-after": "120"}, 120),
        ({"retry-after": "Sat, 31 Jan 2026 06:01:00 GMT"}, 60),
        ({"retry-after": "1m30s"}, 90),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "99999999999"}, None),
        ({"retry-after": "99999999"}, 7 * 86400),
        ({"ratelimit": '"default";r=0;t=30'}, 30),
        ({"ratelimit": '"default";r=5;t=30'}, None),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "45"}, 45),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW.timestamp()) + 45)}, 45),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW.timestamp() + 45) * 1000)}, 45),
        ({"x-ratelimit-remaining": "3", "x-ratelimit-reset": "45"}, None),
    ],
)
def test_what_a_host_asks_for_is_understood(headers: dict[str, str], wait: float | None) -> None:
    assert asked(headers, NOW) == wait


def test_durations_have_units() -> None:
    assert [seconds(w) for w in ("90s", "5m", "1.5h", "5", "m", "")] == [90, 300, 5400, None, None, None]


def test_a_state_file_keeps_its_permissions_and_no_scrap_is_left(tmp_path: Path) -> None:
    async def run() -> None:
        async with World() as world:
            await world.refresh(tmp_path / "s.txt", [world.url("a.test/")])
            (tmp_path / "s.txt").chmod(0o640)
            await world.refresh(tmp_path / "s.txt", [world.url("a.test/"), world.url("b.test/")])

    asyncio.run(run())
    assert (tmp_path / "s.txt").stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["s.txt"]
