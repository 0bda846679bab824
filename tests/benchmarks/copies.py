"""Make a large site of a real one: its pages again under other names, until there are as many as asked for.

    python tests/benchmarks/copies.py SITE --pages 14000

A copy has a number behind its title, slug, URL and aliases, and is otherwise the page, in a folder beside it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from vitdlint.files.tree import DiskTree
from vitdlint.hugo.config import load
from vitdlint.page.page import Facts, Settings
from vitdlint.page.read import read_page


def main() -> None:
    """Grow the site that the command line names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--pages", type=int, default=14000)
    args = parser.parse_args()
    multiply(args.site, args.pages)


def multiply(site: Path, pages: int) -> None:
    """Add copies of the site's plain pages; section and bundle pages stay as they are."""
    settings = Settings(markup=load(DiskTree(site)).markup)
    every = sorted((site / "content").rglob("*.md"))
    plain = [page for page in every if page.stem not in {"_index", "index"}]
    for extra in range(max(0, pages - len(every))):
        number, page = divmod(extra, len(plain))
        source = plain[page]
        copy = source.with_name(f"{source.stem}-copy{number}.md")
        data = source.read_bytes()
        facts = read_page(str(source), data, settings, None).facts
        text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff").replace("\r\n", "\n")
        for at in sorted(_ends(facts, text), reverse=True):
            text = f"{text[:at]}-{number}{text[at:]}"
        copy.write_bytes(text.encode("utf-8", "surrogateescape"))


def _ends(facts: Facts, text: str) -> Iterator[int]:
    """Where the number goes in: the end of each name of the page, before a closing quotation mark or slash."""
    aliases = facts.front.get("aliases")
    names: list[tuple[str | int, ...]] = [("title",), ("slug",), ("url",)]
    names += [("aliases", index) for index in range(len(aliases) if isinstance(aliases, list) else 0)]
    for name in names:
        if facts.front.get(str(name[0])):
            span = facts.span(*name)
            written = text[span.start : span.end]
            yield span.start + len(written.rstrip("\"'/"))


if __name__ == "__main__":
    main()
