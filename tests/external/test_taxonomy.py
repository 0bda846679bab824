"""Every status and every failure, over real sockets, and the class that it gets."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest
from support.local_hosts import QUICK, Behaviour, World, bomb, forever, get_only, hang, raw, reset, status

from vitdlint.external.answer import Kind

CHALLENGE = "<html><head><title>Just a moment...</title></head><body><script></script></body></html>"
ANUBIS = '<html><head><title>x</title></head><body><script id="anubis_challenge" type="application/json">'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

ANSWERS: list[tuple[str, Behaviour, Kind, str]] = [
    ("200", status(200), Kind.OK, "200"),
    ("204", status(204, ""), Kind.OK, "204"),
    ("206", status(206), Kind.OK, "206"),
    ("202 with a body", status(202), Kind.OK, "202"),
    ("202 and nothing", status(202, ""), Kind.BLOCKED, "202,empty"),
    ("304", status(304, ""), Kind.OK, "304"),
    ("404", status(404), Kind.GONE, "404"),
    ("410", status(410), Kind.GONE, "410"),
    *((str(c), status(c), Kind.BLOCKED, str(c)) for c in (401, 402, 403, 405, 406, 412, 418, 451, 999)),
    *((str(c), status(c), Kind.SERVER_ERROR, str(c)) for c in (400, 421, 500, 502, 503, 504, 521, 530)),
    ("408", status(408), Kind.UNREACHABLE, "408"),
    ("429", status(429), Kind.RATE_LIMITED, "429"),
    ("429 with a time", status(429, Retry_After="3600"), Kind.RATE_LIMITED, "429"),
    ("429 with a date", status(429, Retry_After="Sat, 31 Jan 2026 08:00:00 GMT"), Kind.RATE_LIMITED, "429"),
    ("403 with a time", status(403, Retry_After="3600"), Kind.RATE_LIMITED, "403"),
    ("503 with a time", status(503, Retry_After="3600"), Kind.RATE_LIMITED, "503"),
    ("403 with a limit", status(403, X_RateLimit_Remaining="0"), Kind.RATE_LIMITED, "403"),
    ("a wall", status(403, cf_mitigated="challenge"), Kind.BLOCKED, "403,cf-mitigated"),
    ("a wall that says 429", status(429, cf_mitigated="challenge"), Kind.BLOCKED, "429,cf-mitigated"),
    ("another wall", status(405, x_amzn_waf_action="captcha"), Kind.BLOCKED, "405,x-amzn-waf-action"),
    ("a riddle with 200", status(200, CHALLENGE), Kind.BLOCKED, "200,challenge"),
    ("a riddle with 404", status(404, CHALLENGE), Kind.BLOCKED, "404,challenge"),
    ("another riddle", status(200, ANUBIS), Kind.BLOCKED, "200,challenge"),
    ("about riddles", status(200, "<title>How to write Just a moment... pages</title>"), Kind.OK, "200"),
    ("says no to HEAD", get_only(), Kind.OK, "200"),
    ("hangs", hang, Kind.UNREACHABLE, "timeout"),
    (
        "headers that trickle",
        forever(b"X", 0.05, b"HTTP/1.1 200 OK\r\nX-Long: "),
        Kind.UNREACHABLE,
        "timeout",
    ),
    ("body that trickles", forever(b"x", 0.05, HEAD + b"Content-Length: 99999\r\n\r\n"), Kind.OK, "200"),
    ("body without end", forever(b"x" * 65536, 0, HEAD + b"\r\n"), Kind.OK, "200"),
    ("body too short", raw(HEAD + b"Content-Length: 500\r\n\r\nshort"), Kind.OK, "200"),
    ("body too long", raw(HEAD + b"Content-Length: 2\r\n\r\nlonger"), Kind.OK, "200"),
    ("broken chunks", raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx"), Kind.OK, "200"),
    ("not gzip", status(200, b"plain", Content_Encoding="gzip"), Kind.OK, "200"),
    ("unknown coding", status(200, b"plain", Content_Encoding="zstd"), Kind.OK, "200"),
    ("HTTP/1.0", raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>old</p>"), Kind.OK, "200"),
    ("HTTP/1.0 404", raw(b"HTTP/1.0 404 Not Found\r\n\r\n"), Kind.GONE, "404"),
    (
        "100 first",
        raw(b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + b"Content-Length: 0\r\n\r\n"),
        Kind.OK,
        "200",
    ),
    ("no HTTP", raw(b"220 mail.test ESMTP\r\n\r\n"), Kind.UNREACHABLE, "protocol"),
    ("nothing", raw(b""), Kind.UNREACHABLE, "reset"),
    ("reset", reset, Kind.UNREACHABLE, "reset"),
    (
        "endless headers",
        raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 30_000, close=False),
        Kind.UNREACHABLE,
        "protocol",
    ),
    ("redirect to nowhere", status(302, ""), Kind.UNREACHABLE, "redirect-without-target"),
    ("redirect to mail", status(302, "", Location="mailto:a@b.test"), Kind.UNREACHABLE, "redirect-target"),
    ("redirect to rubbish", status(302, "", Location="http://[/"), Kind.UNREACHABLE, "redirect-target"),
]


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Kind, str]]:
    """One pass over all of them at once; each is a host of its own, so that they do not wait for each other."""

    async def run() -> dict[str, tuple[Kind, str]]:
        world = World(pages={f"h{i}.test/page": behaviour for i, (_, behaviour, _, _) in enumerate(ANSWERS)})
        async with world:
            urls = {name: world.url(f"h{i}.test/page") for i, (name, *_) in enumerate(ANSWERS)}
            state = tmp_path_factory.mktemp("links") / "state.txt"
            outcome = await world.refresh(state, list(urls.values()))
            assert {r.method for r in world.log} == {"GET"}
        return {name: (outcome.answers[u].kind, outcome.answers[u].code) for name, u in urls.items()}

    return asyncio.run(run())


@pytest.mark.parametrize(("name", "kind", "code"), [(n, k, c) for n, _, k, c in ANSWERS])
def test_each_answer_gets_its_class(
    classes: dict[str, tuple[Kind, str]], name: str, kind: Kind, code: str
) -> None:
    assert classes[name] == (kind, code)


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no such name"), Kind.NO_DOMAIN, "NXDOMAIN"),
        (socket.gaierror(socket.EAI_AGAIN, "try again"), Kind.UNREACHABLE, "resolver"),
        (socket.gaierror(socket.EAI_FAIL, "failed"), Kind.UNREACHABLE, "resolver"),
    ],
)
def test_only_a_name_that_does_not_exist_is_a_dead_domain(
    tmp_path: Path, error: OSError, kind: Kind, code: str
) -> None:
    async def run() -> None:
        async with World(names={"gone.test": error}) as world:
            urls = [world.url("gone.test/a"), world.url("fine.test/b")]
            outcome = await world.refresh(tmp_path / "s.txt", urls)
            assert (outcome.answers[urls[0]].kind, outcome.answers[urls[0]].code) == (kind, code)
            assert outcome.answers[urls[1]].kind is Kind.OK
            assert world.looked_up.count("gone.test") == 2, "the second try asks the name server again"

    asyncio.run(run())


def test_a_port_where_nobody_listens_refuses(tmp_path: Path) -> None:
    async def run() -> None:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        async with World() as world:
            url = f"http://shut.test:{port}/"
            outcome = await world.refresh(tmp_path / "s.txt", [url, world.url("fine.test/")])
            assert (outcome.answers[url].kind, outcome.answers[url].code) == (Kind.UNREACHABLE, "refused")

    asyncio.run(run())


def test_a_compressed_bomb_costs_no_memory(tmp_path: Path) -> None:
    import tracemalloc

    packed = bomb()

    async def run() -> None:
        async with World(pages={"bomb.test/": status(200, packed, Content_Encoding="gzip")}) as world:
            tracemalloc.start()
            outcome = await world.refresh(tmp_path / "s.txt", [world.url("bomb.test/")])
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert [a.kind for a in outcome.answers.values()] == [Kind.OK]
            assert peak < 8_000_000

    asyncio.run(run())


def test_an_accepted_code_is_good_on_its_host_only(tmp_path: Path) -> None:
    from vitdlint.external.settings import HostSettings

    config = QUICK._replace(hosts={"one.test": HostSettings(accept=(403,))})

    async def run() -> None:
        async with World(pages={"one.test/": status(403), "two.test/": status(403)}) as world:
            urls = [world.url("one.test/"), world.url("two.test/")]
            outcome = await world.refresh(tmp_path / "s.txt", urls, config)
            assert [outcome.answers[u].kind for u in urls] == [Kind.OK, Kind.BLOCKED]

    asyncio.run(run())
