"""Random inputs, as many as fit into the time, against laws that hold for every input.

    make fuzz [SECONDS=60] [SEED=1] [KIND=pages|sites|files] [PAGES=FOLDER...]
    make fuzz CASE=FILE

What fails is made smaller and written to build/fuzz, once for each place where something breaks. Ends with 1 if
anything failed. The first half of the time is for pages, the second for whole sites, of which every fifth has its other files
damaged; KIND spends all of it on one.
"""

from __future__ import annotations

import argparse
import faulthandler
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from support.paths import ROOT

from . import files, pages, sites
from .failure import Failure, Files, Law, failure_of, read, shrunk, stored
from .mutate import seeds

FOUND = ROOT / "build" / "fuzz"
HANGS = 600
"""Seconds without a line after which the process ends with a traceback: something hangs below Python."""


class Kind(NamedTuple):
    """A way to make inputs, and the law for them."""

    make: Callable[[Random, Sequence[str]], Files]
    law: Law


KINDS = {
    "pages": Kind(pages.make, pages.law),
    "sites": Kind(sites.make, sites.law),
    "files": Kind(files.make, files.law),
}


def campaign(
    name: str,
    seed: str,
    seconds: float,
    known: Sequence[str],
    show: Callable[[str], None],
    most: int | None = None,
) -> dict[str, Path]:
    """Inputs of one kind for so many seconds, or `most` of them; the stored cases, by what is broken."""
    kind, found, counts = KINDS[name], dict[str, Path](), Counter[str]()
    started = shown = time.monotonic()
    number = 0
    while time.monotonic() - started < seconds and (most is None or number < most):
        given = kind.make(Random(f"{seed} {name} {number}"), known)
        failure = failure_of(kind.law, given)
        if failure is not None:
            counts[failure.key] += 1
            if failure.key not in found:
                found[failure.key] = _store(name, f"{name}-{seed}-{number}", given, failure, show)
        number += 1
        if time.monotonic() - shown > 30:
            shown = time.monotonic()
            faulthandler.dump_traceback_later(HANGS, exit=True)
            show(
                f"{name}: {number:,} inputs, {number / (shown - started):.0f} a second, {len(found)} failures"
            )
    rate = number / max(time.monotonic() - started, 0.001)
    faulthandler.cancel_dump_traceback_later()
    show(
        f"{name}: {number:,} inputs from seed {seed}, {rate:.0f} a second; {len(found)} failures {dict(counts) or ''}"
    )
    return found


def _store(name: str, case: str, given: Files, failure: Failure, show: Callable[[str], None]) -> Path:
    law = KINDS[name].law
    small = shrunk(law, given, failure.key)
    failure = failure_of(law, small) or failure
    file = stored(FOUND, name, case, small, failure)
    show(f"{failure.text.rstrip()}\n{failure.key}; repeat it with: make fuzz CASE={file.relative_to(ROOT)}\n")
    return file


def repeated(file: Path) -> Failure | None:
    """What a stored input breaks today."""
    name, given = read(file)
    return failure_of(KINDS[name].law, given)


def main() -> int:
    """Run it; the exit code."""
    parser = argparse.ArgumentParser(prog="fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", default=time.strftime("%Y%m%d%H%M%S"))
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--most", type=int, help="stop after so many inputs of a kind")
    parser.add_argument(
        "--pages", nargs="*", default=[], help="folders of pages to begin with, besides the examples"
    )
    parser.add_argument("--case", type=Path, help="repeat one input")
    asked = parser.parse_args()
    if asked.case:
        failure = repeated(asked.case)
        print(failure.text if failure else "nothing fails")
        return int(failure is not None)
    known = seeds(tuple(asked.pages))
    parts = {asked.kind: 1.0} if asked.kind else {"pages": 0.5, "sites": 0.4, "files": 0.1}
    found: dict[str, Path] = {}
    for name, part in parts.items():
        found |= campaign(
            name, asked.seed, asked.seconds * part, known, lambda text: print(text, flush=True), asked.most
        )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
