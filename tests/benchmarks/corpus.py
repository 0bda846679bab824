"""Write a site of any size whose statistics are those of real pages. The same seed gives the same bytes.

    python tests/benchmarks/corpus.py FOLDER --pages 14000 [--links 24] [--seed 1]

The tables below are quantiles counted on 1,270 pages of a wiki that moved to Hugo: a property of a page is drawn by
interpolating between them. `--links` fixes the number of internal links a page instead.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

AT = (0.0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0)
"""Where the quantiles below lie."""
LETTERS = (0, 0, 1315, 2595, 5114, 18412, 34111, 85040, 300_000)
"""Characters of a body."""
HEADINGS = (0, 0, 1, 2, 4, 8, 14, 28, 60)
POSTS = (0, 0, 0, 0, 1, 3, 5, 12, 40)
"""Links to other posts."""
TERMS = (0, 0, 0, 0, 1, 4, 6, 20, 60)
"""Links to term pages."""
WEB = (0, 0, 0, 1, 3, 7, 12, 64, 150)
"""Links to other hosts."""
TAGS = (0, 0, 0, 1, 3, 13, 37, 393, 1200)
"""Raw HTML tags."""
IMAGES = (0, 0, 0, 1, 3, 4, 5, 13, 40)
BOLD = (0, 0, 0, 1, 3, 7, 13, 43, 200)
ITEMS = (0, 0, 0, 1, 7, 16, 27, 96, 300)
"""List items."""
ROWS = (0, 0, 0, 0, 0, 0, 2, 16, 200)
"""Table rows."""
LABELS = (1, 1, 4, 8, 14, 30, 46, 79, 130)
"""Tags of a page."""

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
    labels = rng.sample(terms, max(1, draw(rng, LABELS)))
    front = {
        "title": title,
        "slug": slug,
        "aliases": [f"/{title.replace(' ', '+')}+{number}", f"/{number + 1000}"],
        "tiki_page_id": number + 1000,
        "date": f"20{rng.randint(10, 24)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "categories": labels[:2],
        "tags": labels,
    }
    blocks = [f"{'#' * (2 + n % 3)} {sentence(rng, 5)} {n}" for n in range(draw(rng, HEADINGS))]
    linked = draw(rng, POSTS) if links is None else links
    blocks += [f"* [{sentence(rng, 6)}](/posts/{rng.choice(slugs)})" for _ in range(linked)]
    for _ in range(draw(rng, TERMS) if links is None else 0):
        term = rng.choice(labels).replace(" ", "-")
        blocks.append(f"[{sentence(rng, 3)}](/tags/{term}.html) {sentence(rng, 8)}")
    blocks += [cited(rng) for _ in range(draw(rng, WEB))]
    spans = draw(rng, TAGS) // 2
    blocks += [f'<span style="color:#30f">{sentence(rng, 4)}</span>' for _ in range(spans)]
    images = draw(rng, IMAGES)
    blocks += [
        f'<img src="https://img.example.org/{rng.randint(1, 10**6)}.jpg" alt="image">' for _ in range(images)
    ]
    blocks += [f" **{sentence(rng, 5)}** {sentence(rng, 5)}" for _ in range(draw(rng, BOLD))]
    lists = draw(rng, ITEMS) // 4
    blocks += ["\n".join(f"* {sentence(rng, 8)}" for _ in range(4)) for _ in range(lists)]
    rows = draw(rng, ROWS)
    if rows:
        cells = "\n".join(f"| {sentence(rng, 3)} | {rng.randint(1, 99)} |" for _ in range(rows))
        blocks.append(f"| what | n |\n| --- | --- |\n{cells}")
    rng.shuffle(blocks)
    size = sum(map(len, blocks))
    wanted = draw(rng, LETTERS)
    while size < wanted:
        at = rng.randint(0, len(blocks))
        blocks.insert(at, paragraph(rng))
        size += len(blocks[at])
    return json.dumps(front, indent=4) + "\n\n\n" + "\n\n".join(blocks or ["A short note."]) + "\n"


def cited(rng: random.Random) -> str:
    """A link to a paper or a bare address."""
    doi = f"10.{rng.randint(1000, 9999)}/{rng.choice(WORDS)}.{rng.randint(1, 10**6)}"
    host = f"{rng.choice(WORDS)}{rng.randint(1, 99)}.example.org"
    return rng.choice((f"[{sentence(rng, 4)}](https://doi.org/{doi})", f"See https://{host}/{doi} for more"))


def draw(rng: random.Random, quantiles: tuple[int, ...]) -> int:
    """A number with that distribution."""
    u = rng.random()
    i = next(i for i in range(1, len(AT)) if u <= AT[i])
    share = (u - AT[i - 1]) / (AT[i] - AT[i - 1])
    return round(quantiles[i - 1] + share * (quantiles[i] - quantiles[i - 1]))


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
