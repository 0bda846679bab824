"""Many hosts that misbehave in every way, on loopback: real sockets, one server, a table for a name server."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Self

from vitdlint.external.fetch.refresh import Moment, Outcome, Pass, refresh
from vitdlint.external.settings import Endpoints, LinksConfig

NOW = datetime(2026, 1, 31, 6, tzinfo=UTC)
QUICK = LinksConfig(interval=0, deadline=2, second_try=0.05, max_wait=0.2)


class Request(NamedTuple):
    """One request as it came in."""

    at: float
    method: str
    host: str
    path: str
    headers: Mapping[str, str]


Behaviour = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class World:
    """Names, addresses and pages, and a log of what was asked."""

    pages: dict[str, Behaviour | list[Behaviour]] = field(default_factory=dict)
    """By `host/path`; of a list each request takes the next, and the last one stays."""
    names: dict[str, list[str] | OSError] = field(default_factory=dict)
    """Addresses that differ from 127.0.0.1, and names that cannot be resolved."""
    log: list[Request] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    port: int = 0
    tls_port: int = 0
    contexts: dict[str, ssl.SSLContext] = field(default_factory=dict)
    """By host name, for TLS."""
    open_now: dict[str, int] = field(default_factory=dict)
    most_open: dict[str, int] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1000)
        self.port = self._server.sockets[0].getsockname()[1]
        base = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if self.contexts:
            base.sni_callback = self._choose
            self._tls = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=base)
            self.tls_port = self._tls.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        if self.contexts:
            self._tls.close()

    def url(self, page: str, scheme: str = "http") -> str:
        host, slash, path = page.partition("/")
        return f"{scheme}://{host}:{self.tls_port if scheme == 'https' else self.port}{slash}{path}"

    async def resolve(self, host: str) -> list[str]:
        self.looked_up.append(host)
        found = self.names.get(host, ["127.0.0.1"])
        if isinstance(found, OSError):
            raise found
        return found

    async def refresh(
        self,
        state: Path,
        urls: list[str],
        config: LinksConfig = QUICK,
        *,
        now: datetime = NOW,
        context: ssl.SSLContext | None = None,
        show: Callable[[Moment], None] = lambda _: None,
        allow: Callable[[str], bool] = lambda address: address.startswith("127."),
        **task: object,
    ) -> Outcome:
        """One pass over these URLs."""
        from vitdlint.external.fetch.resolve import Resolver
        from vitdlint.external.fetch.transport import Transport

        transport = None
        if context is not None:
            transport = Transport(
                Resolver(self.resolve), deadline=config.deadline, allow=allow, context=context
            )
        return await refresh(
            Pass(urls, **task),
            config,
            state,
            now,
            show,
            resolve=self.resolve,
            allow=allow,
            transport=transport,
        )

    def asked(self, page: str) -> list[Request]:
        host, slash, path = page.partition("/")
        return [r for r in self.log if r.host == host and r.path == slash + path]

    def _choose(self, socket_: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> int | None:
        if name in self.contexts:
            socket_.context = self.contexts[name]
            return None
        return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError):
            while not writer.is_closing():
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                method, path, _ = head[0].split(" ", 2)
                headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in head[1:] if line)}
                host = headers["host"].partition(":")[0]
                request = Request(time.monotonic(), method, host, path, headers)
                self.log.append(request)
                self.open_now[host] = self.open_now.get(host, 0) + 1
                self.most_open[host] = max(self.most_open.get(host, 0), self.open_now[host])
                behaviour = self.pages.get(host + path, status(200))
                if isinstance(behaviour, list):
                    behaviour = behaviour.pop(0) if len(behaviour) > 1 else behaviour[0]
                try:
                    await behaviour(request, writer)
                finally:
                    self.open_now[host] -= 1
        writer.close()


def status(code: int, body: bytes | str = "<p>text</p>", **headers: str) -> Behaviour:
    """An ordinary answer."""
    content = body.encode() if isinstance(body, str) else body

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        lines = {"Content-Type": "text/html", "Content-Length": str(len(content))}
        lines |= {k.replace("_", "-"): v for k, v in headers.items()}
        head = "".join(f"{k}: {v}\r\n" for k, v in lines.items())
        writer.write(f"HTTP/1.1 {code} X\r\n{head}\r\n".encode() + content)
        await writer.drain()

    return behave


def to(location: str, code: int = 301) -> Behaviour:
    """A redirect."""
    return status(code, "", Location=location)


def raw(*parts: bytes, pause: float = 0, close: bool = True) -> Behaviour:
    """Bytes as they are, with a pause after each part."""

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        if close:
            writer.close()

    return behave


def get_only(_: object = None) -> Behaviour:
    """Denies what is there to everybody who asks with HEAD."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await status(200 if request.method == "GET" else 404)(request, writer)

    return behave


def forever(part: bytes, pause: float, head: bytes = b"") -> Behaviour:
    """A body that never ends."""

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)

    return behave


async def hang(_: Request, __: asyncio.StreamWriter) -> None:
    """Says nothing."""
    await asyncio.sleep(30)


async def reset(_: Request, writer: asyncio.StreamWriter) -> None:
    """Breaks the connection off, the hard way."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    writer.transport.abort()


def bomb() -> bytes:
    """A hundred megabytes of zeros in a hundred kilobytes of gzip."""
    return gzip.compress(b"\0" * 100_000_000, 9)


def endpoints(world: World, host: str = "registry.test") -> Endpoints:
    """Registries that are one of the local hosts."""
    base = world.url(f"{host}/")
    return Endpoints(
        doi=f"{base}api/handles/",
        pmc=f"{base}idconv/",
        pubmed=f"{base}esummary",
        wayback=f"{base}web/",
        control=f"{base}control",
    )
