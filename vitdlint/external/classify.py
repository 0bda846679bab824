"""From what a request brought (a status and headers, or a failure) to a class. Pure."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field

from . import bot_block, retry_after
from .answer import Kind

_BLOCKED = frozenset({401, 402, 403, 405, 406, 407, 412, 418, 428, 440, 449, 451, 999})
"""Codes that say "not you" or "not so", and nothing about the page."""
_TLS = {
    10: "expired",
    9: "not-yet-valid",
    18: "self-signed",
    19: "self-signed",
    20: "incomplete-chain",
    21: "incomplete-chain",
    23: "revoked",
    62: "hostname-mismatch",
    64: "hostname-mismatch",
}
"""OpenSSL's X509_V_ERR codes."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What one request brought: a status with headers and the start of the body, or `failure`."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    body: bytes = b""
    """At most the first kilobytes, decompressed; empty where nobody looked."""
    empty: bool = False
    """The body was looked at and there is none."""
    cookies: tuple[str, ...] = ()
    """The cookies that the host sets, each as `name=value`."""
    failure: tuple[Kind, str] | None = None


def of_reply(reply: Reply, accept: tuple[int, ...] = ()) -> tuple[Kind, str]:
    """The class of a reply that is no redirect, and its detail."""
    if reply.failure is not None:
        return reply.failure
    status, code = reply.status, str(reply.status)
    if status in accept:
        return Kind.OK, code
    if sign := bot_block.by_headers(reply.headers):
        return Kind.BLOCKED, f"{code},{sign}"
    if 200 <= status < 300:
        if status == 202 and reply.empty:
            return Kind.BLOCKED, "202,empty"
        if bot_block.by_body(reply.body):
            return Kind.BLOCKED, f"{code},challenge"
        return Kind.OK, code
    if status == 304:
        return Kind.OK, code
    if status == 429 or (status in (403, 503) and retry_after.limited(reply.headers)):
        return Kind.RATE_LIMITED, code
    if status in (404, 410):
        # A challenge may answer 404 as well; its body shows what it is.
        return (Kind.BLOCKED, f"{code},challenge") if bot_block.by_body(reply.body) else (Kind.GONE, code)
    if status in _BLOCKED:
        return Kind.BLOCKED, code
    if status == 408:
        return Kind.UNREACHABLE, code
    # Also the rare 4xx (400, 414, 421…): something is wrong there, and it is not clear that the page is gone.
    return Kind.SERVER_ERROR, code


def of_exception(error: BaseException) -> tuple[Kind, str]:
    """The class of a request that ended with an exception, whatever wrapped it."""
    import socket  # with ssl 8 ms; a run that asks nothing needs neither
    import ssl

    for cause in _chain(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Kind.TLS, _TLS.get(cause.verify_code, "certificate")
        if isinstance(cause, socket.gaierror):
            # EAI_NONAME is NXDOMAIN. A name without an address (EAI_NODATA) and a resolver in trouble are not.
            gone = cause.errno == socket.EAI_NONAME
            return (Kind.NO_DOMAIN, "NXDOMAIN") if gone else (Kind.UNREACHABLE, "resolver")
        if isinstance(cause, ssl.SSLError) and not isinstance(
            cause, (ssl.SSLEOFError, ssl.SSLZeroReturnError)
        ):
            return Kind.TLS, "handshake"
    for cause in _chain(error):
        if (
            type(cause).__name__ == "ProxyError"
        ):  # it dug no tunnel: 407 and 403 are its own, and others of the host
            code = str(cause)[:3]
            return (Kind.BLOCKED, code) if code in ("403", "407") else (Kind.UNREACHABLE, "proxy")
        if isinstance(cause, TimeoutError) or "Timeout" in type(cause).__name__:
            return Kind.UNREACHABLE, "timeout"
        if isinstance(cause, ConnectionRefusedError):
            return Kind.UNREACHABLE, "refused"
        if isinstance(cause, (ConnectionError, ssl.SSLError)) or "EndOfStream" in type(cause).__name__:
            return Kind.UNREACHABLE, "reset"
        if isinstance(cause, OSError) and cause.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
            return Kind.UNREACHABLE, "no-route"
        if "ProtocolError" in type(cause).__name__:
            return Kind.UNREACHABLE, "reset" if "disconnected" in str(cause) else "protocol"
    return Kind.UNREACHABLE, "connection"


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    queue = [error]
    while queue and len(found) < 30:
        cause = queue.pop(0)
        if cause is None or any(cause is known for known in found):
            continue
        found.append(cause)
        queue += [cause.__cause__, cause.__context__]
        if isinstance(cause, BaseExceptionGroup):
            queue += cause.exceptions
    return found
