"""What a shape costs at several sizes: seconds, or calls of functions, and the exponent by which that grows."""

from __future__ import annotations

import gc
import math
import sys
import time
from collections.abc import Callable
from typing import Any

from vitdlint.core.gc import without_gc
from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here

from .shapes import Files, Shape

FACTORS = (1, 2, 4, 8)
_PAGE = {"content/posts/page.md": "---\ntitle: Page\n---\nText\n"}


def check(files: Files) -> int:
    """Check the site with every rule that needs no settings; how much is found. A rule that raises is an error here."""
    report = lint(job_of(files, {"select": ["all"]}), here).report
    assert not report.crashed, [d.message for d in report.diagnostics if d.name == "rule-crashed"][:3]
    return len(report.diagnostics)


def seconds(run: Callable[[], object]) -> float:
    """The processor time that it takes, once: others may use the machine, too. Without looking for cycles, as in `check`."""
    gc.collect()
    with without_gc():
        started = time.process_time()
        run()
        return time.process_time() - started


def calls(run: Callable[[], object]) -> int:
    """How many calls of functions, Python's own and C's, it takes: the same number on every machine."""
    count = 0

    def event(_frame: Any, kind: str, _arg: Any) -> None:
        nonlocal count
        if kind in ("call", "c_call"):
            count += 1

    sys.setprofile(event)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


def costs(
    shape: Shape, measure: Callable[[Callable[[], object]], float], factors: tuple[int, ...]
) -> list[float]:
    """The cost at each size, less that of a site with nearly nothing in it."""
    check(_PAGE)  # imports, and what is computed once
    base = measure(lambda: check(_PAGE))
    found = []
    for factor in factors:
        files = shape.make(shape.size * factor)
        found.append(max(measure(lambda: check(files)) - base, base / 100))  # noqa: B023  # called at once
    return found


def exponent(first: float, last: float, factor: float) -> float:
    """By which power of the size the cost grows: 1 is linear, 2 is quadratic."""
    return math.log(last / first) / math.log(factor)
