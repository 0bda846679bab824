"""What `vitdlint links` reports besides its findings: figures for people, and one JSON document for machines.

The JSON document is of version 1: new keys may be added within a version, none is renamed or dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from json import dumps
from typing import Any

from ..core.model import Place, Report
from ..core.visible import visible
from ..external.fetch.refresh import Outcome
from ..external.fetch.tally import Tally, word_of
from ..external.state import in_words
from ..external.urls import masked
from . import Context
from .json import encoder, summary, tool

VERSION = 1
_HOSTS = 15
_CHANGES = 40


def text(outcome: Outcome, figures: Tally, *, proxies: bool) -> Iterator[str]:
    """The figures for people."""
    yield f"\n{figures.urls:,} external links, {figures.asked:,} asked in {outcome.seconds:.0f} s"
    oldest = figures.oldest
    yield f"; the oldest answer is of {oldest:%Y-%m-%d}.\n" if oldest is not None else ".\n"
    for word, count in sorted(figures.classes.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>8,}  {word}\n"
    if len(figures.hosts) > 1:
        yield "By host:\n"
        for host, counts in list(figures.hosts.items())[:_HOSTS]:
            what = ", ".join(f"{n:,} {w}" for w, n in sorted(counts.items(), key=lambda i: (-i[1], i[0])))
            yield f"{sum(counts.values()):>8,}  {visible(host)}: {what}\n"
        if len(figures.hosts) > _HOSTS:
            yield f"          and {len(figures.hosts) - _HOSTS:,} more hosts\n"
    if figures.changes:
        yield f"Changed since the last time ({len(figures.changes):,}):\n"
        for change in figures.changes[:_CHANGES]:
            yield f"          {visible(change.url)}: {change.before}, now {change.after}\n"
        if len(figures.changes) > _CHANGES:
            yield f"          and {len(figures.changes) - _CHANGES:,} more\n"
    if figures.not_checked:
        yield "Not asked, or without a verdict:\n"
        for reason, count in sorted(figures.not_checked.items(), key=lambda item: (-item[1], item[0])):
            yield f"{count:>8,}  {visible(reason)}\n"
    yield from notes(outcome, proxies=proxies)


def notes(outcome: Outcome, *, proxies: bool) -> Iterator[str]:
    """Notes that explain the figures, a line each."""
    if outcome.network:
        yield f"The network or a block is suspected: {visible(outcome.network)}. No failure of this pass counts.\n"
    for host in sorted(outcome.hosts):
        yield f"Every link of {visible(host)} fails alike: a block or an outage is suspected; today counts nothing.\n"
    if outcome.damaged:
        which = f"line{'s' * (len(outcome.damaged) > 1)} {in_words(outcome.damaged)}"
        yield f"The state file had what is no record on {which}: dropped.\n"
    if outcome.future:
        what = "answer was" if outcome.future == 1 else "answers were"
        yield f"{outcome.future:,} stored {what} from the future, as if a clock had been wrong: asked again when due.\n"
    if proxies:
        yield "Proxies were used: only literal addresses and local names could be refused.\n"


def json(
    report: Report,
    context: Context,
    outcome: Outcome,
    figures: Tally,
    places: Mapping[str, tuple[Place, ...]],
) -> Iterator[str]:
    """One JSON document: figures, every link with its places, the findings."""
    head: dict[str, Any] = {
        "version": VERSION,
        "tool": tool(context),
        "network_suspected": outcome.network or None,
        "hosts_suspected": sorted(outcome.hosts),
        "damaged_lines": list(outcome.damaged),
        "from_the_future": outcome.future,
        "seconds": round(outcome.seconds, 1),
        "urls": figures.urls,
        "asked": figures.asked,
        "classes": figures.classes,
        "hosts": figures.hosts,
        "not_checked": figures.not_checked,
        "changes": [change._asdict() for change in figures.changes],
        "oldest": figures.oldest.isoformat() if figures.oldest else None,
        "summary": summary(report),
    }
    yield dumps(head)[:-1] + ', "links": [\n'
    yield ",\n".join(dumps(_link(url, outcome, spots, context)) for url, spots in sorted(places.items()))
    yield '\n], "diagnostics": [\n'
    yield ",\n".join(map(encoder(context), report.diagnostics))
    yield "\n]}\n"


def _link(url: str, outcome: Outcome, places: tuple[Place, ...], context: Context) -> dict[str, Any]:
    record = outcome.after.get(masked(url))
    answer = outcome.answers.get(url)
    return {
        "url": masked(url),
        "class": word_of(record),
        "code": record.code if record else None,
        "since": record.since.isoformat() if record else None,
        "checked": record.checked.isoformat() if record else None,
        "final": (record.final or None) if record else None,
        "this_pass": answer.kind.value if answer else None,
        "why_not": outcome.skipped.get(url)
        or (answer.code if answer and answer.kind == "not-checked" else None),
        "places": [{"path": context.shown(p.path), "line": p.line, "column": p.column} for p in places],
    }
