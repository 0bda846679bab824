"""The results of the comparison, for a terminal and for `docs/accuracy.md`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .hugo import Hugo
from .scores import Comparison, Score

INTRODUCTION = """\
# Accuracy

TODO
"""


class Result(NamedTuple):
    """One compared site."""

    name: str
    make: str
    commit: str
    pages: int
    hugo: Hugo
    found: Comparison
    seconds: float
    """That `vitdlint check` took, without Hugo's build."""


def text(result: Result, examples: int) -> Iterator[str]:
    """The result in lines."""
    hugo, found = result.hugo, result.found
    yield f"{result.name}: {result.pages} pages; vitdlint {result.seconds:.1f} s, Hugo {hugo.seconds:.1f} s"
    for subject, score in found.scores.items():
        yield f"  {subject}: {score.both} agree, {len(score.false)} false, {len(score.missed)} missed"
        for word, listed in (("false", score.false), ("missed", score.missed)):
            yield from _examples(word, listed, examples)
    yield from _counted("not checked by vitdlint", found.unchecked)
    yield from _counted("not compared", found.uncompared)
    if hugo.stubs:
        yield f"  stubbed: {', '.join(hugo.stubs)}"


def _examples(word: str, listed: Sequence[str], examples: int) -> Iterator[str]:
    # Evenly from the whole list, as neighbours are alike.
    step = max(1, len(listed) // examples) if examples else len(listed) + 1
    for line in listed[::step][:examples] if examples else ():
        yield f"    {word}: {line}"


def _counted(title: str, counts: Counter[str]) -> Iterator[str]:
    if counts:
        yield f"  {title}: {counts.total()}"
        for reason, count in counts.most_common():
            yield f"    {count:6,}  {reason}"
