"""Measure vitdlint beside its peers, interleaved, in one run; write a Markdown table and JSON.

    python tests/benchmarks/run.py                             2,500 pages
    python tests/benchmarks/run.py --folder SITE               your pages, which are copied
    python tests/benchmarks/run.py --folder SITE --pages 14000 so many of them, made by copies.py
    python tests/benchmarks/run.py --other OLD/.venv/bin       beside another version of vitdlint
    python tests/benchmarks/run.py --peers                     beside programs that npx brings
    python tests/benchmarks/run.py --pages 5000 --links 24     120,000 internal links
    python tests/benchmarks/run.py --pages 14000 --then 56000  how time and memory grow
    python tests/benchmarks/run.py --rows 'vitdlint*' 'rumdl, warm'

Each round runs every case once, so that a busy minute falls on all of them. The table has medians of wall and CPU time,
and the peak of memory over all processes of one more run each, which comes first and warms the machine up.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import timeit
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import copies
import corpus
from cases import NPM, Case, cases_of, found
from sites import Site

PEERS = {"rumdl": "of rumdl's", "rumdl with cross-file rules": "of rumdl's with cross-file rules"}


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--pages", type=int, help="of the generated site (2500), or of the folder with copies"
    )
    parser.add_argument(
        "--links", type=int, help="internal links of each page, instead of as many as real ones have"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--then", type=int, metavar="PAGES", help="measure a second size, and what has grown")
    parser.add_argument("--folder", type=Path, help="a site to run on instead")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", nargs="+", metavar="NAME", help="cases to run; * stands for anything")
    parser.add_argument(
        "--other", type=Path, metavar="BIN", help="where another version of vitdlint is installed"
    )
    parser.add_argument("--peers", action="store_true", help=f"have npx bring {' and '.join(NPM)}")
    parser.add_argument("--out", type=Path, help="a folder for benchmark.md and benchmark.json")
    args = parser.parse_args()
    if args.folder and args.then:
        parser.error("--then needs a generated site")
    rows = args.rows or (["vitdlint, cold", "vitdlint, warm"] if args.then else ["*"])
    installed = found(fetch=args.peers)
    first = args.pages or 2500
    with tempfile.TemporaryDirectory(prefix="vitdlint-bench-") as scratch:
        sites = []
        for pages in (first, args.then) if args.then else (first,):
            place = Path(scratch, str(pages))
            if args.folder:
                shutil.copytree(
                    args.folder,
                    place / "site",
                    ignore=shutil.ignore_patterns(".git", "public", "node_modules"),
                )
                if args.pages:
                    copies.multiply(place / "site", args.pages)
            else:
                corpus.write(place / "site", pages, args.seed, args.links)
            sites.append(Site(place))
        every = [case for site in sites for case in cases_of(site, installed, args.other)]
        cases = [case for case in every if any(fnmatchcase(case.name, row) for row in rows)]
        if not cases:
            sys.exit("--rows: the cases are\n" + "\n".join(dict.fromkeys(case.name for case in every)))
        for number in range(args.rounds + 1):
            for case in cases:
                case.measure(memory=number == 0)
    sizes = ", then ".join(f"{site.pages:,}" for site in sites)
    title = f"{sizes} pages of {args.folder.name if args.folder else 'corpus.py'}; medians of {args.rounds}.\n{measured_with()}"
    lines = growth(cases, sites) if args.then else comparison(cases)
    table = "\n".join((title, "", *lines)) + "\n"
    sys.stdout.write(table)
    if args.out is not None:
        args.out.mkdir(parents=True, exist_ok=True)
        (args.out / "benchmark.md").write_text(table)
        (args.out / "benchmark.json").write_text(json.dumps(figures(cases), indent=2) + "\n")


def measured_with() -> str:
    """What decides the times besides the site: machine, interpreter, commit."""
    flags = [word for word in str(sysconfig.get_config_var("PY_CFLAGS")).split() if word.startswith("-O")]
    guided = "--enable-optimizations" in str(sysconfig.get_config_var("CONFIG_ARGS"))
    built = " ".join((*flags[-1:], *(["--enable-optimizations"] if guided else [])))
    loop = min(timeit.repeat("f()", "f = lambda: None", number=1_000_000, repeat=5)) * 1000
    stored = "not stored" if sys.dont_write_bytecode else "stored"
    asked = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}; {platform.python_implementation()} "
        f"{platform.python_version()} ({platform.python_compiler()} {built}; a million calls in {loop:.0f} ms), "
        f"byte code {stored}; vitdlint {asked.stdout.strip() or '?'}"
    )


def comparison(cases: Sequence[Case]) -> Iterable[str]:
    """A row for each case; the wall time of ours is compared with the same kind of run of each peer."""
    medians = {(case.tool, case.kind): median(case.wall) for case in cases if case.tool != "vitdlint"}
    peers = [tool for tool in PEERS if any(case.tool == tool for case in cases)]
    yield row("", "wall s", "CPU s", "peak MB", *(PEERS[tool] for tool in peers))
    yield "|---" * (4 + len(peers)) + "|"
    for case in cases:
        wall = median(case.wall)
        ratios = [
            f"{wall / theirs:.2f}"
            if case.tool == "vitdlint" and (theirs := medians.get((tool, case.kind)))
            else ""
            for tool in peers
        ]
        yield row(case.name, f"{wall:.2f}", f"{median(case.cpu):.2f}", f"{case.megabytes:.0f}", *ratios)


def growth(cases: Sequence[Case], sites: Sequence[Site]) -> Iterable[str]:
    """A row for each case and size, and how many times what it costs has grown from the first size."""
    first, second = sites
    yield row("", "pages", "wall s", "CPU s", "peak MB")
    yield "|---" * 5 + "|"
    for name in dict.fromkeys(case.name for case in cases):
        small, large = (
            next(c for c in cases if c.name == name and c.site is site) for site in (first, second)
        )
        costs = [(median(case.wall), median(case.cpu), case.megabytes) for case in (small, large)]
        for case, (wall, cpu, peak) in zip((small, large), costs, strict=True):
            yield row(name, f"{case.site.pages:,}", f"{wall:.2f}", f"{cpu:.2f}", f"{peak:.0f}")
        times = [f"× {b / a:.2f}" if a else "" for a, b in zip(*costs, strict=True)]
        yield row("", f"× {second.pages / first.pages:.2f}", *times)


def figures(cases: Iterable[Case]) -> dict[str, object]:
    """Everything that was measured."""
    return {
        "measured with": measured_with(),
        "cases": [
            {
                "name": case.name,
                "pages": case.site.pages,
                "command": [Path(case.words[0]).name, *case.words[1:]],
                "wall": case.wall,
                "cpu": case.cpu,
                "megabytes": case.megabytes,
            }
            for case in cases
        ],
    }


def median(values: Sequence[float]) -> float:
    """The middle one; 0 without any."""
    return statistics.median(values) if values else 0.0


def row(*cells: str) -> str:
    """One line of a Markdown table."""
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
