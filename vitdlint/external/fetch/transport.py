"""The only user of httpx and httpcore: one GET, of a checked address, read no further than needed.

Every connection resolves the name, refuses what is not public, and goes to the very address that was checked; a name
server that answers otherwise a moment later changes nothing. TLS and the Host header keep the name. The connections are
httpcore's, the engine of httpx; httpx itself brings certificates and proxies, and its pool is left out, as it looks at
every connection for every request.
"""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from ..answer import Kind
from ..bot_block import LOOK
from ..classify import Reply, of_exception
from ..urls import host_of
from .address import PrivateAddressError, local_name, public
from .resolve import Resolver
from .stream import Stream

_LOOK_SECONDS = 3.0
"""A verdict does not wait longer for a body."""
_CONNECT_SECONDS = 6.0
"""For one of several addresses."""
_IDLE = 256
"""How many connections wait for a next request; httpcore's own pool looks at all of them for every request."""
_IDLE_SECONDS = 10.0


_MARGIN = 0.1


class _Limits(NamedTuple):
    """How much of a body is read, and until when."""

    body: int
    end: float
    """On the loop's clock, shortly before the deadline of the request."""


class Transport:
    """Sends requests. `allow` decides about addresses; anything but the default is for tests on loopback."""

    def __init__(
        self,
        resolver: Resolver,
        *,
        deadline: float,
        proxies: bool = False,
        allow: Callable[[str], bool] = public,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.resolver = resolver
        self._context = context or httpx.create_ssl_context()
        self._deadline = deadline
        self._guards_names = allow is public
        self._context.set_alpn_protocols(["http/1.1"])
        self._allow = allow
        self._idle: dict[str, list[httpcore.AsyncHTTP11Connection]] = {}
        self._idle_count = 0
        self._proxies = getproxies() if proxies else {}
        self._proxied: dict[str, httpx.AsyncHTTPTransport] = {}

    async def get(self, url: str, headers: Mapping[str, str], *, body: int = LOOK) -> Reply:
        """One GET without redirects. Every way to fail is a Reply with `failure`; only cancellation is raised.

        At most `body` bytes of the body are read, and only where a body can matter: of a success or a 404.
        """
        try:
            async with asyncio.timeout(self._deadline) as deadline:
                limits = _Limits(body, (deadline.when() or 0.0) - _MARGIN)
                return await self._get(url, headers, limits)
        except PrivateAddressError:
            return Reply(failure=(Kind.INVALID, "private-address"))
        except (httpx.InvalidURL, httpcore.LocalProtocolError, UnicodeError):
            return Reply(failure=(Kind.INVALID, "url"))
        except Exception as error:  # noqa: BLE001  # of_exception knows every failure of a connection
            return Reply(failure=of_exception(error))

    async def _get(self, url: str, headers: Mapping[str, str], limits: _Limits) -> Reply:
        host, proxy = host_of(url), self._proxy(url)
        if (proxy or self._guards_names) and local_name(host):
            raise PrivateAddressError(host)
        if proxy:
            answer = await self._through(proxy).handle_async_request(
                httpx.Request("GET", url, headers=headers)
            )
            try:
                return await _read(answer.status_code, answer.headers.raw, answer.aiter_raw(), limits)
            finally:
                await answer.aclose()
        pairs = [("Host", url.split("/", 3)[2].rpartition("@")[2]), *headers.items()]
        request = httpcore.Request("GET", url, headers=pairs)
        origin = str(request.url.origin)
        if (kept := await self._kept(origin)) is not None:
            try:
                return await self._over(kept, request, limits)
            except (httpcore.NetworkError, httpcore.RemoteProtocolError):
                pass  # the host closed the idle connection at this very moment, which says nothing
        return await self._over(await self._connected(request.url.origin), request, limits)

    async def _connected(self, origin: httpcore.Origin) -> httpcore.AsyncHTTP11Connection:
        """A new connection, to an address that was checked. TLS asks for the certificate of the name."""
        name = origin.host.decode("ascii")
        addresses = [a for a in await self.resolver(name.strip("[]")) if self._allow(a)][:3]
        if not addresses:
            raise PrivateAddressError(name)
        stream = await _first(addresses, origin.port)
        if origin.scheme == b"https":
            await stream.start_tls(self._context, name)
        return httpcore.AsyncHTTP11Connection(origin, stream, keepalive_expiry=_IDLE_SECONDS)

    async def _over(
        self, connection: httpcore.AsyncHTTP11Connection, request: httpcore.Request, limits: _Limits
    ) -> Reply:
        try:
            response = await connection.handle_async_request(request)
            reply = await _read(response.status, response.headers, response.aiter_stream(), limits)
            await response.aclose()
        except BaseException:
            await _closed(connection)
            raise
        if not connection.is_idle():
            await _closed(connection)
            return reply
        self._idle.setdefault(str(request.url.origin), []).append(connection)
        self._idle_count += 1
        if self._idle_count > _IDLE:
            await _closed(self._taken(next(iter(self._idle))))
        return reply

    async def _kept(self, origin: str) -> httpcore.AsyncHTTP11Connection | None:
        """An idle connection that is still good."""
        while origin in self._idle:
            connection = self._taken(origin)
            if not connection.has_expired():
                return connection
            await _closed(connection)
        return None

    def _taken(self, origin: str) -> httpcore.AsyncHTTP11Connection:
        """The connection to an origin that waits for longest, no longer among the idle ones."""
        waiting = self._idle[origin]
        connection = waiting.pop(0)
        self._idle_count -= 1
        if not waiting:
            del self._idle[origin]
        return connection

    def _proxy(self, url: str) -> str:
        if not self._proxies:
            return ""
        proxy = self._proxies.get(url.partition(":")[0]) or self._proxies.get("all", "")
        return "" if not proxy or proxy_bypass(url.split("/", 3)[2].rpartition("@")[2]) else proxy

    def _through(self, proxy: str) -> httpx.AsyncHTTPTransport:
        if proxy not in self._proxied:
            self._proxied[proxy] = httpx.AsyncHTTPTransport(
                proxy=proxy, verify=self._context, trust_env=False
            )
        return self._proxied[proxy]

    async def aclose(self) -> None:
        """Close every connection."""
        for kept in self._idle.values():
            for connection in kept:
                await _closed(connection)
        for transport in self._proxied.values():
            await transport.aclose()


async def _first(addresses: Sequence[str], port: int) -> Stream:
    """A connection to the first of some addresses that takes one."""
    for address in addresses[:-1]:
        with suppress(OSError):  # TimeoutError is one
            async with asyncio.timeout(_CONNECT_SECONDS):
                return await Stream.connect(address, port)
    return await Stream.connect(addresses[-1], port)


async def _read(
    status: int, raw: Iterable[tuple[bytes, bytes]], parts: AsyncIterator[bytes], limits: _Limits
) -> Reply:
    headers: dict[str, str] = {}
    cookies: list[str] = []
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), _text(value)
        if key == "set-cookie":
            cookies.append(text.partition(";")[0])
        else:
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
    start, empty = b"", False
    if _worth_a_look(status, headers, limits.body):
        start, empty = await _look(parts, headers, limits)
    return Reply(status, headers, start, empty, tuple(cookies))


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


async def _closed(connection: httpcore.AsyncHTTP11Connection) -> None:
    with suppress(Exception):  # a connection that cannot even be closed well is gone all the same
        await connection.aclose()


def _worth_a_look(status: int, headers: Mapping[str, str], body: int) -> bool:
    if body > LOOK or status == 202:
        return True
    kind = headers.get("content-type", "text/html")
    return (200 <= status < 300 or status in (404, 410)) and "html" in kind.lower()


async def _look(
    parts: AsyncIterator[bytes], headers: Mapping[str, str], limits: _Limits
) -> tuple[bytes, bool]:
    """The start of a body, decompressed but never beyond the limit, and whether there is no body at all."""
    coding = headers.get("content-encoding", "").strip().lower()
    inflate = zlib.decompressobj(wbits=47) if coding in ("gzip", "x-gzip", "deflate") else None
    found, raw, limit = bytearray(), 0, limits.body
    # Before the deadline of the request runs out: the status is here already, and it is the verdict.
    end = min(asyncio.get_running_loop().time() + _LOOK_SECONDS, limits.end) if limit <= LOOK else limits.end
    try:
        async with asyncio.timeout_at(end):
            async for part in parts:
                raw += len(part)
                if inflate is not None:
                    part = inflate.decompress(part, limit - len(found))  # noqa: PLW2901  # the part, inflated
                found += part[: limit - len(found)]
                if len(found) >= limit or raw >= limit:
                    break
            else:
                return bytes(found), raw == 0
    except Exception:  # noqa: BLE001, S110  # the status is the verdict; a body that breaks off changes nothing
        pass
    return bytes(found), False


def private_host(url: str) -> bool:
    """Whether a URL names a local host or a private address outright, so that nobody need be asked."""
    return local_name(host_of(url))
