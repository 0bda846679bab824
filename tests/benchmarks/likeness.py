"""How like real pages the generated ones are: the same counts on both, as a Markdown table.

    python tests/benchmarks/likeness.py SITE [--seed 1]

Counts what each page below SITE/content has, generates as many pages, counts theirs, and prints the quantiles of both.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import corpus

from vitdlint.files.tree import DiskTree
from vitdlint.hugo.config import load
from vitdlint.page.page import Page, Settings
from vitdlint.page.read import read_page

ITEM = re.compile(r"^[ \t]*(?:[*+-]|\d+[.)])[ \t]", re.MULTILINE)
KNOWN = ("aliases", "tags", "categories")
BOLD = re.compile(r"\*\*[^*\n]+\*\*")


def main() -> None:
    """Print the table for the site that the command line names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    real = counted(args.site)
    pages = len(real["characters of the body"])
    with tempfile.TemporaryDirectory() as scratch:
        corpus.write(Path(scratch), pages, args.seed)
        made = counted(Path(scratch))
    print(f"{pages:,} pages of each kind\n")
    print(f"| of a page | | {' | '.join(f'{share:.0%}' for share in corpus.AT)} | mean |")
    print("|---" * (len(corpus.AT) + 3) + "|")
    for name, values in real.items():
        for kind, numbers in (("real", values), ("made", made[name])):
            print(f"| {name if kind == 'real' else ''} | {kind} | {' | '.join(quantiles(numbers))} |")


def counted(site: Path) -> dict[str, list[int]]:
    """What each page of a site has, by what was counted."""
    hugo = load(DiskTree(site), "production")
    settings = Settings(markup=hugo.markup)
    terms = tuple(f"/{name}/" for name in hugo.default.taxonomies)
    found: dict[str, list[int]] = {}
    for path in sorted((site / "content").rglob("*.md")):
        for name, number in counts(read_page(str(path), path.read_bytes(), settings, None), terms).items():
            found.setdefault(name, []).append(number)
    return found


def counts(page: Page, terms: tuple[str, ...]) -> dict[str, int]:
    """What a page has; `terms` is how addresses of term pages begin."""
    body, text = page.body, page.text
    images = [link for link in body.links if link.kind == "image" or link.attribute.startswith("img.")]
    links = [link.target for link in body.links if link not in images]
    web = [target for target in links if target.startswith(("http:", "https:", "//"))]
    to_terms = [target for target in links if target.startswith(terms)]
    others = [
        target for target in links if target not in web and target not in to_terms and ":" not in target[:9]
    ]
    return {
        "characters of the body": body.end - body.start,
        "characters of the front matter": page.front.end - page.front.start,
        "headings": len(body.headings),
        "links to pages": len(others),
        "links to term pages": len(to_terms),
        "links to other hosts": len(web),
        "images": len(images),
        "HTML tags": len(body.tags),
        "bold spans": len(BOLD.findall(text, body.start)),
        "list items": len(ITEM.findall(text, body.start)),
        "table rows": sum(len(table.rows) for table in body.tables),
        "aliases": len(listed(page, "aliases")),
        "tags": len(listed(page, "tags")),
        "items of other lists": sum(len(listed(page, key)) for key in page.front.data if key not in KNOWN),
    }


def listed(page: Page, name: str) -> list[object]:
    """A list of the front matter, empty if it is none."""
    value = page.front.get(name.lower())
    return value if isinstance(value, list) else []


def quantiles(numbers: Sequence[int]) -> list[str]:
    """The quantiles and the mean, in words."""
    ordered = sorted(numbers)
    last = len(ordered) - 1
    return [f"{ordered[round(share * last)]:,}" for share in corpus.AT] + [
        f"{sum(ordered) / len(ordered):,.1f}"
    ]


if __name__ == "__main__":
    main()
