"""Measure vitdlint beside rumdl, interleaved, in one run; write a table and JSON.

    python tests/benchmarks/run.py [--pages 2500] [--folder SITE] [--rounds 5] [--out FOLDER]

Each round runs every case once; the table has medians of wall and CPU time, and the peak of memory (the sum of the
proportional sizes of all processes) of one more run each.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import corpus

BIN = Path(sys.executable).parent


@dataclass
class Case:
    """One thing to measure: what to do before each run, and the command."""

    name: str
    command: list[str]
    prepare: Callable[[], None]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    megabytes: float = 0.0


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=2500)
    parser.add_argument("--links", type=int, default=None)
    parser.add_argument("--folder", type=Path, default=None, help="a site to run on, which is copied")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=None)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vitdlint-bench-") as scratch:
        site, caches = Path(scratch, "site"), Path(scratch, "caches")
        if args.folder:
            shutil.copytree(args.folder, site)
        else:
            corpus.write(site, args.pages, links=args.links)
        old = time.time() - 3600
        for path in site.rglob("*"):
            os.utime(path, (old, old))
        time.sleep(2.5)  # files just written are too young to be recognised by their times
        cases = cases_of(site, caches)
        measure(cases, args.rounds, {**os.environ, "XDG_CACHE_HOME": str(caches)}, site)
        pages = sum(1 for _ in (site / "content").rglob("*.md"))
    report(cases, pages, args.out)


def cases_of(site: Path, caches: Path) -> list[Case]:
    """Everything that is measured."""
    check = [str(BIN / "vitdlint"), "check", "--output-format", "json", "--exit-zero"]
    rumdl_cache = caches / "rumdl"
    plain = [str(BIN / "rumdl"), "check", "--quiet", "--cache-dir", str(rumdl_cache), "content"]
    configured = caches / "cross.toml"

    def clear() -> None:
        shutil.rmtree(caches, ignore_errors=True)
        caches.mkdir()
        configured.write_text(
            '[global]\nflavor = "hugo"\n[MD057]\nabsolute-links = "relative_to_roots"\nroots = ["content"]\n'
        )

    def keep() -> None:
        pass

    def touch() -> None:
        page = min((site / "content").rglob("*.md"))
        page.write_text(page.read_text() + "\nOne more line.\n")

    cross = [*plain[:-1], "--config", str(configured), "content"]
    cases = [
        Case("vitdlint cold", check, clear),
        Case("vitdlint warm", check, keep),
        Case("vitdlint, one page changed", check, touch),
    ]
    if (BIN / "rumdl").exists():
        cases += [
            Case("rumdl cold", plain, clear),
            Case("rumdl warm", plain, keep),
            Case("rumdl with cross-file rules, cold", cross, clear),
            Case("rumdl with cross-file rules, warm", cross, keep),
        ]
    return cases


def measure(cases: list[Case], rounds: int, env: dict[str, str], site: Path) -> None:
    """Every case in turn, so that a busy minute falls on all of them."""
    for number in range(rounds + 1):
        for case in cases:
            case.prepare()
            if number == rounds:
                case.megabytes = peak(case.command, env, site)
                continue
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            started = time.perf_counter()
            done = subprocess.run(case.command, cwd=site, env=env, capture_output=True, check=False)
            case.wall.append(time.perf_counter() - started)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            case.cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
            if done.returncode not in (0, 1):
                sys.exit(f"{case.name} failed ({done.returncode}): {done.stderr.decode()[:2000]}")


def peak(command: list[str], env: dict[str, str], site: Path) -> float:
    """Megabytes at the peak over all processes of a command."""
    process = subprocess.Popen(
        command, cwd=site, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    highest = 0
    done = threading.Event()
    threading.Thread(target=lambda: (process.wait(), done.set()), daemon=True).start()
    while not done.wait(0.01):
        highest = max(highest, sum(map(proportional, family(process.pid))))
    return highest / 1024


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [p for child in task.read_text().split() for p in family(int(child))]
        except OSError:
            continue
    return found


def proportional(pid: int) -> int:
    """A process's share of memory in kilobytes, what it shares divided by those who share it."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def report(cases: list[Case], pages: int, out: Path | None) -> None:
    """The table on standard output, and both files where asked for."""
    base = {"cold": "rumdl cold", "warm": "rumdl warm"}
    medians = {c.name: statistics.median(c.wall) for c in cases}
    lines = [
        f"{pages:,} pages",
        "",
        "| | wall s | CPU s | peak MB | wall, of rumdl's |",
        "|---|---|---|---|---|",
    ]
    for case in cases:
        peer = medians.get(base["cold" if case.name.endswith("cold") else "warm"])
        ratio = f"{medians[case.name] / peer:.2f}" if peer else "–"
        lines.append(
            f"| {case.name} | {medians[case.name]:.2f} | {statistics.median(case.cpu):.2f} | {case.megabytes:.0f} | {ratio} |"
        )
    table = "\n".join(lines) + "\n"
    sys.stdout.write(table)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "benchmark.md").write_text(table)
        (out / "benchmark.json").write_text(
            json.dumps([vars(c) | {"command": c.command, "prepare": None} for c in cases], indent=2)
        )


if __name__ == "__main__":
    main()
