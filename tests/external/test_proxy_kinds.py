"""Proxies as they are: with and without a password, tunnels, hosts left out, and proxies that are wrong."""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import trustme
from support.local_hosts import QUICK, World

from vitdlint.external.answer import Kind

THROUGH = QUICK._replace(proxy="environment")


@dataclass
class Proxy:
    """A proxy on loopback: passes requests on, digs tunnels, and may want a password."""

    port_of_all: int
    """Where every host of the Internet is."""
    password: str = ""
    port: int = 0
    asked: list[str] = field(default_factory=list)
    """The first line of each request."""
    onward: list[asyncio.StreamWriter] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            line, *headers = head.split("\r\n")
            self.asked.append(line)
            wanted = f"proxy-authorization: basic {base64.b64encode(self.password.encode()).decode()}"
            if self.password and wanted.lower() not in (header.lower() for header in headers):
                writer.write(b"HTTP/1.1 407 Authenticate\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                await writer.drain()
            else:
                there, onward = await asyncio.open_connection("127.0.0.1", self.port_of_all)
                self.onward.append(onward)
                if line.startswith("CONNECT "):
                    writer.write(b"HTTP/1.1 200 Fine\r\n\r\n")
                else:
                    kept = [h for h in headers if h and not h.lower().startswith("proxy-")]
                    onward.write("\r\n".join([line, *kept, "", ""]).encode("latin-1"))
                await asyncio.gather(_pump(reader, onward), _pump(there, writer))
        writer.close()


async def _pump(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while part := await source.read(65536):
            to.write(part)
            await to.drain()
    to.close()


@asynccontextmanager
async def proxy(port_of_all: int, password: str = "") -> AsyncIterator[Proxy]:
    made = Proxy(port_of_all, password)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        for writer in made.onward:
            writer.close()
        server.close()
        await asyncio.sleep(0.05)


def use(monkeypatch: pytest.MonkeyPatch, url: str, no_proxy: str = "") -> None:
    for name, value in (("http_proxy", url), ("https_proxy", url), ("no_proxy", no_proxy)):
        monkeypatch.setenv(name, value)
        monkeypatch.setenv(name.upper(), value)
    monkeypatch.delenv("all_proxy", raising=False)
    monkeypatch.delenv("ALL_PROXY", raising=False)


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ("me:p%40ss@", (Kind.OK, "200")),
        ("me:wrong@", (Kind.BLOCKED, "407")),
        ("", (Kind.BLOCKED, "407")),
    ],
)
def test_a_proxy_gets_its_password_and_nobody_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: str, expected: tuple[Kind, str]
) -> None:
    async def run() -> None:
        async with World() as world, proxy(world.port, "me:p@ss") as between:
            use(monkeypatch, f"http://{user}127.0.0.1:{between.port}")
            outcome = await world.refresh(tmp_path / "s.txt", ["http://far.example/page"], THROUGH)
            answer = outcome.answers["http://far.example/page"]
            assert (answer.kind, answer.code) == expected
            assert not any("proxy-authorization" in r.headers for r in world.log)
            told = repr(outcome) + (tmp_path / "s.txt").read_text()
            assert "p@ss" not in told
            assert "p%40ss" not in told
            assert "127.0.0.1" not in told

    asyncio.run(run())


@pytest.mark.parametrize("user", ["me:p%40ss@", ""])
def test_a_tunnel_leads_to_the_host_whose_certificate_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: str
) -> None:
    authority = trustme.CA()
    contexts = {}
    for name, certified in (("far.example", "far.example"), ("wrong.example", "another.example")):
        contexts[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(certified).configure_cert(contexts[name])
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))

    async def run() -> None:
        async with World(contexts=contexts) as world, proxy(world.tls_port, "me:p@ss") as between:
            use(monkeypatch, f"http://{user}127.0.0.1:{between.port}", "near.test")
            urls = ["https://far.example/", "https://wrong.example/"]
            near = [world.url("near.test/a")]
            outcome = await world.refresh(tmp_path / "s.txt", [*urls, *near], THROUGH)
            found = [(outcome.answers[u].kind, outcome.answers[u].code) for u in urls]
            assert found == (
                [(Kind.OK, "200"), (Kind.TLS, "hostname-mismatch")]
                if user
                else [(Kind.BLOCKED, "407"), (Kind.BLOCKED, "407")]
            )
            assert {line.split(" ")[0] for line in between.asked} == {"CONNECT"}
            assert world.looked_up == ["near.test"]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("no_proxy", "direct"),
    [
        ("", []),
        ("*", ["a.near.test", "near.test", "other.test"]),
        ("near.test", ["a.near.test", "near.test"]),
        (".near.test", ["a.near.test", "near.test"]),
        (" other.test , near.test", ["a.near.test", "near.test", "other.test"]),
        ("ear.test", []),
        ("NEAR.test", ["a.near.test", "near.test"]),
    ],
)
def test_no_proxy_names_hosts_that_are_asked_directly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_proxy: str, direct: list[str]
) -> None:
    async def run() -> None:
        async with World() as world, proxy(world.port) as between:
            use(monkeypatch, f"http://127.0.0.1:{between.port}", no_proxy)
            urls = [world.url(f"{name}/") for name in ("a.near.test", "near.test", "other.test")]
            outcome = await world.refresh(tmp_path / "s.txt", urls, THROUGH)
            assert {a.kind for a in outcome.answers.values()} == {Kind.OK}
            assert sorted(world.looked_up) == direct
            assert len(between.asked) == 3 - len(direct)

    asyncio.run(run())


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9", "socks5://127.0.0.1:9", "ftp://127.0.0.1:9", "http://[", "nonsense:x"]
)
def test_a_proxy_that_does_not_work_condemns_no_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    async def run() -> None:
        async with World() as world:
            use(monkeypatch, url)
            urls = [f"http://h{i}.example/" for i in range(9)]
            outcome = await world.refresh(tmp_path / "s.txt", urls, THROUGH)
            assert {a.kind for a in outcome.answers.values()} == {Kind.NOT_CHECKED}
            assert outcome.network
            assert world.log == []

    asyncio.run(run())
