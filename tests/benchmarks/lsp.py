"""What the language server costs: a scripted editor on a generated site, or on a folder.

    make bench-editor [ARGS='--pages 14000 --edits 40 --many 10000']
    python tests/benchmarks/lsp.py [--site FOLDER]

Seconds and milliseconds by the clock, and beside them those of the processor, which say more on a machine that does other things
too. Memory is the resident size of the server, which is one process.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from run import measured_with
from support.edits import edits_of
from support.lsp import Client
from support.run import write

WORDS = "light lamp winter sun bone milk study dose skin food sea city north blood sleep".split()  # noqa: SIM905  # words read better as words


def generated(pages: int) -> Iterator[tuple[str, str]]:
    """A site of that many pages in sections, with terms, headings, links, and some that are dead."""
    chance = random.Random(1)
    yield "hugo.toml", ""
    for number in range(pages):
        title = f"{' '.join(chance.sample(WORDS, 3))} {number}"
        tags = ", ".join(chance.sample(WORDS, 3))
        links = " ".join(
            f"[a page](/posts/p{chance.randrange(int(pages * 1.02))}/#h{chance.randrange(5)})"
            for _ in range(3)
        )
        body = "".join(f"## H{n}\n\n{' '.join(chance.choices(WORDS, k=60))} {links}\n\n" for n in range(5))
        yield f"content/posts/p{number}.md", f"---\ntitle: {title}\ntags: [{tags}]\n---\n\n{body}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=2500)
    parser.add_argument("--site", type=Path)
    parser.add_argument("--edits", type=int, default=40, help="how often each edit is done")
    parser.add_argument("--many", type=int, default=0, help="edits after which memory is looked at again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = options.site or write(Path(folder, "site"), dict(generated(options.pages)))
        pages = sorted((root / "content").rglob("*.md"))
        page = pages[0].relative_to(root).as_posix()
        text = pages[0].read_text(encoding="utf-8")
        print(f"{len(pages):,} pages; {measured_with()}\n")
        shutil.rmtree(root.parent / f"{root.name}.cache", ignore_errors=True)  # as `Client` names it
        for name in ("cold", "warm"):
            _start(root, name, page, text)
        with Client(root) as client:
            client.open(page, text)
            client.settled()
            print()
            _edits(client, page, text, options.edits)
            _memory(client, "after these")
            if options.many:
                _many(client, page, text, options.many)


def _start(root: Path, name: str, page: str, text: str) -> None:
    """From the start of the process on."""
    started = time.perf_counter()
    with Client(root) as client:

        def now() -> str:
            return f"{time.perf_counter() - started:.2f} s (CPU {_cpu(client.pid):.2f})"

        answered = now()
        client.open(page, text)
        client.published(page)
        opened = now()
        client.settled()
        print(f"{name}: initialize {answered}, first page {opened}, whole site {now()}")
        _memory(client, f"after a {name} start")


def _edits(client: Client, page: str, text: str, count: int) -> None:
    versions = iter(range(2, 10**6))
    uri = client.uri(page)

    def edit(what: str, new: Callable[[int], str]) -> None:
        """To the page's own findings, and to those of all pages."""
        own, whole, cpu = [], [], []
        for number in range(count):
            version, before = next(versions), _cpu(client.pid)
            started = time.perf_counter()
            client.change(page, new(number), version)
            client.published(page, version)
            own.append(time.perf_counter() - started)
            client.settled()
            whole.append(time.perf_counter() - started)
            cpu.append(_cpu(client.pid) - before)
        _say(f"{what}, its page", own)
        _say(f"{what}, all pages", whole, cpu)

    edit("a dead link", lambda n: f"{text}\n[x](/none/{n}/)\n")
    edit("a heading that others link to", lambda n: text.replace("## H0", f"## H0 {n}"))
    edit("a title", lambda n: text.replace("title: ", f"title: {n} ", 1))
    edit("a slug", lambda n: text.replace("title: ", f"slug: s{n}\ntitle: ", 1))
    line = text.count("\n") + 1
    took, cpu = [], []
    for typed in (WORDS * count)[:count]:
        client.change(page, f"{text}\n[x](/{typed}", next(versions))
        client.settled()
        before, started = _cpu(client.pid), time.perf_counter()
        found = client.at("completion", page, line, len(f"[x](/{typed}"))
        took.append(time.perf_counter() - started)
        cpu.append(_cpu(client.pid) - before)
        assert found["items"], uri
    _say("completion of a target", took, cpu)


def _many(client: Client, page: str, text: str, count: int) -> None:
    """As fast as the server takes them, of all kinds by turns: most are replaced by the next before they are checked."""
    kinds = itertools.cycle(edits_of(text).values())
    looks = {count // 5, count * 3 // 5, count}
    for number in range(1, count + 1):
        if number % 5 == 1:
            edit = next(kinds)
        client.change(page, edit(number), 10**6 + number)
        if number % 5 == 0 or number in looks:
            client.settled()
        if number in looks:
            _memory(client, f"after {number:,} more edits")


def _say(what: str, seconds: list[float], cpu: list[float] | None = None) -> None:
    found = sorted(1000 * each for each in seconds)
    late = found[max(-(-len(found) * 95 // 100) - 1, 0)]
    spent = f", CPU {1000 * statistics.median(cpu):.0f} ms" if cpu else ""
    print(f"{what}: median {statistics.median(found):.0f} ms, 95 % {late:.0f} ms{spent}")


def _cpu(pid: int) -> float:
    """Seconds of the processor that a process has had, in all of its threads that live."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def _memory(client: Client, when: str) -> None:
    status = dict(line.split(":", 1) for line in Path(f"/proc/{client.pid}/status").read_text().splitlines())
    now, peak = (int(status[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    print(f"memory {when}: {now:.0f} MB, at most {peak:.0f} MB")


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    main()
