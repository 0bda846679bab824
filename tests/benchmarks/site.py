"""How long the site takes: publishing 14,000 pages, and resolving their 210,000 links; CPU seconds.

    python tests/benchmarks/site.py

A yardstick of the same kind of work is printed beside them, as machines differ and have neighbours.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.hand import facts, page  # helpers of the tests
from support.hugo_compare import facts_of  # as above

from vitdlint.files.tree import MemoryTree  # as above
from vitdlint.hugo.config import load  # after the path is set
from vitdlint.hugo.files import content_files  # as above
from vitdlint.hugo.publication import Publication  # as above
from vitdlint.hugo.publish import publish  # as above
from vitdlint.site.addresses import Addresses, SiteSettings  # as above
from vitdlint.site.links import Links  # as above
from vitdlint.site.site import Site  # as above

NOW = datetime(2026, 1, 31, tzinfo=UTC)
PAGES, LINKS = 14_000, 15


def big_site() -> Site:
    draw = random.Random(7)
    words = [f"word{i}" for i in range(2_000)]
    slugs = ["-".join(draw.choices(words, k=7)) + f"-{i}" for i in range(PAGES)]

    def target() -> str:
        other, word = draw.choice(slugs), draw.choice(words)
        forms = (
            [f"/posts/{other}"] * 8
            + [f"/tags/{word}.html"] * 4
            + [f"https://doi.org/10.1/{draw.randrange(10**6)}"] * 4
            + [f"../{other}/", "#dose", f"/posts/{other}/#dose", f"/nope/{word}"]
        )
        return draw.choice(forms)

    outputs, pages = [], {}
    for slug in slugs:
        path = f"content/posts/{slug}.md"
        pages[path] = facts(path, [target() for _ in range(LINKS)], ["dose"])
        outputs.append(page(f"/posts/{slug}/", path=path, aliases=[f"/old-{slug}"]))
    outputs += [page(f"/tags/{word}/", kind="term", path=None) for word in words]
    config = load(MemoryTree({"hugo.toml": 'baseURL = "https://example.org/"'}))
    return Site(Addresses(config, Publication(tuple(outputs)), SiteSettings()), pages)


def published() -> Callable[[], object]:
    """Publishing 14,000 pages with aliases and terms."""
    tree: dict[str, str | bytes] = {"hugo.toml": "uglyURLs = true\n"}
    for i in range(PAGES):
        front = {
            "title": f"Page {i}",
            "slug": f"some-longer-name-{i}",
            "aliases": [f"/Some+longer+title–{i}", f"/{i}"],
            "tags": [f"Tag {i % 400}", f"Tag {(i * 7) % 400}"],
            "date": "2019-02-03",
        }
        tree[f"content/posts/some-longer-name-{i}.md"] = json.dumps(front)
    memory = MemoryTree(tree)
    config = load(memory)
    listed = content_files(config, memory)
    known = {f.path: facts_of(f.path, memory.read(f.path).decode()) for f in listed if f.is_page}
    return lambda: publish(config, memory, known, NOW, listed)


def yardstick() -> object:
    """Two hundred thousand look-ups in a table of as many."""
    table = {str(i): i for i in range(200_000)}
    return sum(table.get(str(i + 1), 0) for i in range(200_000))


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Print medians of five."""
    publishing = published()
    rows = {"yardstick": [], "publish 14,000 pages": [], f"resolve {PAGES * LINKS:,} links": []}  # type: dict[str, list[float]]
    for _ in range(5):
        site = big_site()
        site.addresses.outputs  # noqa: B018  # computed now, so that it is not measured below
        for name, work in zip(rows, (yardstick, publishing, lambda s=site: Links(s).all), strict=True):
            rows[name].append(seconds(work))
    for name, taken in rows.items():
        print(f"{name:<24} {statistics.median(taken):.2f} s")


if __name__ == "__main__":
    main()
