"""From host names to addresses: by the system, off the event loop, each name once in a pass."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address

Resolve = Callable[[str], Awaitable[list[str]]]
"""The addresses of a host name; raises socket.gaierror."""


class Resolver:
    """The system's resolver with a memory. `forget` drops failures, so that a second try asks again."""

    def __init__(self, resolve: Resolve | None = None) -> None:
        self._resolve = resolve or self._system
        self._known: dict[str, asyncio.Task[list[str]]] = {}
        self._threads: ThreadPoolExecutor | None = None

    async def __call__(self, host: str) -> list[str]:
        """The addresses of a host name or of a literal address; raises socket.gaierror."""
        try:
            return [str(ip_address(host))]
        except ValueError:
            pass
        task = self._known.get(host)
        if task is None:
            task = self._known[host] = asyncio.ensure_future(self._resolve(host))
        # Shielded: the deadline of one request is no answer for the others that wait for the same name.
        return await asyncio.shield(task)

    def forget(self, host: str) -> None:
        """Ask again about a name, if it could not be resolved."""
        task = self._known.get(host)
        if task is not None and task.done() and (task.cancelled() or task.exception() is not None):
            del self._known[host]

    def close(self) -> None:
        """Leave the threads to themselves: a resolver that hangs must not hold the program."""
        for task in self._known.values():
            task.cancel()
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)

    async def _system(self, host: str) -> list[str]:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(32, thread_name_prefix="resolve")
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _lookup, host)
        return list(dict.fromkeys(found))


def _lookup(host: str) -> list[str]:
    entries = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return [str(entry[4][0]) for entry in entries]
