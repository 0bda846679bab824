"""The only user of httpx and httpcore: one GET, of a checked address, read no further than needed.

Every connection goes through `_Guarded`, which resolves the name, refuses what is not public, and connects to the very
address it checked; a name server that answers otherwise a moment later changes nothing. TLS and the Host header keep
the name.
"""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from ..web.answer import Kind
from ..web.challenge import LOOK
from ..web.classify import Reply, of_exception
from .address import PrivateAddressError, local_name, public
from .resolve import Resolver
from .stream import Stream

_LOOK_SECONDS = 3.0
"""A verdict does not wait longer for a body."""
_CONNECT_SECONDS = 6.0
"""For one of several addresses."""
_IDLE = 64
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
        self._backend = _Guarded(resolver, allow)
        self._idle: dict[str, httpcore.AsyncHTTPConnection] = {}
        self._proxies = getproxies() if proxies else {}
        self._proxied: dict[str, httpx.AsyncHTTPTransport] = {}

    async def get(self, url: str, headers: Mapping[str, str], *, body: int = LOOK) -> Reply:
        """One GET without redirects. Every way to fail is a Reply with `failure`; only cancellation is raised.

        At most `body` bytes of the body are read, and only where a body can matter: of a success or a 404.
        """
        try:
            async with asyncio.timeout(self._deadline) as deadline:
                limits = _Limits(body, (deadline.when() or 0.0) - _MARGIN)
                return await self._get(httpx.Request("GET", url, headers=headers), limits)
        except PrivateAddressError:
            return Reply(failure=(Kind.INVALID, "private-address"))
        except (httpx.InvalidURL, UnicodeError):
            return Reply(failure=(Kind.INVALID, "url"))
        except Exception as error:  # noqa: BLE001  # of_exception knows every failure of a connection
            return Reply(failure=of_exception(error))

    async def _get(self, request: httpx.Request, limits: _Limits) -> Reply:
        proxy = self._proxy(request.url)
        if (proxy or self._guards_names) and local_name(request.url.host):
            raise PrivateAddressError(request.url.host)
        if proxy:
            return await _read(await self._through(proxy).handle_async_request(request), limits)
        direct = httpcore.Request(
            method=b"GET",
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
        )
        origin = direct.url.origin
        if (kept := self._idle.pop(str(origin), None)) is not None and not kept.has_expired():
            try:
                return await self._over(kept, direct, limits)
            except (httpcore.NetworkError, httpcore.RemoteProtocolError):
                pass  # the host closed the idle connection at this very moment, which says nothing
        fresh = httpcore.AsyncHTTPConnection(
            origin, self._context, keepalive_expiry=_IDLE_SECONDS, network_backend=self._backend
        )
        return await self._over(fresh, direct, limits)

    async def _over(
        self, connection: httpcore.AsyncHTTPConnection, request: httpcore.Request, limits: _Limits
    ) -> Reply:
        try:
            response = await connection.handle_async_request(request)
            reply = await _read(
                httpx.Response(response.status, headers=response.headers, stream=_Stream(response)), limits
            )
        except BaseException:
            await _closed(connection)
            raise
        origin = str(request.url.origin)
        if connection.is_idle() and origin not in self._idle:
            self._idle[origin] = connection
            if len(self._idle) <= _IDLE:
                return reply
            connection = self._idle.pop(next(iter(self._idle)))  # the one that waits longest
        await _closed(connection)
        return reply

    def _proxy(self, url: httpx.URL) -> str:
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all", "")
        return "" if not proxy or proxy_bypass(url.netloc.decode("ascii")) else proxy

    def _through(self, proxy: str) -> httpx.AsyncHTTPTransport:
        if proxy not in self._proxied:
            self._proxied[proxy] = httpx.AsyncHTTPTransport(
                proxy=proxy, verify=self._context, trust_env=False
            )
        return self._proxied[proxy]

    async def aclose(self) -> None:
        """Close every connection."""
        for connection in self._idle.values():
            await _closed(connection)
        for transport in self._proxied.values():
            await transport.aclose()


class _Stream(httpx.AsyncByteStream):
    """httpcore's body as httpx's."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> Any:
        async for part in self._response.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._response.aclose()


class _Guarded(httpcore.AsyncNetworkBackend):
    """Connects to addresses that it has checked itself."""

    def __init__(self, resolver: Resolver, allow: Callable[[str], bool]) -> None:
        self._resolver = resolver
        self._allow = allow

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first of the host's public addresses that takes one."""
        del timeout, local_address, socket_options  # the caller's deadline holds for everything
        addresses = [a for a in await self._resolver(host) if self._allow(a)][:3]
        if not addresses:
            raise PrivateAddressError(host)
        for address in addresses[:-1]:
            with suppress(OSError):  # TimeoutError is one
                async with asyncio.timeout(_CONNECT_SECONDS):
                    return await Stream.connect(address, port)
        return await Stream.connect(addresses[-1], port)

    async def sleep(self, seconds: float) -> None:
        """See httpcore."""
        await asyncio.sleep(seconds)


async def _read(response: httpx.Response, limits: _Limits) -> Reply:
    try:
        headers = {k.lower(): v for k, v in response.headers.items()}
        start, empty = b"", False
        if _worth_a_look(response.status_code, headers, limits.body):
            start, empty = await _look(response, headers, limits)
    finally:
        await response.aclose()
    cookies = tuple(c.partition(";")[0] for c in response.headers.get_list("set-cookie"))
    return Reply(response.status_code, headers, start, empty, cookies)


async def _closed(connection: httpcore.AsyncHTTPConnection) -> None:
    with suppress(Exception):  # a connection that cannot even be closed well is gone all the same
        await connection.aclose()


def _worth_a_look(status: int, headers: Mapping[str, str], body: int) -> bool:
    if body > LOOK or status == 202:
        return True
    kind = headers.get("content-type", "text/html")
    return (200 <= status < 300 or status in (404, 410)) and "html" in kind.lower()


async def _look(response: httpx.Response, headers: Mapping[str, str], limits: _Limits) -> tuple[bytes, bool]:
    """The start of a body, decompressed but never beyond the limit, and whether there is no body at all."""
    coding = headers.get("content-encoding", "").strip().lower()
    inflate = zlib.decompressobj(wbits=47) if coding in ("gzip", "x-gzip", "deflate") else None
    found, raw, limit = bytearray(), 0, limits.body
    # Before the deadline of the request runs out: the status is here already, and it is the verdict.
    end = min(asyncio.get_running_loop().time() + _LOOK_SECONDS, limits.end) if limit <= LOOK else limits.end
    try:
        async with asyncio.timeout_at(end):
            async for part in response.stream:  # type: ignore[union-attr]  # an async transport's stream is async
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
    return local_name(urlsplit(url).hostname or "")
