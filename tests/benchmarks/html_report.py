"""What the HTML report costs, and how fast it is in Chromium.

    python tests/benchmarks/html_report.py [--pages 14000]

At 14,000 pages there are 50,000 findings, with excerpts and fixes, and 60,000 links from page to page.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.meter import Command, megabytes, seconds
from playwright.sync_api import sync_playwright
from support.chromium import CHROMIUM

ROUNDS = 3
TIMED = """async (act) => {
  const started = performance.now();
  new Function(act)();
  const handled = performance.now();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return [handled - started, performance.now() - started];
}"""
SET = "const f = document.querySelector('{}'); f.{} = {}; f.dispatchEvent(new Event('input', {{ bubbles: true }}));"
ACTIONS = {
    "filter by rule": SET.format("#filters [name=rule]", "value", "'VD601'"),
    "filter by text": SET.format("#filters [name=q]", "value", "'light lamp'"),
    "no filter again": "document.querySelector('#filters button[type=reset]').click();",
    "sort by message": "document.querySelector('[data-column=message] button').click();",
    "sort by page": "document.querySelector('[data-column=page] button').click();",
    "draw the map": "document.querySelector('#map').scrollIntoView(); "
    + SET.format("#map-form [name=dead]", "checked", "true"),
    "draw the map with all links": SET.format("#map-form [name=all]", "checked", "true"),
}


def main() -> None:
    """Write the site and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=14_000)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root / "site", pages)
        print(f"| {pages:,} pages | |\n|---|---|")
        for name, value in (*costs(root), *speeds(root / "report.html")):
            print(f"| {name} | {value} |", flush=True)


def write(site: Path, pages: int) -> None:
    """A site in 20 sections: four links to other pages on each page, two dead ones, a DOI and half a heading."""
    rng = random.Random(1)
    words = [
        "light",
        "lamp",
        "winter",
        "desk",
        "window",
        "morning",
        "noon",
        "evening",
        "candle",
        "meter",
        "reading",
        "dose",
        "level",
        "trial",
    ]
    site.mkdir()
    (site / "hugo.toml").write_text('baseURL = "https://bench.example/"\n')
    for number in range(pages):
        links = [rng.randrange(pages) for _ in range(4)]
        goals = "\n".join(
            f"* [{' '.join(rng.sample(words, 4))}](/s{goal % 20}/page-{goal}/) {' '.join(rng.sample(words, 6))}"
            for goal in links
        )
        file = site / "content" / f"s{number % 20}" / f"page-{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        heading = "\n##\n" if number % 7 < 4 else ""
        file.write_text(
            f"---\ntitle: {' '.join(rng.sample(words, 5))} {number}\ntags: [{rng.choice(words)}]\n---\n\n{goals}\n"
            f"\n{' '.join(rng.choices(words, k=60))} [gone](/tags/{rng.randrange(3000)}.html) and "
            f"[lost](/old/{number}/).\n{heading}\nSee [the study](https://doi.org/10.1000/{number}.) for more.\n"
        )


def costs(root: Path) -> Iterator[tuple[str, str]]:
    """What writing costs above the same check without it."""
    words = [sys.executable, "-m", "vitdlint", "check", "--exit-zero", "--no-cache", "-q"]
    environment = {"XDG_CACHE_HOME": str(root / "cache")}
    plain = Command([*words, "--output-format=concise"], root / "site", environment)
    page = Command([*words, f"--output-format=html={root}/report.html"], root / "site", environment)
    times = [(seconds(plain)[1], seconds(page)[1]) for _ in range(ROUNDS)]
    yield "the check, CPU s", f"{median(one for one, _ in times):.1f}"
    yield "writing the page, CPU s more", f"{median(other - one for one, other in times):.1f}"
    yield "memory, MB more", f"{megabytes(page) - megabytes(plain):.0f}"
    yield "size, MB", f"{(root / 'report.html').stat().st_size / 1e6:.1f}"


def speeds(file: Path) -> Iterator[tuple[str, str]]:
    """Milliseconds in the browser: until the answers are painted, until the table is ready, and of what a reader does."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page: Any = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(file.as_uri())
        page.wait_for_selector("#views:not([hidden])")
        yield "findings", page.text_content("#shown")
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        yield "answers painted, ms", f"{paint:.0f}"
        yield "table ready, ms", f"{page.evaluate('performance.getEntriesByName(`ready`)[0].startTime'):.0f}"
        page.fill("#filters [name=q]", "x")  # the texts are put together once
        page.click("#filters button[type=reset]")
        for name, act in ACTIONS.items():
            handled, painted = page.evaluate(TIMED, act)
            yield f"{name}, ms", f"{handled:.0f} (painted after {painted:.0f})"
        browser.close()


if __name__ == "__main__":
    main()
