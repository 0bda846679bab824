"""Where the time of a first run goes, stage by stage, in one process.

python tests/benchmarks/stages.py SITE
"""

from __future__ import annotations

import gc
import pickle
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STARTED = time.perf_counter()

from vitdlint.core.clock import current_time  # noqa: E402  # the time of these imports is the first stage
from vitdlint.files.find_site import locate  # noqa: E402  # as above
from vitdlint.hugo.files import content_files  # noqa: E402  # as above
from vitdlint.linter.pipeline import site_of  # noqa: E402  # as above
from vitdlint.linter.run_rules import Placer, rules_on, run  # noqa: E402  # as above
from vitdlint.linter.run_settings import RunSettings  # noqa: E402  # as above
from vitdlint.linter.session import open_session  # noqa: E402  # as above
from vitdlint.page.read import read_page  # noqa: E402  # as above
from vitdlint.rules.support.run_facts import Crash  # noqa: E402  # as above
from vitdlint.site.links import Links  # noqa: E402  # as above
from vitdlint.site.site import Site  # noqa: E402  # as above

TOOK: dict[str, float] = {"loading modules": time.perf_counter() - STARTED}


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Time what is within."""
    began = time.perf_counter()
    yield
    TOOK[name] = time.perf_counter() - began


def main() -> None:
    """Judge the site once, and print a table."""
    gc.disable()  # as `check` does
    located = locate([Path(sys.argv[1])])
    session = open_session(located, RunSettings(current_time(None), cached=False))
    job = session.job()
    work = job.page_work
    with stage("listing"):
        listed = content_files(job.hugo, job.tree)
    with stage("reading"):
        sources = [(file, job.tree.read(file.path)) for file in listed if file.is_page]
    with stage("parsing pages"):
        for file, data in sources:
            read_page(file.path, data, work.settings, work.schema_for(file.virtual))
    with stage("parsing pages, and the rules about pages"):
        results = [work(file, data) for file, data in sources]
    with stage("packing results"):
        packed = [pickle.dumps(result, pickle.HIGHEST_PROTOCOL) for result in results]
    with stage("unpacking results"):
        results = [pickle.loads(result) for result in packed]  # our own
    facts = {result.facts.path: result.facts for result in results}
    with stage("publication"):
        site = site_of(job, facts, listed)
    with stage("where links lead"):
        links = Links(site)
        links.all  # noqa: B018  # computed when asked for
    crashes: list[Crash] = []
    placer = Placer(facts, job.tree)
    with stage("rules about the site"):
        list(run(rules_on(job.config, Site), site, placer, crashes))
    with stage("rules about links"):
        list(run(rules_on(job.config, Links), links, placer, crashes))
    sys.stdout.write(f"{len(sources):,} pages, {len(links.all):,} links\n\n")
    for name, seconds in TOOK.items():
        sys.stdout.write(f"| {name} | {seconds:.2f} s | {seconds / len(sources) * 1e6:,.0f} µs a page |\n")


if __name__ == "__main__":
    main()
