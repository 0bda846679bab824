"""The results of the comparison, for a terminal and for `docs/accuracy.md`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from .scores import Comparison, Score

INTRODUCTION = (Path(__file__).parent / "templates" / "accuracy.md").read_text("utf-8")
COLUMNS = ("URLs", "aliases", "anchors", "dead links", "dead fragments", "other links", "refused pages")


class Result(NamedTuple):
    """One compared site."""

    name: str
    make: str
    commit: str
    pages: int
    stubs: tuple[str, ...]
    """What was left out so that Hugo could build the site."""
    found: Comparison
    ours: float
    """Processor seconds that vitdlint took for all of its rules."""
    theirs: float
    """Those of Hugo's build."""


def text(result: Result, examples: int) -> Iterator[str]:
    """The result in lines."""
    found = result.found
    yield f"{result.name}: {result.pages} pages; vitdlint {result.ours:.1f} s, Hugo {result.theirs:.1f} s"
    for subject, score in found.scores.items():
        yield f"  {subject}: {score.both} agree, {len(score.false)} false, {len(score.missed)} missed"
        for word, listed in (("false", score.false), ("missed", score.missed)):
            yield from (f"    {word}: {line}" for line in _examples(listed, examples))
    for title, counts in (("not checked by vitdlint", found.unchecked), ("not compared", found.uncompared)):
        if counts.total():
            yield f"  {title}: {counts.total()}"
        for reason, count in counts.most_common():
            if count:
                yield f"    {count:6,}  {reason}"
    if result.stubs:
        yield f"  stubbed: {', '.join(dict.fromkeys(result.stubs))}"


def _examples(listed: Sequence[str], examples: int) -> Sequence[str]:
    # From the whole list, as neighbours are alike.
    return listed[:: max(1, len(listed) // examples)][:examples] if examples else ()


def document(results: Iterable[Result]) -> str:
    """`docs/accuracy.md`."""
    listed = list(results)
    lines = [INTRODUCTION]
    head = ("site", "pages", *COLUMNS, "not checked", "not compared", "vitdlint", "Hugo")
    lines.append(f"| {' | '.join(head)} |")
    lines.append(f"|---|{'---:|' * (len(head) - 1)}")
    lines += [_row(result) for result in listed]
    lines.append("\n## What vitdlint does not check\n")
    lines.append("| reason | anchors and links |\n|---|---:|")
    unchecked: Counter[str] = sum((_grouped(r.found.unchecked) for r in listed), Counter())
    lines += [f"| {reason} | {count:,} |" for reason, count in unchecked.most_common()]
    lines.append("\n## What the build does not answer\n")
    lines.append("| reason | count |\n|---|---:|")
    uncompared: Counter[str] = sum((r.found.uncompared for r in listed), Counter())
    lines += [f"| {reason} | {count:,} |" for reason, count in uncompared.most_common() if count]
    lines.append("\n## The sites\n")
    lines.append("| site | make | commit |\n|---|---|---|")
    for result in listed:
        name = f"[{result.name}](https://github.com/{result.name})"
        lines.append(f"| {name} | {result.make} | `{result.commit[:12]}` |")
    return "\n".join(lines) + "\n"


def _row(result: Result) -> str:
    found = result.found
    scores = (_cell(found.scores[column]) for column in COLUMNS)
    counts = (f"{found.unchecked.total():,}", f"{found.uncompared.total():,}")
    seconds = (f"{result.ours:.0f} s", f"{result.theirs:.0f} s")
    return f"| {' | '.join((result.name, f'{result.pages:,}', *scores, *counts, *seconds))} |"


def _cell(score: Score) -> str:
    return f"{score.both:,} / {len(score.false):,} / {len(score.missed):,}"


def _grouped(counts: Counter[str]) -> Counter[str]:
    """Reasons without the names of shortcodes, themes, modules and versions in them."""
    grouped: Counter[str] = Counter()
    for reason, count in counts.items():
        subject, _, why = reason.partition(": ")
        why = re.sub(r" \([^()]*\)$", "", why)
        why = re.sub(r"^Hugo [\d.]+ \(.*?\)", "the older Hugo that the site names", why)
        if why.startswith("it is not in") or ": it is not in" in why or "lies outside the site" in why:
            why = "a theme, module or mount that is not there could supply it"
        elif "_content.gotmpl" in why:
            why = "a content adapter could make it"
        grouped[f"{subject}: {why}"] += count
    return +grouped
