"""Write a site of any size whose statistics are those of real pages. The same seed gives the same bytes.

    python tests/benchmarks/corpus.py FOLDER --pages 14000 [--links 24] [--seed 1]

The tables below are quantiles counted on 1,270 pages of a wiki that moved to Hugo; `likeness.py` counts them on any site
and on what is made here. What a page has of each is drawn by interpolating between them, more on pages that are long.
The largest values are below the real ones, so that the means are near them. `--links` fixes the number of internal links
instead.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from pathlib import Path
from statistics import NormalDist

NORMAL = NormalDist()
AT = (0.0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0)
"""Where the quantiles below lie."""
LETTERS = (0, 0, 1315, 2594, 5114, 18313, 34111, 84831, 130_000)
"""Characters of a body."""
HEADINGS = (0, 0, 1, 2, 4, 8, 14, 28, 40)
POSTS = (0, 0, 0, 0, 1, 4, 6, 22, 30)
"""Links to other posts."""
TERMS = (0, 0, 0, 0, 1, 4, 6, 18, 60)
"""Links to term pages."""
WEB = (0, 0, 0, 1, 2, 4, 10, 46, 130)
"""Links to other hosts."""
TAGS = (0, 0, 0, 2, 5, 21, 67, 733, 1800)
"""Raw HTML tags."""
IMAGES = (0, 0, 0, 0, 1, 3, 4, 13, 30)
BOLD = (0, 0, 0, 1, 3, 7, 13, 39, 220)
ITEMS = (0, 0, 0, 2, 9, 23, 47, 164, 250)
"""List items."""
ROWS = (0, 0, 0, 0, 0, 0, 0, 13, 80)
"""Table rows."""
LABELS = (1, 1, 4, 8, 14, 29, 46, 78, 130)
"""Tags of a page."""
RELATED = (0.69, 120, 144)
"""The share of pages with a list in the front matter that is no taxonomy, and how long it is at least and at most."""
FLAWED = {"link": 0.02, "doi": 0.1, "label": 0.01, "heading": 0.06, "markup": 0.15}
"""The share of links to posts that lead nowhere, of DOIs with a full stop, of tags with a space at the end, and of pages
with an empty heading and with markup of the old wiki: one or two findings a page with those of empty pages, as there."""
TOGETHER = 0.8
"""How much what a page has depends on how long it is: the correlation of two normal variables."""

WORDS = tuple(
    """light lamp winter desk window morning noon evening lux candle meter reading dose level trial sun skin bone
muscle sleep child adult month week year north south high low more less than with without after before study result
table chart note page risk rate share half third double daily weekly food fish milk cloud glass summer autumn spring
hour minute arm face dark bright blue red warm cold room house school office city village coast valley island""".split()  # noqa: SIM905  # words read better as words
)


def main() -> None:
    """Write the site that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=2500)
    parser.add_argument("--links", type=int, default=None)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    write(args.folder, args.pages, args.seed, args.links)


def write(folder: Path, pages: int, seed: int = 1, links: int | None = None) -> None:
    """A site of that many posts below `folder`, which need not exist."""
    rng = random.Random(seed)
    posts = folder / "content" / "posts"
    posts.mkdir(parents=True, exist_ok=True)
    (folder / "hugo.toml").write_text(
        'baseURL = "https://bench.example/"\nuglyURLs = true\n[markup.goldmark.renderer]\nunsafe = true\n'
        '[taxonomies]\ncategory = "categories"\ntag = "tags"\n'
    )
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True, exist_ok=True)
    for name in ("single", "list"):
        (layouts / f"{name}.html").write_text("<title>{{ .Title }}</title>{{ .Content }}\n")
    slugs = [f"{'-'.join(rng.sample(WORDS, 6))}-{number}" for number in range(pages)]
    terms = [f"{a} {b}" for a in WORDS[:30] for b in WORDS[30:42]]
    for number, slug in enumerate(slugs):
        (posts / f"{slug}.md").write_text(page(rng, number, slug, slugs, terms, links), encoding="utf-8")


def page(
    rng: random.Random, number: int, slug: str, slugs: list[str], terms: list[str], links: int | None
) -> str:
    """One post with JSON front matter."""
    title = slug.rpartition("-")[0].replace("-", " ").capitalize()
    length = rng.gauss(0, 1)
    labels = [f"{term} " if flawed(rng, "label") else term for term in rng.sample(terms, draw(rng, LABELS))]
    front = {
        "title": title,
        "slug": slug,
        "aliases": [f"/{title.replace(' ', '+')}+{number}", f"/{number + 1000}"],
        "tiki_page_id": number + 1000,
        "date": f"20{rng.randint(10, 24)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "categories": labels[:2],
        "tags": labels,
    }
    if rng.random() < RELATED[0]:
        front["related_terms"] = sorted(rng.sample(terms, rng.randint(*RELATED[1:])))
    headings = draw(rng, HEADINGS, length)
    blocks = [f"{'#' * (2 + n % 3)} {sentence(rng, 5)} {n}" for n in range(headings)]
    if flawed(rng, "heading"):
        blocks.append("##")
    if flawed(rng, "markup"):
        blocks.append(f"~~#F00:{sentence(rng, 4)}~~ {sentence(rng, 8)}")
    linked = draw(rng, POSTS, length) if links is None else links
    blocks += [f"* [{sentence(rng, 6)}](/posts/{target(rng, slugs)})" for _ in range(linked)]
    for _ in range(draw(rng, TERMS, length) if links is None else 0):
        term = rng.choice(labels).strip().replace(" ", "-")
        blocks.append(f"[{sentence(rng, 3)}](/tags/{term}.html) {sentence(rng, 8)}")
    blocks += [cited(rng) for _ in range(draw(rng, WEB, length))]
    images = draw(rng, IMAGES, length)
    blocks += [
        f'<img src="https://img.example.org/{rng.randint(1, 10**6)}.jpg" alt="image">' for _ in range(images)
    ]
    spans = max(0, draw(rng, TAGS, length) - images) // 2
    blocks += [f'<span style="color:#30f">{sentence(rng, 4)}</span>' for _ in range(spans)]
    blocks += [f" **{sentence(rng, 5)}** {sentence(rng, 5)}" for _ in range(draw(rng, BOLD, length))]
    items = [f"* {sentence(rng, 8)}" for _ in range(max(0, draw(rng, ITEMS, length) - linked))]
    blocks += ["\n".join(items[i : i + 4]) for i in range(0, len(items), 4)]
    rows = draw(rng, ROWS, length)
    if rows:
        cells = "\n".join(f"| {sentence(rng, 3)} | {rng.randint(1, 99)} |" for _ in range(rows - 1))
        blocks.append(f"| what | n |\n| --- | --- |\n{cells}")
    rng.shuffle(blocks)
    size = sum(map(len, blocks))
    wanted = draw(rng, LETTERS, length, 1.0)
    while size < wanted:
        at = rng.randint(0, len(blocks))
        blocks.insert(at, paragraph(rng))
        size += len(blocks[at])
    return json.dumps(front, indent=4) + "\n\n\n" + "\n\n".join(blocks) + "\n"


def target(rng: random.Random, slugs: list[str]) -> str:
    """Another page, by its slug, or by what somebody took for it."""
    slug = rng.choice(slugs)
    return slug.replace("-", "-old-", 1) if flawed(rng, "link") else slug


def flawed(rng: random.Random, kind: str) -> bool:
    """Whether something is as it should not be."""
    return rng.random() < FLAWED[kind]


def cited(rng: random.Random) -> str:
    """A link to a paper or a bare address."""
    doi = f"10.{rng.randint(1000, 9999)}/{rng.choice(WORDS)}.{rng.randint(1, 10**6)}"
    if flawed(rng, "doi"):
        doi += "."
    host = f"{rng.choice(WORDS)}{rng.randint(1, 99)}.example.org"
    return rng.choice((f"[{sentence(rng, 4)}](https://doi.org/{doi})", f"See https://{host}/{doi} for more"))


def draw(
    rng: random.Random,
    quantiles: tuple[int, ...],
    length: float | None = None,
    together: float = TOGETHER,
) -> int:
    """A number with that distribution; the larger, the larger `length` is, which is normally distributed."""
    normal = rng.gauss(0, 1)
    if length is not None:
        normal = together * length + math.sqrt(1 - together**2) * normal
    share = NORMAL.cdf(normal)
    i = next(i for i in range(1, len(AT)) if share <= AT[i])
    part = (share - AT[i - 1]) / (AT[i] - AT[i - 1])
    return round(quantiles[i - 1] + part * (quantiles[i] - quantiles[i - 1]))


def sentence(rng: random.Random, words: int) -> str:
    """So many words."""
    return " ".join(rng.choices(WORDS, k=words))


def paragraph(rng: random.Random) -> str:
    """A few sentences with numbers in them."""
    return " ".join(
        f"{sentence(rng, rng.randint(6, 18)).capitalize()} {rng.randint(1, 99)}."
        for _ in range(rng.randint(2, 6))
    )


if __name__ == "__main__":
    main()
