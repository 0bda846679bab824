"""The network pass against local hosts: answers a second, memory, and how close to the bound of politeness.

    python tests/benchmarks/links.py [--urls 50000] [--peer]

The links are spread as on a large documentation site (opentelemetry.io): 57 % on one host, 73 % on ten, 86 % on fifty,
90 % on a hundred of six hundred hosts. Every answer takes 20 ms. `--peer` runs linkinator (by npx) on the same links
and servers. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from zlib import crc32

HOSTS = 600
SHARES = ((1, 0.573), (9, 0.157), (40, 0.13), (50, 0.04), (500, 0.10))
DELAY = 0.02


def urls_of(count: int, port: int) -> list[str]:
    """The links; hosts are addresses of the loopback network, so that every peer finds them."""
    found: list[str] = []
    host = 0
    for hosts, share in SHARES:
        for i in range(hosts):
            host += 1
            name = f"127.0.{1 + host // 200}.{1 + host % 200}:{port}"
            number = round(count * share * (i + 1) / hosts) - round(count * share * i / hosts)
            found += [f"http://{name}/page/{n}" for n in range(number)]
    return found


def fate(address: str, path: str) -> int:
    """What becomes of a page: below 3 a redirect, 3 and 4 gone, 5 and 6 blocked, 7 broken."""
    return crc32(f"{path}{address}".encode()) % 100


class Answering(asyncio.Protocol):
    """A host: mostly good pages, some redirects, some that are gone, blocked or broken."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.rest = b""

    def data_received(self, data: bytes) -> None:
        self.rest += data
        while b"\r\n\r\n" in self.rest:
            head, _, self.rest = self.rest.partition(b"\r\n\r\n")
            method, path, _ = head.split(b" ", 2)
            asyncio.get_running_loop().call_later(DELAY, self.answer, method, path)

    def answer(self, method: bytes, path: bytes) -> None:
        number = fate(self.transport.get_extra_info("sockname")[0], path.decode())
        status, extra = b"200", b""
        if b"/page/" in path:
            if number < 3:
                status, extra = b"301", b"Location: " + path.replace(b"/page/", b"/moved/") + b"\r\n"
            elif number < 8:
                status = {3: b"404", 4: b"404", 5: b"403", 6: b"403", 7: b"500"}[number]
        body = b"<title>A page</title>" + b"<p>text</p>" * 60
        head = b"HTTP/1.1 %s X\r\nContent-Type: text/html\r\nContent-Length: %d\r\n%s\r\n" % (
            status,
            len(body),
            extra,
        )
        self.transport.write(head if method == b"HEAD" else head + body)  # type: ignore[attr-defined]  # the base class calls it a BaseTransport; a server's can write


async def serve() -> None:
    """Serve all addresses on one port; prints it."""
    loop = asyncio.get_running_loop()
    sockets = (await loop.create_server(Answering, "0.0.0.0", 0, backlog=4000)).sockets
    print(sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


def run_pass(file: Path, interval: float, concurrency: int, total: int) -> None:
    """One pass in this process; prints figures as JSON."""
    from vitdlint.external.fetch.refresh import Pass, refresh
    from vitdlint.external.settings import LinksConfig

    urls = file.read_text().split()
    config = LinksConfig(interval=interval, concurrency=concurrency, total=total, second_try=1)
    largest = urls[0].split("/")[2]
    others = {u for u in urls if largest not in u}
    ends: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        from vitdlint.external.fetch import refresh as module

        take = module._Run._answer
        started = time.monotonic()

        def noted(self: Any, url: str, answer: Any, job: Any) -> Any:
            if url in others:
                ends["others"] = time.monotonic() - started
            return take(self, url, answer, job)

        module._Run._answer = noted  # type: ignore[method-assign]  # looks on as answers come
        from datetime import UTC, datetime

        state = Path(folder, "state.txt")
        asyncio.run(
            refresh(Pass(urls), config, state, datetime.now(UTC), allow=lambda a: a.startswith("127."))
        )
        seconds = time.monotonic() - started
        kinds: dict[str, int] = {}
        for line in state.read_text().splitlines()[2:]:
            kind = line.split(" ")[1]
            kinds[kind] = kinds.get(kind, 0) + 1
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "urls": len(urls),
                "seconds": seconds,
                "others": ends.get("others", 0.0),
                "memory": usage.ru_maxrss / 1024,
                "cpu": usage.ru_utime + usage.ru_stime,
                "kinds": kinds,
            }
        )
    )


def ask(file: Path, *figures: float) -> dict[str, float]:
    """A pass in a process of its own."""
    words = [sys.executable, __file__, "--pass", str(file), *map(str, figures)]
    found: dict[str, float] = json.loads(
        subprocess.run(words, capture_output=True, text=True, check=True).stdout
    )
    return found


def linkinator(urls: list[str], folder: Path) -> dict[str, float]:
    """The same links by linkinator."""
    page = folder / "index.html"
    page.write_text("".join(f'<a href="{u}">x</a>\n' for u in urls))
    started = time.monotonic()
    words = ["npx", "--yes", "linkinator@7", "index.html", "--concurrency", "100", "--format", "json"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = folder / "told.json"
    with output.open("wb") as file:  # it ends before a pipe has taken everything
        subprocess.run(words, stdout=file, stderr=subprocess.DEVNULL, cwd=folder, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    text = output.read_bytes()
    found = json.loads(text[text.index(b"{") :])
    return {
        "urls": len(found["links"]),
        "seconds": time.monotonic() - started,
        "memory": after.ru_maxrss / 1024,
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--urls", type=int, default=50_000)
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--pass", nargs=4, dest="one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        asyncio.run(serve())
        return
    if chosen.one:
        file, interval, concurrency, total = chosen.one
        run_pass(Path(file), float(interval), int(float(concurrency)), int(float(total)))
        return
    # The peer keeps tens of thousands of connections open; what the host then complains of is no figure.
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert server.stdout is not None
    port = int(server.stdout.readline())
    try:
        with tempfile.TemporaryDirectory() as folder:
            report(Path(folder), port, chosen.urls, peer=chosen.peer)
    finally:
        server.kill()


def report(folder: Path, port: int, count: int, *, peer: bool) -> None:
    file = folder / "urls.txt"
    urls = urls_of(count, port)
    file.write_text("\n".join(urls))
    load = os.getloadavg()[0]
    print(
        f"{len(urls):,} links on {HOSTS} hosts, answers after {DELAY * 1000:.0f} ms; load before: {load:.1f}\n"
    )
    print(
        "| run | links | seconds | answers/s | memory MB | CPU s | all but the largest host | bound by the interval |"
    )
    print("|---|---|---|---|---|---|---|---|")
    free = ask(file, 0, 16, 100)
    row("vitdlint, no politeness, 100 at once", free)
    if peer:
        row("linkinator 7, 100 at once", linkinator(urls, folder))
    few = urls_of(count // 20, port)
    file.write_text("\n".join(few))
    interval = 0.05
    largest = few[0].split("/")[2]
    # A redirect is one more request of its host, and so is the second try of a failure.
    requests = sum(
        2 if fate(largest.partition(":")[0], "/page/" + u.rpartition("/")[2]) in (0, 1, 2, 3, 4, 7) else 1
        for u in few
        if largest in u
    )
    bound = requests * interval
    row(f"vitdlint, one request a host each {interval * 1000:.0f} ms", ask(file, interval, 1, 64), bound)
    print(f"\nclasses: {free['kinds']}")


def row(name: str, figures: dict[str, float], bound: float | None = None) -> None:
    others = f"{figures['others']:.1f} s" if "others" in figures else ""
    limit = f"{bound:.1f} s (+{figures['seconds'] / bound - 1:.1%})" if bound else ""
    print(
        f"| {name} | {figures['urls']:,.0f} | {figures['seconds']:.1f} | {figures['urls'] / figures['seconds']:,.0f} "
        f"| {figures['memory']:.0f} | {figures['cpu']:.1f} | {others} | {limit} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
