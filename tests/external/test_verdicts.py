"""Verdicts over days: what makes a link dead, what never does, and how the file that remembers is merged."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.run import git

from vitdlint.external import outage, state
from vitdlint.external.answer import Answer, Kind
from vitdlint.external.fetch.store import fold
from vitdlint.external.settings import Gate, LinksConfig
from vitdlint.external.state import Record, Streak
from vitdlint.external.verdict import apply, due, unreachable

START = datetime(2026, 1, 1, 6, tzinfo=UTC)
LATE = datetime(2030, 1, 1, tzinfo=UTC)
"""After all that is written here."""
GATE = Gate()
CONFIG = LinksConfig()
URL = "https://dose.example/a"
BY_CHANCE = (
    (Kind.SERVER_ERROR, "503"),
    (Kind.UNREACHABLE, "timeout"),
    (Kind.UNREACHABLE, "reset"),
    (Kind.TLS, "expired"),
    (Kind.BLOCKED, "403"),
    (Kind.RATE_LIMITED, "429"),
    (Kind.SUSPICIOUS, "200"),
)
"""Everything that can go wrong with a link but being gone."""


def after(*answers: tuple[float, Kind], record: Record | None = None) -> Record:
    """What is known after answers, each given with its day."""
    for day, kind in answers:
        record = apply(record, URL, Answer(kind, "404", START + timedelta(day)), GATE)
    assert record is not None
    return record


def test_three_failures_three_days_apart_over_seven_days_make_a_link_dead() -> None:
    daily = [(float(d), Kind.GONE) for d in range(8)]
    assert after(*daily[:7]).dead is None
    assert after(*daily).dead == date(2026, 1, 8)


def test_the_domain_that_does_not_exist_counts_like_the_page_that_is_gone() -> None:
    assert after(*((float(d), (Kind.GONE, Kind.NO_DOMAIN)[d % 2]) for d in range(8))).dead is not None


def test_one_success_ends_everything() -> None:
    dead = after(*((float(d), Kind.GONE) for d in range(8)))
    for kind in (Kind.OK, Kind.MOVED, Kind.ELSEWHERE):
        alive = after((9, kind), record=dead)
        assert (alive.dead, alive.strikes, alive.row, alive.slow, alive.ok) == (
            None,
            None,
            0,
            None,
            date(2026, 1, 10),
        )


@pytest.mark.parametrize(
    "kind", [k for k in Kind if not k.alive and not k.dying and k is not Kind.NOT_CHECKED]
)
def test_what_is_no_success_does_not_revive_and_no_failure_of_another_kind_kills(kind: Kind) -> None:
    dead = after(*((float(d), Kind.GONE) for d in range(8)))
    assert after((9, kind), record=dead).dead == dead.dead
    assert after(*((float(d), kind) for d in range(80))).dead is None


def test_a_day_counts_once_however_often_it_is_asked() -> None:
    hourly = after(*((h / 24, Kind.GONE) for h in range(17)))
    assert hourly.strikes == Streak(1, date(2026, 1, 1), date(2026, 1, 1))
    assert hourly.row == 1


def test_failures_on_five_days_over_three_weeks_make_a_link_unreachable() -> None:
    assert not unreachable(after(*((float(d), Kind.UNREACHABLE) for d in range(21))), GATE)
    assert unreachable(after(*((float(d), Kind.UNREACHABLE) for d in range(22))), GATE)
    assert not unreachable(after((0, Kind.TLS), (5, Kind.TLS), (10, Kind.TLS), (21, Kind.TLS)), GATE)
    assert unreachable(after(*((float(d), Kind.SERVER_ERROR) for d in (0, 5, 10, 15, 21))), GATE)


def test_an_older_answer_or_an_unconfirmed_one_changes_nothing() -> None:
    record = after((3, Kind.OK))
    assert apply(record, URL, Answer(Kind.GONE, "404", START), GATE) is record
    assert apply(record, URL, Answer(Kind.GONE, "404", START + timedelta(4), first=True), GATE) is record
    assert apply(None, URL, Answer(Kind.NOT_CHECKED, "budget", START), GATE) is None


class Internet:
    """Links that live or die, and bad luck."""

    def __init__(self, seed: int, luck: float, spike: float) -> None:
        self.chance = random.Random(seed)
        self.luck = luck
        self.spike = spike
        self.spiked: dict[str, int] = {}
        self.died: dict[str, int] = {}

    def ask(self, url: str, day: int) -> tuple[Kind, str]:
        if day >= self.died.get(url, 10_000):
            return (Kind.NO_DOMAIN, "NXDOMAIN") if "nowhere" in url else (Kind.GONE, "404")
        # An isolated 404: never on two days in a row.
        if self.spiked.get(url) == day or (
            self.spiked.get(url) != day - 1 and self.chance.random() < self.spike
        ):
            self.spiked[url] = day
            return Kind.GONE, "404"
        if self.chance.random() < self.luck:
            return self.chance.choice(BY_CHANCE)
        return Kind.OK, "200"


def live_through(
    internet: Internet, urls: list[str], days: int, records: dict[str, Record] | None = None
) -> dict[str, list[tuple[int, date | None]]]:
    """Daily runs on a clock that moves; for each URL the days on which its verdict changed."""
    records = records or {}
    verdicts: dict[str, list[tuple[int, date | None]]] = {u: [(0, None)] for u in urls}
    for day in range(days):
        now = START + timedelta(days=day, minutes=(day * 7) % 50)  # a daily job is never quite on time
        answers: dict[str, Answer] = {}
        for url in urls:
            if due(records.get(url), url, CONFIG) <= now:
                answers[url] = Answer(*internet.ask(url, day), now)
        found = outage.of(answers, records)
        assert not found.network, found.network
        records = fold(records, answers, found._replace(unclear=False), CONFIG)
        for url in urls:
            dead = records[url].dead if url in records else None
            if dead != verdicts[url][-1][1]:
                verdicts[url].append((day, dead))
    return verdicts


@pytest.mark.parametrize(("luck", "spike"), [(0.05, 0.02), (0.3, 0.1), (0.6, 0.3), (0.0, 0.5)])
def test_in_ninety_days_no_live_link_is_ever_called_dead(luck: float, spike: float) -> None:
    urls = [f"https://h{i % 120}.example/p{i}" for i in range(1500)]
    verdicts = live_through(Internet(int(luck * 100), luck, spike), urls, 90)
    assert {u: t for u, t in verdicts.items() if len(t) > 1} == {}


def test_each_dead_link_is_an_error_within_the_longest_lifetime_of_an_answer_plus_ten_days() -> None:
    internet = Internet(7, 0.05, 0.01)
    # Single pages, whole hosts of one link, of five and of forty, and domains that vanish.
    urls = [f"https://h{i % 120}.example/p{i}" for i in range(1200)]
    urls += [f"https://small{i}.example/" for i in range(100)]
    urls += [f"https://five{i // 5}.example/p{i}" for i in range(200)]
    urls += [f"https://forty.example/p{i}" for i in range(40)]
    urls += [f"https://nowhere{i // 8}.example/p{i}" for i in range(160)]
    for i, url in enumerate(urls):
        if "//h" in url and i % 9 == 0:
            internet.died[url] = 1 + i % 40
        elif "//h" not in url:
            name = url.split("/")[2]
            internet.died[url] = 3 + sum(map(ord, name)) % 37
    verdicts = live_through(internet, urls, 95)
    longest = CONFIG.ttl * 1.25
    for url, day in internet.died.items():
        assert len(verdicts[url]) == 2, f"{url} died on day {day}: {verdicts[url]}"
        found, _ = verdicts[url][1]
        assert day <= found <= day + longest + 10, (url, day, found)
    assert all(len(t) == 1 for u, t in verdicts.items() if u not in internet.died)


def test_answers_live_as_long_as_configured_give_or_take_a_quarter_and_spread() -> None:
    record = after((0, Kind.OK))
    lives = [
        (due(record, f"https://h.example/{i}", CONFIG) - record.checked) / timedelta(1) for i in range(1000)
    ]
    assert 22.5 <= min(lives) < 24
    assert 36 < max(lives) <= 37.5


def test_a_network_that_fails_counts_nothing_and_dead_domains_do_not_hide_it() -> None:
    urls = [f"https://h{i}.example/" for i in range(40)]
    known = {u: after((0, Kind.OK)) for u in urls}
    down = {u: Answer(Kind.NO_DOMAIN, "NXDOMAIN", START + timedelta(40)) for u in urls}
    found = outage.of(down, known)
    assert "40 of 40 hosts" in found.network
    assert fold(known, down, found, CONFIG) == known
    # A run that asks about nothing but domains long dead is no sign of a failing network, if anything answers.
    dying = {u: after((0, Kind.NO_DOMAIN)) for u in urls[:30]}
    answers = {u: down[u] for u in urls[:30]} | {urls[31]: Answer(Kind.OK, "200", START + timedelta(40))}
    assert outage.of(answers, dying)[:2] == ("", False)
    assert outage.of({u: down[u] for u in urls[:30]}, dying)[:2] == ("", True)


def test_a_host_that_fails_as_a_whole_counts_from_its_second_day_on() -> None:
    urls = [f"https://big.example/{i}" for i in range(6)]

    def fail(day: int, records: dict[str, Record]) -> dict[str, Record]:
        answers = {u: Answer(Kind.GONE, "404", START + timedelta(day)) for u in urls}
        found = outage.of(answers, records)
        assert found.hosts == {"big.example"}
        return fold(records, answers, found, CONFIG)

    first = fail(0, {u: after((-20, Kind.OK)) for u in urls})
    assert {(r.kind, r.strikes, r.held) for r in first.values()} == {(Kind.GONE, None, date(2026, 1, 1))}
    assert {r.strikes for r in fail(0, first).values()} == {None}, "the same day again"
    second = fail(1, first)
    assert {r.strikes.times for r in second.values() if r.strikes} == {1}


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
TEXTS = st.text("ab%2F?&=#\\\"'<>~!,;(", max_size=9).map(lambda s: f"https://a.example/{s}")
STREAKS = st.none() | st.builds(
    lambda n, days: Streak(n, *sorted(days)), st.integers(1, 99), st.tuples(DAYS, DAYS)
)
RECORDS = st.builds(
    Record,
    url=TEXTS,
    kind=st.sampled_from(Kind),
    checked=st.integers(0, int(LATE.timestamp())).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    since=DAYS,
    code=st.text(max_size=12),
    ok=st.none() | DAYS,
    strikes=STREAKS,
    row=st.integers(0, 9),
    dead=st.none() | DAYS,
    slow=STREAKS,
    held=st.none() | DAYS,
    final=st.just("") | TEXTS,
    moved=st.just("") | TEXTS,
    clean=st.booleans(),
    snapshot=st.sampled_from(["", "-"]) | TEXTS,
)


@settings(max_examples=150)
@given(st.lists(RECORDS, max_size=8, unique_by=lambda r: r.url))
def test_what_is_written_is_read_back(records: list[Record]) -> None:
    from dataclasses import replace

    records = [replace(r, code="x" if r.code == "-" else r.code) for r in records]
    text = state.render(records)
    assert text.isascii()
    found, damaged, future = state.parse(text, LATE)
    assert (damaged, future) == ((), 0)
    assert found == {r.url: r for r in records}
    assert state.render(found.values()) == text


@settings(max_examples=100)
@given(st.lists(RECORDS, max_size=10), st.randoms(use_true_random=False))
def test_lines_may_come_in_any_order_and_twice(records: list[Record], chance: random.Random) -> None:
    lines = [state.line(r) for r in records]
    one = state.parse("\n".join(lines), LATE).records
    chance.shuffle(lines)
    other = state.parse("\n".join([*lines, *lines[:3], state.HEADER]), LATE).records
    assert one == other
    for url, record in one.items():
        assert record.checked == max(r.checked for r in records if r.url == url)


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    records, damaged, _ = state.parse(text.replace("# vitdlint links", "#"), LATE)
    assert len(records) + len(damaged) <= text.count("\n") + 1


def test_another_version_is_refused() -> None:
    with pytest.raises(state.Unreadable, match="version 1"):
        state.parse("# vitdlint links 2\n", LATE)


def test_git_merges_two_refreshed_branches_and_the_newest_check_wins(tmp_path: Path) -> None:
    file = tmp_path / ".vitdlint-links.txt"
    urls = [f"https://h{i}.example/" for i in range(60)]

    def refreshed(records: dict[str, Record], day: int, chosen: list[str], kind: Kind) -> dict[str, Record]:
        answers = {u: Answer(kind, "x", START + timedelta(day)) for u in chosen}
        return fold(records, answers, outage.Brakes("", False, frozenset()), CONFIG)

    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / ".gitattributes").write_text(".vitdlint-links.txt merge=union\n")
    base = refreshed({}, 0, urls, Kind.OK)
    file.write_text(state.render(base.values()))
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "base")
    git(tmp_path, "switch", "-qc", "other")
    theirs = refreshed(base, 40, [*urls[:30], "https://new.example/a"], Kind.GONE)
    file.write_text(state.render(theirs.values()))
    git(tmp_path, "commit", "-qam", "other")
    git(tmp_path, "switch", "-q", "main")
    ours = refreshed(base, 41, [*urls[20:50], "https://new.example/b"], Kind.BLOCKED)
    file.write_text(state.render(ours.values()))
    git(tmp_path, "commit", "-qam", "ours")
    git(tmp_path, "merge", "-q", "--no-edit", "other")
    merged, damaged, _ = state.parse(file.read_text(), LATE)
    assert damaged == ()
    both = sorted([*ours.values(), *theirs.values()], key=lambda record: (record.checked, state.line(record)))
    assert merged == {record.url: record for record in both}
    kinds = [merged[u].kind for u in urls]
    assert kinds == [Kind.GONE] * 20 + [Kind.BLOCKED] * 30 + [Kind.OK] * 10
    assert {"https://new.example/a", "https://new.example/b"} <= set(merged)
