"""Count what each kind of run does: calls of functions, Python's own and C's, for each page of a generated site.

    python tests/benchmarks/work.py            a table, beside what is stored for this version of Python
    python tests/benchmarks/work.py --store    store the counts in work.json

Unlike seconds, these are the same on every machine, busy or not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from shapes.measure import calls

PAGES = 400
STORED = Path(__file__).with_name("work.json")
VERSION = ".".join(platform.python_version_tuple()[:2])
Edit = Callable[[Path], None]
"""Changes something, given the folder of the posts."""


def edited(old: str, new: str) -> Edit:
    """Replace the first occurrence of a text on one page."""

    def edit(posts: Path) -> None:
        page = chosen(posts)
        text = page.read_text(encoding="utf-8")
        if old not in text:
            sys.exit(f"{page.name} has no {old!r}")
        page.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def chosen(posts: Path) -> Path:
    """The page that is edited."""
    return sorted(posts.rglob("*.md"))[PAGES // 2]


def body(posts: Path) -> None:
    """Add a line to a page."""
    with chosen(posts).open("a", encoding="utf-8") as page:
        page.write("\nOne more line.\n")


def added(posts: Path) -> None:
    """Write a page that was not there."""
    text = "---\ntitle: Added\n---\n\nTo [another](/posts/) and to [none](/nowhere/).\n"
    posts.joinpath("added.md").write_text(text, encoding="utf-8")


def removed(posts: Path) -> None:
    """Delete a page."""
    chosen(posts).unlink()


def renamed(posts: Path) -> None:
    """Give a page's file another name."""
    page = chosen(posts)
    page.rename(page.with_name("renamed.md"))


EDITS: dict[str, Edit | None] = {
    "cold": None,
    "warm": lambda _: None,
    "body": body,
    "title": edited('"title": "', '"title": "New '),
    "slug": edited('"slug": "', '"slug": "new-'),
    "draft": edited('"title": "', '"draft": true, "title": "'),
    "alias": edited('"aliases": [', '"aliases": ["/entirely-new", '),
    "term": edited('"tags": [', '"tags": ["entirely new", '),
    "date": edited('"date": "20', '"date": "19'),
    "added": added,
    "removed": removed,
    "renamed": renamed,
}
"""What is done between a run that fills the cache and the run that is counted; None for a run without a cache."""


def main() -> None:
    """Print the counts, or store them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", action="store_true")
    parser.add_argument("--json", action="store_true", help="print the counts alone")
    args = parser.parse_args()
    found = counts()
    every = json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {}
    if args.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    before = every.get(VERSION, {})
    for kind, count in found.items():
        was = f"{before[kind]:9.1f} stored" if kind in before else ""
        sys.stdout.write(f"{kind:10}{count:9.1f} calls a page {was}\n")
    if args.store:
        every[VERSION] = found
        STORED.write_text(json.dumps(every, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def counts() -> dict[str, float]:
    """For each kind of run how many calls it makes, by the number of pages."""
    with tempfile.TemporaryDirectory(prefix="vitdlint-work-") as scratch:
        os.environ["XDG_CACHE_HOME"] = os.environ["LOCALAPPDATA"] = str(Path(scratch, "cache"))
        import corpus

        site = Path(scratch, "site")
        corpus.write(site, PAGES)
        time.sleep(2.2)  # nothing is stored while the configuration is too new to be recognised by its times
        check = checker(site)
        check()  # imports, and what is computed once
        return {kind: round(counted(scratch, site, check, edit) / PAGES, 1) for kind, edit in EDITS.items()}


def counted(scratch: str, site: Path, check: Callable[[], object], edit: Edit | None) -> int:
    """The calls of one run after an edit, which is taken back."""
    content, kept = site / "content", Path(scratch, "kept")
    if not kept.exists():
        shutil.copytree(content, kept)
    for path in content.rglob("*"):
        os.utime(path, (time.time() - 3600,) * 2)  # old enough to be recognised by their times
    if edit is None:
        shutil.rmtree(Path(scratch, "cache"))
    else:
        check()
        edit(content / "posts")
    found = calls(check)
    shutil.rmtree(content)
    shutil.copytree(kept, content)
    return found


def checker(site: Path) -> Callable[[], object]:
    """Check the site in this process, as `check` does."""
    from vitdlint.core.clock import current_time
    from vitdlint.files.find_site import locate
    from vitdlint.linter.check_site import check_site
    from vitdlint.linter.run_settings import RunSettings

    def check() -> object:
        now = current_time("2026-06-01T12:00:00Z")
        return check_site(locate([site]), RunSettings(now, jobs=1, started=time.time_ns()))

    return check


if __name__ == "__main__":
    main()
