"""What the language server costs: a scripted editor on a generated site, or on a folder.

    python tests/benchmarks/lsp.py [--pages 2500] [--site FOLDER] [--edits 40]

Prints medians and 95th percentiles in milliseconds, and the server's memory.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

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
    parser.add_argument("--edits", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = options.site or write(Path(folder, "site"), dict(generated(options.pages)))
        first = min((root / "content").rglob("*.md"))
        page = first.relative_to(root).as_posix()
        text = first.read_text(encoding="utf-8")
        for name in ("cold", "warm"):
            started = time.perf_counter()
            with Client(root) as client:
                answered = time.perf_counter()
                client.open(page, text)
                client.published(page)
                opened = time.perf_counter()
                client.settled()
                print(
                    f"{name}: initialize {answered - started:.2f} s, first page {opened - started:.2f} s, ",
                    end="",
                )
                print(f"whole site {time.perf_counter() - started:.2f} s, {_memory(client.pid):.0f} MB")
        with Client(root) as client:
            client.open(page, text)
            client.settled()
            _edits(client, page, text, options.edits)
            print(f"memory after that: {_memory(client.pid):.0f} MB")


def _edits(client: Client, page: str, text: str, count: int) -> None:
    versions = iter(range(2, 10**6))

    def edited(new: Callable[[int], str]) -> Iterator[float]:
        for number in range(count):
            version = next(versions)
            started = time.perf_counter()
            client.change(page, new(number), version)
            client.published(page, version)
            yield time.perf_counter() - started
            client.settled()

    _say("body edit, its page", edited(lambda n: f"{text}\n[x](/none/{n}/)\n"))
    _say("heading renamed, its page", edited(lambda n: text.replace("## H0", f"## H0 {n}")))
    front = list(edited(lambda n: text.replace("title: ", f"title: {n} ", 1)))
    _say("title edit, its page", iter(front))

    def whole() -> Iterator[float]:
        for number in range(count // 4):
            started = time.perf_counter()
            client.change(page, text.replace("title: ", f"title: so {number} ", 1), next(versions))
            client.settled()
            yield time.perf_counter() - started

    _say("title edit, whole site", whole())
    line = text.count("\n") + 1

    def completed() -> Iterator[float]:
        for typed in WORDS * 3:
            client.change(page, f"{text}\n[x](/{typed}", next(versions))
            started = time.perf_counter()
            client.at("completion", page, line, len(f"[x](/{typed}"))
            yield time.perf_counter() - started
            client.settled()

    _say("completion of a target", completed())


def _say(what: str, seconds: Iterator[float]) -> None:
    found = sorted(1000 * each for each in seconds)
    print(
        f"{what}: median {statistics.median(found):.0f} ms, 95 % {found[int(len(found) * 0.95) - 1]:.0f} ms"
    )


def _memory(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
