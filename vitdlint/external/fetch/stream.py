"""Connections for httpcore over asyncio alone: closed at once whatever happens, and half as dear as through anyio."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

import httpcore

_CHUNK = 65_536


class Stream(httpcore.AsyncNetworkStream):
    """One TCP connection, perhaps with TLS on it. Timeouts are the caller's business: arguments for them are ignored."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, address: str, port: int) -> Stream:
        """Connect to a literal address; raises OSError."""
        return cls(*await asyncio.open_connection(address, port, limit=_CHUNK))

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109  # httpcore's
        """What has come, b'' at the end; raises httpcore.ReadError."""
        del timeout
        try:
            return await self._reader.read(max_bytes)
        except (ConnectionError, ssl.SSLError) as error:
            raise httpcore.ReadError(str(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109  # httpcore's
        """Send; raises httpcore.WriteError."""
        del timeout
        try:
            self._writer.write(buffer)
            await self._writer.drain()
        except (ConnectionError, ssl.SSLError) as error:
            raise httpcore.WriteError(str(error)) from error

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's
    ) -> Stream:
        """Begin TLS; raises ssl.SSLError and OSError. A handshake that fails or is given up leaves nothing open."""
        del timeout
        try:
            await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except BaseException:
            self._writer.transport.abort()
            raise
        return self

    async def aclose(self) -> None:
        """Close without waiting for the other side."""
        self._writer.transport.abort()

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks for: the TLS object, and whether an idle connection was closed by the other side."""
        if info == "is_readable":
            return self._reader.at_eof()
        return self._writer.get_extra_info(info)
