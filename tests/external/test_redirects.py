"""Redirects hop by hop, and addresses that are never asked."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from support.local_hosts import QUICK, World, status, to

from vitdlint.external.answer import Answer, Kind
from vitdlint.external.fetch.address import local_name, public
from vitdlint.external.fetch.refresh import Outcome
from vitdlint.external.redirects import Hop, classified, suspicious, target
from vitdlint.external.settings import HostSettings


def one_pass(tmp_path: Path, world: World, *pages: str, **more: object) -> tuple[dict[str, Answer], Outcome]:
    """The answers by page."""

    async def run() -> tuple[dict[str, Answer], Outcome]:
        async with world:
            for page, behaviour in list(world.pages.items()):
                if isinstance(behaviour, str):
                    world.pages[page] = to(behaviour.format(port=world.port))
            outcome = await world.refresh(tmp_path / "s.txt", [world.url(p) for p in pages], **more)
            return {p: outcome.answers[world.url(p)] for p in pages}, outcome

    return asyncio.run(run())


def test_a_chain_is_followed_and_its_permanent_part_is_reported(tmp_path: Path) -> None:
    world = World(
        pages={
            "a.test/all": to("/b"),
            "a.test/b": to("/paper/c", 308),
            "a.test/half": to("/x"),
            "a.test/x": to("/y", 302),
            "a.test/short": to("/y", 307),
        }
    )
    answers, _ = one_pass(tmp_path, world, "a.test/all", "a.test/half", "a.test/short")
    base = f"http://a.test:{world.port}"
    found = {p: (a.kind, a.moved, a.clean, a.final) for p, a in answers.items()}
    assert found == {
        "a.test/all": (Kind.MOVED, f"{base}/paper/c", True, f"{base}/paper/c"),
        "a.test/half": (Kind.MOVED, f"{base}/x", False, f"{base}/y"),
        "a.test/short": (Kind.ELSEWHERE, "", False, f"{base}/y"),
    }


def test_a_redirect_that_ends_badly_is_what_its_end_is(tmp_path: Path) -> None:
    world = World(
        pages={"a.test/1": to("/2"), "a.test/2": status(404), "a.test/3": to("/4"), "a.test/4": status(403)}
    )
    answers, _ = one_pass(tmp_path, world, "a.test/1", "a.test/3")
    assert [a.kind for a in answers.values()] == [Kind.GONE, Kind.BLOCKED]
    assert answers["a.test/1"].final.endswith("/2")


def test_circles_and_long_ways_end(tmp_path: Path) -> None:
    pages = {"a.test/self": to("/self"), "a.test/one": to("/two"), "a.test/two": to("/one")}
    pages |= {f"b.test/{i}": to(f"/{i + 1}") for i in range(30)}
    answers, _ = one_pass(tmp_path, World(pages=pages), "a.test/self", "a.test/one", "b.test/0")
    assert {(a.kind, a.code) for a in answers.values()} == {(Kind.UNREACHABLE, "redirect-loop")}


def test_a_host_that_wants_its_cookie_back_gets_it_and_no_other_host_does(tmp_path: Path) -> None:
    world = World(
        pages={
            "a.test/page": [status(302, "", Location="/page", Set_Cookie="seen=yes; Path=/"), status(200)],
        }
    )

    async def run() -> None:
        async with world:
            world.pages["b.test/seen-yes"] = status(
                302, "", Location=world.url("c.test/pages/seen-yes"), Set_Cookie="seen=no"
            )
            urls = [world.url("a.test/page"), world.url("b.test/seen-yes")]
            outcome = await world.refresh(tmp_path / "s.txt", urls)
            assert [outcome.answers[u].kind for u in urls] == [Kind.ELSEWHERE, Kind.ELSEWHERE]
            assert [r.headers.get("cookie") for r in world.asked("a.test/page")] == [None, "seen=yes"]
            assert [r.headers.get("cookie") for r in world.asked("c.test/pages/seen-yes")] == [None]

    asyncio.run(run())


def test_each_hop_waits_for_its_own_host(tmp_path: Path) -> None:
    """Forty links of forty hosts that all lead to one: that one is asked at its own pace."""
    config = QUICK._replace(hosts={"publisher.test": HostSettings(interval=0.05)})

    async def run() -> None:
        async with World() as world:
            for i in range(20):
                world.pages[f"h{i}.test/paper"] = to(world.url(f"publisher.test/paper{i}"), 302)
            await world.refresh(
                tmp_path / "s.txt", [world.url(f"h{i}.test/paper") for i in range(20)], config
            )
            times = [r.at for r in world.log if r.host == "publisher.test"]
            assert len(times) == 20
            assert times[-1] - times[0] > 0.9 * 19 * 0.05
            assert world.most_open["publisher.test"] == 1

    asyncio.run(run())


def test_a_redirect_to_a_private_address_is_not_followed(tmp_path: Path) -> None:
    async def run() -> None:
        async with World(names={"inside.test": ["10.0.0.5"], "mapped.test": ["::ffff:10.0.0.5"]}) as world:
            for i, host in enumerate(("inside.test", "mapped.test")):
                world.pages[f"a.test/{i}"] = to(world.url(f"{host}/admin"))
            world.pages["a.test/2"] = to("http://169.254.169.254/latest/meta-data/")
            world.pages["a.test/3"] = to("http://localhost:8080/")
            world.pages["a.test/4"] = to("http://2130706433/")
            urls = [world.url(f"a.test/{i}") for i in range(5)]
            outcome = await world.refresh(tmp_path / "s.txt", urls)
            assert {(a.kind, a.code) for a in outcome.answers.values()} == {(Kind.INVALID, "private-address")}
            assert {r.host for r in world.log} == {"a.test"}

    asyncio.run(run())


def test_by_default_loopback_is_refused_before_a_byte_is_sent(tmp_path: Path) -> None:
    async def run() -> None:
        async with World() as world:
            urls = [
                world.url("a.test/"),
                f"http://127.0.0.1:{world.port}/",
                f"http://localhost:{world.port}/",
            ]
            outcome = await world.refresh(tmp_path / "s.txt", urls, allow=public)
            assert {a.code for a in outcome.answers.values()} >= {
                "the network is suspected (private-address)"
            } or {a.code for a in outcome.answers.values()} == {"private-address"}
            assert world.log == []

    asyncio.run(run())


def test_the_address_that_was_checked_is_the_one_that_is_used(tmp_path: Path) -> None:
    """A name server that answers a public address first and a private one later gains nothing."""

    async def run() -> None:
        async with World() as world:
            answers = iter([["127.0.0.1"], ["10.0.0.5"], ["10.0.0.5"]])
            asked = []

            async def rebinding(host: str) -> list[str]:
                asked.append(host)
                return next(answers)

            world.resolve = rebinding
            outcome = await world.refresh(tmp_path / "s.txt", [world.url("a.test/1"), world.url("a.test/2")])
            assert [a.kind for a in outcome.answers.values()] == [Kind.OK, Kind.OK]
            assert asked == ["a.test"], "the name is asked once, and what it said is what is connected to"
            assert {r.host for r in world.log} == {"a.test"}

    asyncio.run(run())


@pytest.mark.parametrize(
    "address",
    [
        "192.0.0.8",
        "192.0.0.192",
        "168.63.129.16",
        "::ffff:168.63.129.16",
        "64:ff9b::168.63.129.16",
        *[
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.8.8.8",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.1.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fe80::1%eth0",
            "fc00::1",
            "fd00:ec2::254",
            "fec0::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::808:808",
            "2002:7f00:1::",
            "2001:0:7f00:1::1",
            "2001:db8::1",
            "rubbish",
        ],
    ],  # one a line would be a page
)
def test_no_address_outside_the_public_internet_is_public(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert public(address)


def test_local_names_are_known() -> None:
    assert all(
        map(
            local_name,
            ("localhost", "printer", "a.local", "x.internal.", "0x7f000001", "2130706433", "[::1]"),
        )
    )
    assert not any(map(local_name, ("example.org", "1.1.1.1", "local.example")))


A, B = "https://a.example/papers/vitamin-d", "https://b.example/"


@pytest.mark.parametrize(
    ("start", "final", "reason"),
    [
        (A, "https://a.example/", "root"),
        (A, "https://a.example/en/", "root"),
        (A, "https://www.a.example/index.html", "root"),
        (A, B, "root"),
        (A, "https://a.example/404.html", "not-found"),
        (A, "https://a.example/error/page-not-found", "not-found"),
        (A, "https://a.example/login?next=/papers/vitamin-d", "login"),
        (A, "https://id.a.example/sso/start", "login"),
        (A, "https://www.hugedomains.com/domain_profile.cfm?d=a", "for-sale"),
        (A, "https://casino.example/bonus/now", "foreign"),
        (A, "https://a.example/papers/vitamin-d/", ""),
        (A, "https://a.example/articles/4711", ""),
        (A, "https://journal.example/vitamin-d", ""),
        (A, "https://a.org/x/y", ""),
        ("https://a.example/", B, ""),
        ("http://a.example/", "https://a.example/en/", ""),
        ("https://doi.org/10.1/x?y", "https://publisher.example/z", ""),
        ("https://a.example/404-ways-to-live", "https://a.example/404-ways-to-live/", ""),
    ],
)
def test_a_redirect_is_suspicious_for_a_reason(start: str, final: str, reason: str) -> None:
    assert suspicious(start, final) == reason
    kind, _, _ = classified((Hop(start, 301),), final)
    assert (kind is Kind.SUSPICIOUS) == bool(reason)


def test_a_target_that_no_server_would_take_leads_nowhere() -> None:
    assert target("https://vitd.test/", "/" + "a" * 60_000) == ""
    assert target("https://vitd.test/", "/" + "a" * 2000).endswith("aaa")
