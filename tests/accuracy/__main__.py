"""Compare what vitdlint says about whole sites with what the real Hugo makes of them: URLs, aliases, anchors and links.

    make compare SITE=FOLDER              any site; nothing is written to it
    make compare SITES_FILE=FILE          the sites of a list, which are cloned; writes docs/accuracy.md
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from vitdlint.core.model import Severity
from vitdlint.files.find_site import locate
from vitdlint.linter import workers
from vitdlint.linter.pipeline import Job, lint
from vitdlint.linter.project import open_project

from .hugo import BuildError, build
from .links import compare_links
from .pages import compare_pages
from .report import Result, text
from .scores import Comparison


def compare(site: Path, root: Path, name: str, make: str = "", commit: str = "") -> Result:
    """Compare one site; `root` is the folder of its repository, in which it may use other folders."""
    clock = datetime.now(UTC).replace(microsecond=0)
    start = time.monotonic()
    located = locate((site,))
    project = open_project(located)
    job = Job(located.tree, project.hugo, project.config, project.schemas, clock)
    outcome = lint(job, workers.processes(workers.default_jobs(), located.tree.read))
    seconds = time.monotonic() - start
    assert outcome.site is not None
    errors = {d.place.path for d in outcome.report.diagnostics if d.severity == Severity.ERROR}
    with tempfile.TemporaryDirectory(prefix="vitdlint-compare-") as work:
        hugo = build(site, root, Path(work), clock.strftime("%Y-%m-%dT%H:%M:%SZ"))
        found = Comparison()
        pairs = compare_pages(outcome.site, hugo, errors, found)
        compare_links(outcome.site, hugo, pairs, found)
    return Result(name, make, commit, outcome.report.pages, hugo, found, seconds)


def main() -> None:
    """Compare the sites that the command line names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sites", nargs="*", type=Path, metavar="SITE")
    parser.add_argument("--examples", type=int, default=5, help="that are shown of each difference")
    args = parser.parse_args()
    for site in args.sites:
        folder = site.absolute()
        result = compare(folder, _repository(folder), site.name)
        sys.stdout.writelines(f"{line}\n" for line in text(result, args.examples))


def _repository(site: Path) -> Path:
    """The folder of the repository that a site lies in, or the site itself."""
    return next((folder for folder in (site, *site.parents) if (folder / ".git").exists()), site)


if __name__ == "__main__":
    main()
